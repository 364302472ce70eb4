/** A handshake message is longer than the client accepts. */
import type { Rule } from "../contract.ts";
import { endWords } from "../suites.ts";

/** Octets that Java takes by itself. */
const JAVA_LIMIT = 32_768;

export const handshakeMessageTooLarge: Rule = {
  id: "handshake-message-too-large",
  title: "A handshake message is too long for the client",
  words: () => ({
    symptoms: [
      {
        stack: "Java",
        text: "javax.net.ssl.SSLProtocolException: The size of the handshake message (52589) exceeds the maximum allowed size (32768)",
      },
    ],
    cause:
      "Java takes messages of 32768 octets (jdk.tls.maxHandshakeMessageSize), OpenSSL about 100 kB, Go 64 kB. A CertificateRequest with hundreds of CA names, or a huge chain, exceeds that.",
    proof: "A message of the server is longer than that, and the client aborts right after it.",
    disproof: "no message of the server has more than 32768 octets",
    fixes: [
      {
        where: "server",
        text: "name fewer CAs in the request for a client certificate",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4",
      },
      {
        where: "nginx",
        text: "ssl_trusted_certificate instead of ssl_client_certificate: its names are not sent",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_trusted_certificate",
      },
      {
        where: "apache",
        text: "SSLCADNRequestFile with the few names that matter",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcadnrequestfile",
      },
      {
        where: "iis",
        text: "SendTrustedIssuerList = 0 in the registry's SCHANNEL key",
        source: "https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings",
      },
      {
        where: "java",
        text: "-Djdk.tls.maxHandshakeMessageSize=131072",
        source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
      },
    ],
    references: ["RFC 5246 §7.4.4", "https://docs.openssl.org/3.0/man3/SSL_CTX_set_max_cert_list/"],
  }),
  explains: ["unexpected-message", "unknown-ca", "incomplete-chain"],
  check(view) {
    const { failing } = view;
    const long = failing.messages.find(({ from, length }) => from === "server" && length + 4 > JAVA_LIMIT);
    if (
      long === undefined ||
      failing.failure?.by !== "client" ||
      (failing.alert !== undefined && ![10, 40, 47, 50, 22, 80].includes(failing.alert.number))
    )
      return undefined;
    return {
      confidence: failing.stack.places.includes("java") && failing.alert?.number === 10 ? "certain" : "likely",
      summary: `the server's ${long.type} has ${long.length} octets, more than the client accepts`,
      evidence: [
        failing.evidence(long.packet, `${long.type} of ${long.length} octets`),
        failing.evidence(failing.failure.packet, endWords(view)),
      ],
    };
  },
};
