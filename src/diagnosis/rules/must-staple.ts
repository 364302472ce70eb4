/** The certificate demands an OCSP response that the server does not send. */
import type { Rule } from "../contract.ts";
import { certificateClaim } from "../rejection.ts";

export const mustStaple: Rule = {
  id: "must-staple",
  title: "The certificate demands a stapled OCSP response",
  words: () => ({
    symptoms: [
      {
        stack: "GnuTLS",
        text: "The certificate is NOT trusted. The certificate requires the server to include an OCSP status in its response, but the OCSP status is missing.",
      },
      { stack: "Firefox", text: "MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING" },
    ],
    cause:
      "The certificate has the feature status_request (must-staple), but the server staples nothing. GnuTLS and Firefox insist, others ignore it. Public CAs have given up OCSP, so that there may be nothing to staple.",
    proof: "The certificate has the feature, no CertificateStatus follows, and the client turns away.",
    disproof: "a CertificateStatus message follows the certificate",
    fixes: [
      {
        where: "server",
        text: "have it reissued without must-staple, or switch stapling on",
        source: "https://www.rfc-editor.org/rfc/rfc7633",
      },
      {
        where: "nginx",
        text: "ssl_stapling on; ssl_stapling_verify on;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_stapling",
      },
      {
        where: "apache",
        text: "SSLUseStapling On, SSLStaplingCache",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslusestapling",
      },
    ],
    references: ["RFC 7633", "https://letsencrypt.org/2024/12/05/ending-ocsp"],
  }),
  explains: ["unknown-ca", "incomplete-chain", "client-rejects-after-handshake", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const leaf = failing.chain[0];
    if (leaf?.mustStaple !== true || failing.first("certificate_status") !== undefined) return undefined;
    if (leaf.extensions?.some(({ name }) => name === "status_request") === true) return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 46, 113],
      "the certificate demands a stapled OCSP response, and the server sends none",
      "TLS feature status_request, and no certificate_status",
    );
  },
};
