/** The client has a certificate but does not send it, because the server names other CAs. */
import { clientCertificate, type Refusal, serverRefused } from "../client-certificates.ts";
import type { Claim, Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const clientCertCaNamesMismatch: Rule = {
  id: "client-cert-ca-names-mismatch",
  title: "The server names other CAs than the client's",
  words: () => ({
    symptoms: [...received(40), { stack: "Go server", text: "tls: client didn't provide a certificate" }],
    cause:
      "A CertificateRequest names the CAs that the server accepts. Go, Java and Windows choose by these names and send nothing where none fits; OpenSSL, curl and GnuTLS send what they were given. So openssl works and the program does not.",
    proof:
      "The client's Certificate is empty, and the certificate that works elsewhere is issued by none of the CAs that the server names.",
    disproof: "the client has no certificate configured at all",
    fixes: [
      {
        where: "server",
        text: "name the CAs of its clients in the request, or none at all",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4",
      },
      {
        where: "nginx",
        text: "ssl_client_certificate with the CA that issues the clients' certificates",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_client_certificate",
      },
      {
        where: "apache",
        text: "SSLCADNRequestFile with that CA",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcadnrequestfile",
      },
      {
        where: "haproxy",
        text: "bind ... ca-file with that CA, or no-ca-names",
        source: "https://docs.haproxy.org/3.0/configuration.html#5.1-no-ca-names",
      },
      ...CLIENT_CERTIFICATE,
    ],
    references: ["RFC 5246 §7.4.4", "RFC 9846 §4.2.4", "https://github.com/minio/kes/issues/498"],
  }),
  explains: ["client-cert-missing-tls12", "client-cert-missing-tls13", "handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const names = failing.request?.authorities ?? [];
    if (refusal === undefined || sent === undefined || sent.certificates.length > 0 || names.length === 0) return undefined;
    if (working === undefined) return mayBe(view, refusal, names);
    const other = clientCertificate(working);
    const chain = other?.certificates ?? [];
    if (other === undefined || chain.length === 0) return undefined;
    if (chain.some(({ issuer, subject }) => names.includes(issuer ?? "") || names.includes(subject ?? ""))) return undefined;
    return {
      confidence: "certain",
      summary:
        names.length === 1
          ? `the server asks for a certificate of "${names[0]}", which did not issue the client's, so that the client sends none`
          : `the server asks for a certificate of one of ${names.length} CAs, none of which issued the client's, so that the client sends none`,
      evidence: [
        failing.evidence(
          failing.request?.packet,
          `the server names ${names.slice(0, 2).join(" and ")}${names.length > 2 ? ` and ${names.length - 2} more` : ""}`,
        ),
        failing.evidence(sent.packet, "the client's certificate message is empty"),
        working.evidence(other.packet, `this client sends a certificate issued by ${chain[0]?.issuer ?? ""} all the same, and is accepted`),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};

/** With a single capture: a client with a certificate of another CA sends none. */
function mayBe({ failing }: View, refusal: Refusal, names: readonly string[]): Claim {
  const asked = names.length === 1 ? `"${names[0]}"` : `one of ${names.length} CAs`;
  return {
    confidence: "possible",
    summary: `if the client has a certificate, it is not of ${asked}, of which the server asks for one`,
    evidence: [
      failing.evidence(failing.request?.packet, `the server names ${names.slice(0, 2).join(" and ")}`),
      failing.evidence(refusal.packet, refusal.words),
    ],
  };
}
