/** The server answered with its default certificate. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { isNamed, namesText } from "../names.ts";
import { rejectionOf } from "../rejection.ts";

export const sniDefaultCertificate: Rule = {
  id: "sni-default-certificate",
  title: "The server sent its default certificate",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: failed to verify certificate: x509: certificate is valid for a.example, not b.example" },
      { stack: "Python", text: "ssl.SSLCertVerificationError: certificate verify failed: Hostname mismatch, certificate is not valid for" },
      { stack: "Kubernetes", text: "x509: certificate is valid for ingress.local, not" },
    ],
    cause:
      "Without a server name, or with one that it does not know, a server answers with its default certificate, which is for another site.",
    proof: "The two hellos ask for different names, or one for none; the certificates differ, and the failing one is not for the host.",
    disproof: "both hellos ask for the same name",
    fixes: [
      { where: "server", text: "map the name to its certificate", source: "https://www.rfc-editor.org/rfc/rfc6066#section-3" },
      {
        where: "nginx",
        text: "a server block with that server_name and its ssl_certificate",
        source: "https://nginx.org/en/docs/http/configuring_https_servers.html#name_based_https_servers",
      },
      {
        where: "apache",
        text: "a virtual host with that ServerName and its SSLCertificateFile",
        source: "https://httpd.apache.org/docs/2.4/vhosts/name-based.html",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3"],
  }),
  explains: ["hostname-mismatch", "unknown-ca", "incomplete-chain", "client-rejects-after-handshake", "self-signed"],
  check(view) {
    const { failing, working } = view;
    const rejection = rejectionOf(view);
    const leaf = failing.chain[0];
    const other = working?.chain[0];
    if (rejection === undefined || leaf === undefined || ![42, 46, 48, -1].includes(rejection.number)) return undefined;
    const asked = failing.offer.serverName;
    const wanted = asked ?? working?.offer.serverName;
    if (working !== undefined && other !== undefined) {
      if (asked === working.offer.serverName || other.sha256 === leaf.sha256 || !view.isSameServer) return undefined;
      if (wanted === undefined || isNamed(leaf, wanted)) return undefined;
      return {
        confidence: "certain",
        summary: `${asked === undefined ? "without a server name" : `for ${asked}`} the server sends its default certificate, for ${namesText(leaf)}`,
        evidence: [
          failing.evidence(failing.hello?.packet, asked === undefined ? "no server_name extension" : `asks for ${asked}`),
          failing.evidence(failing.certificateOf("server")?.packet, `the certificate is for ${namesText(leaf)}`),
          working.evidence(
            working.certificateOf("server")?.packet,
            `for ${working.offer.serverName ?? "no name"} it is for ${namesText(other)}`,
          ),
          failing.evidence(rejection.packet, rejection.words),
        ],
      };
    }
    if (working !== undefined || asked !== undefined) return undefined;
    return {
      // The alert unknown_ca is not about names.
      confidence: rejection.number === 48 ? "possible" : "likely",
      summary: `without a server name the server sends a certificate for ${namesText(leaf)}, which is probably its default`,
      evidence: [
        failing.evidence(failing.hello?.packet, "no server_name extension"),
        failing.evidence(failing.certificateOf("server")?.packet, `the certificate is for ${namesText(leaf)}`),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};
