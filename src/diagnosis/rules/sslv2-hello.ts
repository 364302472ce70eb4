/** The hello comes in the form of SSL 2.0. */
import type { Rule } from "../contract.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sslv2Hello: Rule = {
  id: "sslv2-hello",
  title: "A ClientHello in the form of SSL 2.0",
  words: () => ({
    symptoms: [...received(70), { stack: "Go server", text: "tls: unsupported SSLv2 handshake received" }],
    cause:
      "Very old clients wrap their hello in the form of SSL 2.0 so that servers of the nineties understand it. Go, GnuTLS, rustls and OpenSSL 4.0 do not take it.",
    proof: "The first octets of the client are not a TLS record but an SSL 2.0 CLIENT-HELLO, and the server ends the connection.",
    disproof: "the first octets are 16 03",
    fixes: [
      {
        where: "java",
        text: "take SSLv2Hello out of setEnabledProtocols and of jdk.tls.client.protocols",
        source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
      },
      {
        where: "client",
        text: "switch off the SSL 2.0 form of the hello, or upgrade the TLS library",
        source: "https://www.rfc-editor.org/rfc/rfc6176",
      },
    ],
    references: ["RFC 6176", "RFC 5246 §E.2"],
  }),
  explains: [
    "protocol-version-too-low",
    "protocol-version-too-high",
    "sni-missing",
    "rst-after-client-hello",
    "fin-after-client-hello",
    "missing-signature-algorithms",
    "client-renegotiation-info-missing",
    "ems-required-by-server",
    "no-common-cipher-suite",
  ],
  check(view) {
    const { failing } = view;
    if (failing.hello?.sslv2 !== true || failing.serverHello !== undefined || failing.failure === undefined) return undefined;
    return {
      confidence: "certain",
      summary: "the client says hello in the form of SSL 2.0, which the server does not accept",
      evidence: [
        failing.evidence(failing.hello.packet, "the hello is an SSL 2.0 CLIENT-HELLO"),
        failing.evidence(failing.failure.packet, endWords(view)),
      ],
    };
  },
};
