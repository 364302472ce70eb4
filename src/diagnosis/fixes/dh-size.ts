/** Fixes where the server's Diffie-Hellman group is too small. */
import type { Fix } from "../contract.ts";

export const DH_SIZE: readonly Fix[] = [
  {
    where: "server",
    text: "prefer ECDHE, or use a group of 2048 bits or more (ffdhe2048 of RFC 7919)",
    source: "https://www.rfc-editor.org/rfc/rfc7919",
  },
  {
    where: "nginx",
    text: "ssl_dhparam with a file from openssl dhparam -out dh.pem 2048, or leave it out: ECDHE needs none",
    source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_dhparam",
  },
  {
    where: "apache",
    text: "append the output of openssl dhparam 2048 to the first SSLCertificateFile",
    source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
  },
  {
    where: "postfix",
    text: "smtpd_tls_dh1024_param_file = auto (Postfix 3.6 and later)",
    source: "https://www.postfix.org/postconf.5.html#smtpd_tls_dh1024_param_file",
  },
  {
    where: "haproxy",
    text: "tune.ssl.default-dh-param 2048",
    source: "https://docs.haproxy.org/3.0/configuration.html#tune.ssl.default-dh-param",
  },
  {
    where: "openssl",
    text: "--ciphers DEFAULT:!DHE makes the server take another exchange; only if it has none, DEFAULT@SECLEVEL=1",
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "python",
    text: 'ctx.set_ciphers("DEFAULT:!DHE"); only if the server has nothing else, "DEFAULT@SECLEVEL=1"',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.set_ciphers",
  },
  {
    where: "node",
    text: 'ciphers: "DEFAULT:!DHE"; only if the server has nothing else, "DEFAULT@SECLEVEL=1"',
    source: "https://nodejs.org/api/tls.html#modifying-the-default-tls-cipher-suite",
  },
  {
    where: "java",
    text: "below 1024 bits: no; above, jdk.tls.disabledAlgorithms says the least size (DH keySize < 1024)",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  { where: "gnutls", text: "priority NORMAL:-DHE-RSA", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
];
