/** The two sides hold different keys for a PSK (TLS 1.3). */
import type { Rule } from "../contract.ts";
import { EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const pskBinderMismatch: Rule = {
  id: "psk-binder-mismatch",
  title: "The PSK's binder does not verify",
  words: () => ({
    symptoms: [
      ...received(47),
      ...received(51),
      { stack: "OpenSSL server", text: "SSL routines:tls_psk_do_binder:binder does not verify" },
    ],
    cause:
      "The client proves with a binder that it has the key that belongs to an identity. The server knows the identity with another key: a wrong PSK, or ticket keys that the nodes behind a name do not share.",
    proof: "The hello offers pre_shared_key, and the server answers illegal_parameter or decrypt_error before any hello of its own.",
    disproof: "the hello offers no pre_shared_key",
    fixes: [
      {
        where: "server",
        text: "give all nodes the same PSK or the same ticket keys",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.11.2",
      },
      {
        where: "client",
        text: "set the right key for the identity; for tickets clear the session cache",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.11",
      },
    ],
    references: ["RFC 9846 §4.2.11.2", "RFC 9846 §6.2"],
  }),
  explains: ["illegal-parameter", "handshake-failure-unspecified", "bad-record-mac"],
  check(view) {
    const { failing, working } = view;
    const { alert } = failing;
    // Servers of DTLS 1.3 ask for a cookie first.
    const isRetried =
      failing.retries.length > 0 && failing.serverHello === undefined && alert?.by === "server" && [47, 51, 20].includes(alert.number);
    if ((!failing.refusedWith(47, 51, 20) && !isRetried) || !failing.offer.extensions.includes(EXTENSION.preSharedKey)) return undefined;
    return {
      confidence: "likely",
      summary: "client and server hold different keys for the PSK that the hello offers",
      evidence: [
        failing.evidence(failing.hello?.packet, "offers pre_shared_key"),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working?.serverHello?.extensions?.some(({ name }) => name === "pre_shared_key") === true
          ? [working.evidence(working.serverHello.packet, "the server accepts the PSK")]
          : []),
      ],
    };
  },
};
