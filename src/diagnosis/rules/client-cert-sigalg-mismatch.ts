/** The client's key cannot sign what the server accepts. */
import { asksForOneKind, clientCertificate, type Refusal, serverRefused } from "../client-certificates.ts";
import type { Claim, Rule } from "../contract.ts";
import { CLIENT_CERTIFICATE } from "../fixes/client-certificate.ts";
import { numberOf } from "../offer.ts";
import { keyOfCertificate, schemesFor } from "../signatures.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const clientCertSigalgMismatch: Rule = {
  id: "client-cert-sigalg-mismatch",
  title: "The client's key cannot sign as the server wants",
  words: () => ({
    symptoms: [...received(40), { stack: "Go", text: "tls: peer doesn't support any of the certificate's signature algorithms" }],
    cause:
      "The request lists the schemes with which a client may sign. If none fits its key (an RSA key where only ECDSA is listed, a smart card that cannot do PSS in TLS 1.3), the client sends no certificate.",
    proof: "The client's Certificate is empty, and no scheme of the request fits the certificate that works elsewhere.",
    disproof: "a scheme that fits the client's key is in the request",
    fixes: [
      {
        where: "server",
        text: "accept RSA with SHA-256 and PSS beside ECDSA: in OpenSSL's words ClientSignatureAlgorithms",
        source: "https://docs.openssl.org/3.0/man3/SSL_CONF_cmd/",
      },
      {
        where: "client",
        text: "use a certificate with a key of the kind that the server accepts",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4",
      },
      ...CLIENT_CERTIFICATE,
    ],
    references: ["RFC 5246 §7.4.4", "https://go.dev/doc/go1.14#crypto_tls"],
  }),
  explains: ["client-cert-missing-tls12", "client-cert-missing-tls13", "client-cert-ca-names-mismatch", "handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const schemes = failing.request?.signatureSchemes?.map(numberOf);
    if (refusal === undefined || sent === undefined || sent.certificates.length > 0 || schemes === undefined || schemes.length === 0)
      return undefined;
    if (working === undefined) return mayBe(view, refusal);
    const other = clientCertificate(working);
    const key = keyOfCertificate(other?.certificates[0]);
    if (other === undefined || key === undefined || schemesFor(key, failing.isTls13).some((scheme) => schemes.includes(scheme)))
      return undefined;
    const names = failing.request?.signatureSchemes?.map(({ name, id }) => name ?? id) ?? [];
    return {
      confidence: "certain",
      summary: `the server accepts client signatures with ${names.slice(0, 3).join(", ")} only, and the client's key is ${key}`,
      evidence: [
        failing.evidence(failing.request?.packet, `the request lists ${names.slice(0, 4).join(", ")}`),
        failing.evidence(sent.packet, "the client's certificate message is empty"),
        working.evidence(other.packet, `where it works, the client sends a certificate with a key of the kind ${key}`),
        failing.evidence(refusal.packet, refusal.words),
      ],
    };
  },
};

/** With a single capture: a request with schemes for only one kind of key excludes clients with another kind. */
function mayBe({ failing }: View, refusal: Refusal): Claim | undefined {
  const schemes = failing.request?.signatureSchemes ?? [];
  if (!asksForOneKind(failing.request)) return undefined;
  const names = schemes.slice(0, 4).map(({ name, id }) => name ?? id);
  return {
    confidence: "possible",
    summary: `if the client has a certificate, its key cannot sign with ${names.join(", ")}, which is all that the server accepts`,
    evidence: [
      failing.evidence(failing.request?.packet, `the request lists ${names.join(", ")} only`),
      failing.evidence(refusal.packet, refusal.words),
    ],
  };
}
