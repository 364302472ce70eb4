/** The server's certificate is for another name. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { isNamed, namesText } from "../names.ts";
import { certificateClaim } from "../rejection.ts";

export const hostnameMismatch: Rule = {
  id: "hostname-mismatch",
  title: "The certificate is for another name",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: failed to verify certificate: x509: certificate is valid for a.example, not b.example" },
      {
        stack: "Python",
        text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for",
      },
      { stack: "curl", text: "curl: (60) SSL: no alternative certificate subject name matches target host name" },
      { stack: "Node.js", text: "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames" },
      { stack: "Java", text: "java.security.cert.CertificateException: No subject alternative DNS name matching" },
      { stack: "Chrome", text: "NET::ERR_CERT_COMMON_NAME_INVALID" },
    ],
    cause:
      "The name that the client asked for is not among the certificate's names. openssl s_client does not check names by default, so its success says nothing about them.",
    proof: "No subjectAltName of the server's certificate matches the server name in the hello, and the client turns away after it.",
    disproof: "a subjectAltName matches the name that the client wanted",
    fixes: [
      {
        where: "server",
        text: "have the name added to the certificate's subjectAltName, or serve the certificate that has it",
        source: "https://www.rfc-editor.org/rfc/rfc9525#section-6",
      },
      { where: "client", text: "connect by a name that the certificate has", source: "https://www.rfc-editor.org/rfc/rfc9525#section-6" },
      ...SERVER_NAME,
    ],
    references: ["RFC 9525 §6", "RFC 6066 §3"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const leaf = failing.chain[0];
    const name = failing.offer.serverName;
    if (leaf === undefined || name === undefined || leaf.subjectAltNames === undefined || isNamed(leaf, name)) return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 46],
      `the certificate is for ${namesText(leaf)}, and the client asked for ${name}`,
      `its names: ${namesText(leaf)}; the hello asks for ${name}`,
    );
  },
};
