/** The server demands a client certificate, and the client sends none (up to TLS 1.2). */
import { asksForOneKind, clientCertificate, missingAfterwards, serverRefused } from "../client-certificates.ts";
import type { Claim, Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const clientCertMissingTls12: Rule = {
  id: "client-cert-missing-tls12",
  title: "No client certificate, though the server demands one",
  words: () => ({
    symptoms: [...received(40), ...received(42), { stack: "Go server", text: "tls: client didn't provide a certificate" }],
    cause: "The server asks for a certificate and does not go on without one; the client has none, or none that fits the request.",
    proof: "A CertificateRequest, an empty Certificate message from the client, and then the server's alert.",
    disproof: "there is no CertificateRequest, or the client's Certificate is not empty",
    fixes: [
      {
        where: "server",
        text: "issue a certificate for the client, or make it optional",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.6",
      },
      {
        where: "nginx",
        text: "ssl_verify_client optional;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client",
      },
      { where: "apache", text: "SSLVerifyClient optional", source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient" },
      { where: "haproxy", text: "bind ... verify optional", source: "https://docs.haproxy.org/3.0/configuration.html#5.1-verify" },
      ...CLIENT_CERTIFICATE,
    ],
    references: ["RFC 5246 §7.4.6"],
  }),
  explains: ["handshake-failure-unspecified", "access-denied"],
  check(view) {
    const { failing } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    if (failing.established && !failing.isTls13 && sent?.certificates.length === 0) return afterwards(view, sent.packet);
    if (refusal === undefined || failing.request === undefined || failing.isTls13 || sent === undefined || sent.certificates.length > 0)
      return undefined;
    const names = failing.request.authorities ?? [];
    // If the server names CAs, or schemes for one kind of key, the client may have a certificate that does not fit.
    const isOpen = (names.length === 0 || view.working !== undefined) && !asksForOneKind(failing.request);
    return {
      confidence: isOpen && refusal.number !== -2 ? "certain" : "likely",
      summary: "the server demands a client certificate, and the client sent none",
      evidence: [
        failing.evidence(
          failing.request.packet,
          names.length === 0
            ? "the server asks for a certificate of any CA"
            : `the server asks for a certificate of ${names.length === 1 ? names[0] : `one of ${names.length} CAs`}`,
        ),
        failing.evidence(sent.packet, "the client's certificate message is empty"),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};

/** The handshake succeeds all the same. */
function afterwards(view: View, packet: number): Claim | undefined {
  const other = view.working === undefined ? undefined : clientCertificate(view.working);
  return missingAfterwards(view, packet, other === undefined || other.certificates.length === 0 ? undefined : other.packet);
}
