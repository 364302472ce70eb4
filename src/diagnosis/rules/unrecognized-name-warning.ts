/** The client takes a warning for fatal. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const unrecognizedNameWarning: Rule = {
  id: "unrecognized-name-warning",
  title: "The client takes the warning unrecognized_name for fatal",
  words: () => ({
    symptoms: [
      { stack: "Java", text: "javax.net.ssl.SSLProtocolException: handshake alert: unrecognized_name" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Received fatal alert: unrecognized_name" },
    ],
    cause:
      "Apache and OpenSSL warn of a name that they do not know, and go on with the default site. Java ends the connection at this warning; other clients ignore it.",
    proof: "The server sends unrecognized_name at warning level and goes on with its ServerHello; the client ends the connection.",
    disproof: "the alert is fatal",
    fixes: [
      {
        where: "server",
        text: "give the site this name, so that there is nothing to warn of",
        source: "https://www.rfc-editor.org/rfc/rfc6066#section-3",
      },
      {
        where: "apache",
        text: "ServerName or ServerAlias with the name",
        source: "https://httpd.apache.org/docs/2.4/mod/core.html#serveralias",
      },
      {
        where: "java",
        text: "until then SSLParameters.setServerNames(List.of()) for this host; price: no server name",
        source: "https://bugs.openjdk.org/browse/JDK-7127374",
      },
      ...SERVER_NAME.filter(({ where }) => where !== "java"),
    ],
    references: ["RFC 6066 §3", "https://bugs.openjdk.org/browse/JDK-7127374"],
  }),
  explains: [
    "unsafe-legacy-renegotiation",
    "ems-required",
    "unknown-ca",
    "incomplete-chain",
    "hostname-mismatch",
    "cert-x509-strict",
    "bad-server-signature",
  ],
  check(view) {
    const { failing } = view;
    const warning = failing.warnings.find((alert) => alert.from === "server" && numberOf(alert.description) === 112);
    if (warning === undefined || failing.alert?.by !== "client" || failing.alert.packet < warning.packet) return undefined;
    const name = failing.offer.serverName ?? "the name";
    return {
      confidence: "certain",
      summary: `the server warns that it does not know ${name}, and the client takes the warning for the end`,
      evidence: [
        failing.evidence(warning.packet, "the server sends unrecognized_name at warning level"),
        failing.evidence(failing.alert.packet, endWords(view)),
      ],
    };
  },
};
