/** The server does not send its intermediate certificate. */
import type { Rule } from "../contract.ts";
import { TRUST } from "../fixes/trust.ts";
import { issuerOf, lacksIssuer } from "../issuer.ts";
import { judgesBeforehand, rejectionOf, subjectOf, untoldRejection } from "../rejection.ts";
import { UNTRUSTED } from "../symptoms.ts";

export const incompleteChain: Rule = {
  id: "incomplete-chain",
  title: "The server leaves out its intermediate certificate",
  words: () => ({
    symptoms: UNTRUSTED,
    cause:
      "Browsers keep intermediates that they once saw, or fetch them; libraries do neither. So a server that sends its own certificate alone works in a browser and fails everywhere else.",
    proof: "The Certificate message holds one certificate that a CA below a root issued, and the client does not find the issuer.",
    disproof: "the certificate's issuer is a root that the client could know",
    fixes: [
      {
        where: "server",
        text: "send the whole chain: the server's certificate, then the intermediates",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2",
      },
      {
        where: "nginx",
        text: "ssl_certificate with the full chain (fullchain.pem)",
        source: "https://nginx.org/en/docs/http/configuring_https_servers.html#chains",
      },
      {
        where: "apache",
        text: "SSLCertificateFile with the full chain",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
      },
      {
        where: "postfix",
        text: "smtpd_tls_chain_files with key, certificate and intermediates",
        source: "https://www.postfix.org/postconf.5.html#smtpd_tls_chain_files",
      },
      {
        where: "haproxy",
        text: "the crt file with certificate, intermediates and key",
        source: "https://docs.haproxy.org/3.0/configuration.html#5.1-crt",
      },
      {
        where: "iis",
        text: "import the intermediates into the store Intermediate Certification Authorities",
        source:
          "https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/valid-root-ca-certificates-untrusted",
      },
      ...TRUST,
    ],
    references: ["RFC 5246 §7.4.2", "RFC 9846 §4.4.2"],
  }),
  explains: ["unknown-ca", "client-rejects-after-handshake", "encrypted-client-alert"],
  check(view) {
    const { failing, working } = view;
    const rejection = rejectionOf(view) ?? untoldRejection(view);
    const leaf = failing.chain[0];
    const isCut = failing.certificateOf("server")?.malformed !== undefined;
    if (rejection === undefined || leaf?.issuer === undefined || !lacksIssuer(failing.chain) || isCut) return undefined;
    if (![48, 46, 42, -1].includes(rejection.number)) return undefined;
    const isSame = working !== undefined && working.chain[0]?.sha256 === leaf.sha256;
    const longer = isSame && !lacksIssuer(working.chain);
    const isAlone = failing.chain.every(({ sha256 }) => sha256 === leaf.sha256);
    const isOther = working !== undefined && working.chain.length > 0 && !isSame;
    if (
      rejection.number === -1 &&
      failing.established &&
      (judgesBeforehand(failing) || working === undefined || failing.leave?.said === true)
    )
      return undefined;
    return {
      confidence: longer ? "certain" : isOther || (failing.chain.length === 1 && issuerOf(leaf) !== "intermediate") ? "possible" : "likely",
      summary: `the server sends its certificate without the one of its issuer, "${leaf.issuer}"`,
      evidence: [
        failing.evidence(
          failing.certificateOf("server")?.packet,
          isAlone
            ? `one certificate only${failing.chain.length > 1 ? `, sent ${failing.chain.length} times` : ""}: ${subjectOf(leaf)}, issued by ${leaf.issuer}`
            : `${failing.chain.length} certificates, but not that of ${leaf.issuer}, which issued ${subjectOf(leaf)}`,
        ),
        failing.evidence(rejection.packet, rejection.words),
        ...(longer
          ? [working.evidence(working.certificateOf("server")?.packet, `here ${working.chain.length} certificates are sent`)]
          : []),
      ],
    };
  },
};
