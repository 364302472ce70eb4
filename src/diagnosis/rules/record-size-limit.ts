/** The server sends longer records than the client allows. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { dataOf, EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const recordSizeLimit: Rule = {
  id: "record-size-limit",
  title: "Records longer than the agreed limit",
  words: () => ({
    symptoms: [...received(22), { stack: "GnuTLS", text: "A TLS record packet with invalid length was received." }],
    cause:
      "With record_size_limit a side says how long records it takes. GnuTLS and NSS send it by default; a server that answers it but sends longer records is refused.",
    proof: "The limit was agreed, a longer record follows, and the client ends the connection.",
    disproof: "no record of the server is longer than the limit",
    fixes: [
      ...fixServer("fix it: its records must keep to the client's limit", "https://www.rfc-editor.org/rfc/rfc8449#section-4"),
      {
        where: "gnutls",
        text: "gnutls_record_set_max_size, or the priority without the extension",
        source: "https://www.gnutls.org/manual/html_node/Core-TLS-API.html",
      },
    ],
    references: ["RFC 8449"],
  }),
  explains: ["record-overflow"],
  check(view) {
    const { failing } = view;
    const limit = dataOf(failing.hello?.extensions, EXTENSION.recordSizeLimit)?.["limit"];
    if (typeof limit !== "number" || limit >= 16_384 || failing.failure?.by !== "client") return undefined;
    const long = failing.records("server").find(({ length = 0 }) => length > limit + 256);
    if (long === undefined || (failing.alert !== undefined && ![22, -1].includes(failing.alert.number))) return undefined;
    return {
      confidence: failing.alert?.number === 22 ? "certain" : "likely",
      summary: `the server sends a record of ${long.length ?? 0} octets where the client allows ${limit}`,
      evidence: [
        failing.evidence(failing.hello?.packet, `record_size_limit ${limit}`),
        failing.evidence(long.packet, `a record of ${long.length ?? 0} octets`),
        failing.evidence(failing.failure.packet, endWords(view)),
      ],
    };
  },
};
