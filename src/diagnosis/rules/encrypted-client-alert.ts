/** The client refused what the server sent in TLS 1.3; the alert is encrypted. */
import type { Rule } from "../contract.ts";
import { TRUST } from "../fixes/trust.ts";
import { offersSameChoices } from "../offer.ts";
import { UNTRUSTED } from "../symptoms.ts";

export const encryptedClientAlert: Rule = {
  id: "encrypted-client-alert",
  title: "The client refused the server's flight (TLS 1.3)",
  words: () => ({
    symptoms: UNTRUSTED,
    cause:
      "In TLS 1.3 certificate and alert are encrypted. A client that aborts after the server's flight has, in most cases, not accepted the certificate: its issuer, its name or its dates.",
    proof:
      "A record of the size of an alert from the client right after the server's flight, before any data. With a key log the alert can be read.",
    disproof: "a key log shows another alert, or none",
    fixes: [
      {
        where: "client",
        text: "record with SSLKEYLOGFILE set, or read the client's own error: it names the reason",
        source: "https://www.rfc-editor.org/rfc/rfc9850",
      },
      ...TRUST,
    ],
    references: ["RFC 9846 §6", "RFC 9846 §4.4.2.4"],
  }),
  explains: ["quic-transport-error", "internal-error", "handshake-failure-unspecified"],
  check({ failing, working, isSameServer }) {
    const { alert } = failing;
    const isHidden = alert !== undefined && alert.number < 0;
    // Programs that verify the certificate themselves reject it with internal_error. If the same server satisfies a client with the same offer,
    // hardly anything else can be the reason.
    const isOwn = working?.established === true && working.isTls13 && isSameServer && offersSameChoices(failing.offer, working.offer);
    const isAboutCertificate =
      alert !== undefined && ([42, 43, 44, 45, 46, 48].includes(alert.number) || (isOwn && [40, 80].includes(alert.number)));
    if (alert?.by !== "client" || (!isHidden && !isAboutCertificate) || !failing.isTls13 || failing.chain.length > 0) return undefined;
    return {
      confidence: working === undefined && isHidden ? "possible" : "likely",
      summary: isHidden
        ? "the client refused what the server sent, most likely its certificate; in TLS 1.3 both the certificate and the reason are encrypted"
        : `the client refused the server's certificate with ${alert.name}; in TLS 1.3 the certificate itself is encrypted`,
      evidence: [
        failing.evidence(
          alert.packet,
          isHidden
            ? "an encrypted record of the size of an alert from the client, after the server's flight"
            : `the client sends ${alert.name} after the server's flight`,
        ),
      ],
    };
  },
};
