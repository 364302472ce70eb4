/** The suites that the client offers do not fit the kind of the server's certificate (TLS 1.2). */
import type { Claim, Rule } from "../contract.ts";
import { endWords, offersKind, suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const ecdsaCertRsaOnlyClient: Rule = {
  id: "ecdsa-cert-rsa-only-client",
  title: "Certificate type and offered suites do not fit",
  words: () => ({
    symptoms: received(40),
    cause:
      "In TLS 1.2 the suite names the kind of certificate: a server with an ECDSA certificate alone cannot serve a client that lists only ECDHE-RSA suites, nor the reverse. It happens when a certificate is renewed with another kind of key, and a client has a list of suites of its own.",
    proof: "Where it works, the server chose a suite for one kind of key; the failing hello offers suites of the other kind only.",
    disproof: "suites, signature schemes and the curve of the certificate are all in the failing hello",
    fixes: [
      {
        where: "server",
        text: "install an RSA and an ECDSA certificate side by side",
        source: "https://www.rfc-editor.org/rfc/rfc8422#section-2",
      },
      {
        where: "nginx",
        text: "a second pair of ssl_certificate and ssl_certificate_key",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate",
      },
      {
        where: "apache",
        text: "a second pair of SSLCertificateFile and SSLCertificateKeyFile",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
      },
      {
        where: "postfix",
        text: "smtpd_tls_chain_files with both",
        source: "https://www.postfix.org/postconf.5.html#smtpd_tls_chain_files",
      },
      {
        where: "client",
        text: "list the ECDHE-ECDSA suites beside the ECDHE-RSA ones, or list none",
        source: "https://www.rfc-editor.org/rfc/rfc8422#section-2",
      },
    ],
    references: ["RFC 5246 §7.4.2", "RFC 8422 §2"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "ECDSA",
      (suite) => `the server's certificate is ECDSA (${suite}), and the client offers suites for RSA certificates only`,
      "none for an ECDSA certificate",
    ) ??
    suiteClaim(
      view,
      "RSA certificate",
      (suite) => `the server's certificate is RSA (${suite}), and the client offers suites for ECDSA certificates only`,
      "none for an RSA certificate",
    ) ??
    mayBe(view),
};

/** One capture alone: hardly any client comes without suites for one of the two kinds, unless somebody has set them. */
function mayBe(view: View): Claim | undefined {
  const { failing, working, alsoFailed } = view;
  if (working !== undefined || !failing.refusedWith(40, 71)) return undefined;
  const offers = [failing.offer, ...(alsoFailed === undefined ? [] : [alsoFailed.offer])];
  const [ecdsa, rsa] = (["ECDSA", "RSA certificate"] as const).map((kind) => offers.some(({ suites }) => offersKind(suites, kind)));
  if (ecdsa === rsa) return undefined;
  const [has, lacks] = ecdsa === true ? ["ECDSA", "RSA"] : ["RSA", "ECDSA"];
  return {
    confidence: "possible",
    summary: `the server's certificate may be ${lacks}: the client's suites before TLS 1.3 are for ${has} certificates only`,
    evidence: [
      failing.evidence(failing.hello?.packet, `no suite for an ${lacks} certificate`),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}
