/** Java leaves the server name out where it does not like it. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { endWords } from "../suites.ts";

export const sniJavaUnderscore: Rule = {
  id: "sni-java-underscore",
  title: "Java sends no server name for this host",
  words: () => ({
    symptoms: [
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Received fatal alert: unrecognized_name" },
    ],
    cause:
      "Java's SNIHostName takes no name with an underscore, and none without a dot; JSSE then leaves the extension out without a word. Go, Python and curl send such names.",
    proof: "A hello that looks like Java's has no server_name and is refused; with a name the same server answers.",
    disproof: "the program connects to an address, not to a name: then no client sends one",
    fixes: [
      {
        where: "server",
        text: "give the host a name without an underscore and with a dot, or the server a default certificate",
        source: "https://www.rfc-editor.org/rfc/rfc6066#section-3",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3", "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/net/ssl/SNIHostName.html"],
  }),
  explains: [
    "sni-missing",
    "handshake-failure-unspecified",
    "rst-after-client-hello",
    "fin-after-client-hello",
    "no-answer-timeout",
    "internal-error",
    "f5-hello-length",
    "record-version-intolerance",
    "no-common-cipher-suite",
    "tls-fingerprint-blocking",
  ],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (!failing.endsAfterHello || failing.offer.serverName !== undefined || !failing.stack.places.includes("java")) return undefined;
    if (view.blocked.length > 0 || (working !== undefined && working.offer.serverName === undefined)) return undefined;
    if (failing.alert !== undefined && ![40, 112, 49, 80].includes(failing.alert.number)) return undefined;
    if (working === undefined && failing.refusedWith(40)) return undefined;
    // The same Java names its server elsewhere: then it is the name that it could not send.
    const isSure = failing.refusedWith(112, 109) && working?.stack.places.includes("java") === true;
    return {
      confidence: isSure ? "certain" : working === undefined ? "possible" : "likely",
      summary: "Java sent no server name, as it does for names with an underscore or without a dot, and the server needs one",
      evidence: [
        failing.evidence(failing.hello?.packet, "a hello of Java without server_name"),
        ...(working === undefined
          ? []
          : [working.evidence(working.hello?.packet, `asks for ${working.offer.serverName}, and is answered`)]),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
