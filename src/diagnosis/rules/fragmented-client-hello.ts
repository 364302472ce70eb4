/** A hello in several records is dropped. */
import type { Rule } from "../contract.ts";
import { deathClaim } from "../death.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const fragmentedClientHello: Rule = {
  id: "fragmented-client-hello",
  title: "A hello in several records is dropped",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "A ClientHello may be cut into several records. Boxes that look for the server name in the first one only drop what they cannot read.",
    proof: "The failing hello comes in more than one record and is dropped; in one record it is answered.",
    disproof: "the failing hello comes in one record",
    fixes: [
      {
        where: "path",
        text: "update the firewall or the router that reads server names",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-5.1",
      },
      {
        where: "rustls",
        text: "leave max_fragment_size unset",
        source: "https://docs.rs/rustls/latest/rustls/struct.ClientConfig.html#structfield.max_fragment_size",
      },
      { where: "client", text: "let it send the hello in one record", source: "https://www.rfc-editor.org/rfc/rfc9846#section-5.1" },
    ],
    references: ["RFC 9846 §5.1"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "no-answer-timeout", "tls-fingerprint-blocking"],
  check(view) {
    const records = view.failing.hello?.records ?? 1;
    return deathClaim(
      view,
      "records",
      "possible",
      `a hello that comes in ${records} records is dropped on the way or by the server`,
      `comes in ${records} records`,
      "in one record it is answered",
    );
  },
};
