/** The client does not signal secure renegotiation, and the server insists. */
import type { Rule } from "../contract.ts";
import { EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const clientRenegotiationInfoMissing: Rule = {
  id: "client-renegotiation-info-missing",
  title: "The client does not signal secure renegotiation",
  words: () => ({
    symptoms: [...received(40), { stack: "GnuTLS server", text: "Safe renegotiation failed." }],
    cause:
      "A hardened server (GnuTLS with %SAFE_RENEGOTIATION) refuses clients that send neither renegotiation_info nor TLS_EMPTY_RENEGOTIATION_INFO_SCSV.",
    proof: "Neither is in the failing hello, one of them in the working one, and the server refuses right after the hello.",
    disproof: "one of them is in the failing hello",
    fixes: [
      {
        where: "client",
        text: "upgrade its TLS library: every one since 2010 signals it",
        source: "https://www.rfc-editor.org/rfc/rfc5746#section-3.6",
      },
      {
        where: "server",
        text: "until then let clients without it connect, and refuse renegotiation",
        source: "https://www.gnutls.org/manual/html_node/Safe-renegotiation.html",
      },
    ],
    references: ["RFC 5746 §3.6"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group", "tls-fingerprint-blocking"],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    const signals = (look: typeof failing): boolean =>
      look.offer.extensions.includes(EXTENSION.renegotiationInfo) || look.offer.suites.includes(0x00ff);
    if (!failing.refusedWith(40, 109) || signals(failing) || failing.offer.suites.length === 0 || failing.hello?.sslv2 === true)
      return undefined;
    if (!failing.offer.versions.some((version) => version <= 0x0303) || view.blocked.length > 0) return undefined;
    if (working !== undefined && (!signals(working) || working.isTls13)) return undefined;
    return {
      confidence: working === undefined ? "possible" : "likely",
      summary: "the client does not signal secure renegotiation (RFC 5746), and the server insists on it",
      evidence: [
        failing.evidence(failing.hello?.packet, "neither renegotiation_info nor TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
        ...(working === undefined ? [] : [working.evidence(working.hello?.packet, "signals it, and is answered")]),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
