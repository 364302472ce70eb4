/** TLS to a port of plaintext HTTP. */
import type { Rule } from "../contract.ts";
import { NOT_TLS } from "./plaintext-smtp-banner.ts";

export const plaintextHttpOnTls: Rule = {
  id: "plaintext-http-on-tls",
  title: "TLS to a port of plaintext HTTP",
  words: () => ({
    symptoms: [
      ...NOT_TLS,
      { stack: "Go", text: "http: server gave HTTP response to HTTPS client" },
      { stack: "curl", text: "curl: (35) error:0A00010B:SSL routines::wrong version number" },
    ],
    cause: "An https URL leads to a port that speaks HTTP without TLS, or the URL of a proxy begins with https instead of http.",
    proof: "The server answers the ClientHello with an HTTP response in plaintext.",
    disproof: "the server's first octets are a TLS record",
    fixes: [
      { where: "server", text: "switch TLS on for this port", source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2" },
      {
        where: "nginx",
        text: "listen 443 ssl; (without ssl the port speaks plaintext)",
        source: "https://nginx.org/en/docs/http/configuring_https_servers.html",
      },
      { where: "apache", text: "SSLEngine on in the virtual host", source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine" },
      {
        where: "client",
        text: "use the port of TLS, or http://; HTTPS_PROXY as a rule begins with http://",
        source: "https://curl.se/docs/manpage.html#-x",
      },
    ],
    references: ["RFC 9110 §4.2.2"],
  }),
  explains: ["not-tls"],
  check({ failing, working }) {
    const { failure } = failing;
    if (failure?.kind !== "not-tls" || failing.hello === undefined || !/^HTTP\/[0-9.]+ |^<(!doctype|html)/i.test(failure.text ?? ""))
      return undefined;
    if (failing.serverHello !== undefined) return undefined;
    // A server that speaks HTTP complains about a hello; who answers with a page or sends elsewhere may be no server. After a PROXY header it is that.
    const isComplaint = !/^HTTP\/[0-9.]+ [23]/i.test(failure.text ?? "") && failing.handshake.via?.startsWith("proxy-v") !== true;
    return {
      confidence:
        working?.serverHello === undefined ? (isComplaint ? "certain" : "likely") : isBadRequest(failure.text) ? "likely" : "possible",
      summary: `the port speaks plaintext HTTP, not TLS ("${failure.text ?? ""}")`,
      evidence: [
        failing.evidence(failing.hello.packet, "the client begins TLS"),
        failing.evidence(failure.packet, `the server answers: ${failure.text ?? ""}`),
      ],
    };
  },
};

/** Does the answer say that the hello is not HTTP? Only a server that tried to read it as HTTP says so; a device that injects a page need not. */
export function isBadRequest(text = ""): boolean {
  return /^HTTP\/[0-9.]+ (400|405|414|501|505)\b/i.test(text);
}
