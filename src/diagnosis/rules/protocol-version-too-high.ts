/** The client insists on a version that the server does not have. */
import { tlsCounterpart } from "../../registry/tls-versions.ts";
import type { Rule } from "../contract.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const protocolVersionTooHigh: Rule = {
  id: "protocol-version-too-high",
  title: "The client insists on a TLS that the server lacks",
  words: () => ({
    symptoms: received(70),
    cause: "The client was pinned to TLS 1.3, by a minimum version or a policy, and the server ends at TLS 1.2.",
    proof: "Where it works, the server chose TLS 1.2; the failing hello offers newer versions only.",
    disproof: "the failing hello offers the version that the server chose where it works",
    fixes: [
      { where: "server", text: "enable TLS 1.3", source: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1" },
      {
        where: "nginx",
        text: "ssl_protocols TLSv1.2 TLSv1.3;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols",
      },
      {
        where: "apache",
        text: "SSLProtocol -all +TLSv1.2 +TLSv1.3",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
      },
      {
        where: "client",
        text: "until then let it offer TLS 1.2 as well: lower the minimum version",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.1",
      },
      { where: "go", text: "until then tls.Config.MinVersion: tls.VersionTLS12", source: "https://pkg.go.dev/crypto/tls#Config" },
      {
        where: "python",
        text: "until then ctx.minimum_version = ssl.TLSVersion.TLSv1_2",
        source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.minimum_version",
      },
      {
        where: "java",
        text: "until then -Djdk.tls.client.protocols=TLSv1.3,TLSv1.2",
        source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
      },
      { where: "openssl", text: "until then curl without --tlsv1.3", source: "https://curl.se/docs/manpage.html#--tlsv13" },
    ],
    references: ["RFC 9846 §6.2", "RFC 9846 §4.2.1"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  needsWholeHello: true,
  check(view) {
    const { failing, working, blocked } = view;
    if (!failing.endsAfterHello && failing.alert?.by !== "client") return undefined;
    const least = Math.min(...failing.offer.versions);
    const offered = `offers ${failing.offer.versions.map((version) => `TLS 1.${(version & 0xff) - 1}`).join(", ")} only`;
    const chosen = blocked.find(({ aspect }) => aspect === "version")?.value;
    const version = chosen === undefined ? 0 : tlsCounterpart(numberOf(chosen));
    if (working !== undefined && chosen !== undefined && version >= 0x0303 && version < least) {
      return {
        confidence: failing.refusedWith(70, 40) ? "certain" : "likely",
        summary: `the server has at most ${chosen.name ?? chosen.id}, and the client insists on a newer version`,
        evidence: [
          failing.evidence(failing.hello?.packet, offered),
          working.evidence(working.serverHello?.packet, `the server chose ${chosen.name ?? chosen.id}`),
          failing.evidence(failing.failure?.packet, endWords(view)),
        ],
      };
    }
    if (working !== undefined || !failing.refusedWith(70) || least < 0x0304) return undefined;
    return {
      confidence: "likely",
      summary: "the server has no TLS 1.3, and the client offers nothing else",
      evidence: [failing.evidence(failing.hello?.packet, offered), failing.evidence(failing.failure?.packet, endWords(view))],
    };
  },
};
