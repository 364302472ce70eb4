/** The client offers nothing as new as the server demands. */
import { tlsCounterpart } from "../../registry/tls-versions.ts";
import type { Rule } from "../contract.ts";
import { deathOf, traitsOf } from "../death.ts";
import { offersVersion, numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const protocolVersionTooLow: Rule = {
  id: "protocol-version-too-low",
  title: "The server demands a newer TLS than the client has",
  words: () => ({
    symptoms: [...received(70), { stack: "Chrome", text: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH" }],
    cause: "A server that speaks TLS 1.3 only (or 1.2 only) meets a client that is too old or was pinned to an older version.",
    proof: "Where it works, the server chose a version that the failing hello does not offer because it ends below.",
    disproof: "the failing hello offers the version that the server chose where it works",
    fixes: [
      {
        where: "server",
        text: "allow TLS 1.2 beside TLS 1.3, where its clients need it",
        source: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1",
      },
      {
        where: "nginx",
        text: "ssl_protocols TLSv1.2 TLSv1.3;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols",
      },
      {
        where: "client",
        text: "take out the pinned maximum, or upgrade: OpenSSL 1.1.1, Go 1.13, Java 8u261 and 11, Windows Server 2022 have TLS 1.3",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.1",
      },
      { where: "node", text: "take out maxVersion", source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions" },
      { where: "go", text: "take out tls.Config.MaxVersion", source: "https://pkg.go.dev/crypto/tls#Config" },
      {
        where: "java",
        text: "-Djdk.tls.client.protocols=TLSv1.3,TLSv1.2",
        source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
      },
    ],
    references: ["RFC 9846 §6.2", "RFC 9846 §4.2.1"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  needsWholeHello: true,
  check(view) {
    const { failing, working, blocked } = view;
    if (!failing.endsAfterHello) return undefined;
    const best = Math.max(...failing.offer.versions, 0);
    const chosen = blocked.find(({ aspect }) => aspect === "version")?.value;
    if (working !== undefined && chosen !== undefined && tlsCounterpart(numberOf(chosen)) > best) {
      return {
        confidence: failing.refusedWith(70, 40)
          ? "certain"
          : deathOf(view) !== undefined && traitsOf(view).length > 0
            ? "possible"
            : "likely",
        summary: `the server demands ${chosen.name ?? chosen.id}, and the client offers at most ${versionName(best)}`,
        evidence: [
          failing.evidence(failing.hello?.packet, `offers at most ${versionName(best)}`),
          working.evidence(working.serverHello?.packet, `the server chose ${chosen.name ?? chosen.id}`),
          failing.evidence(failing.failure?.packet, endWords(view)),
        ],
      };
    }
    if (working !== undefined || !failing.refusedWith(70) || best === 0 || offersVersion(failing.offer, 0x0304)) return undefined;
    return {
      confidence: "likely",
      summary: `the server demands a newer version than ${versionName(best)}, the newest that the client offers`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers at most ${versionName(best)}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};

function versionName(version: number): string {
  return version === 0x0300 ? "SSL 3.0" : `TLS 1.${(version & 0xff) - 1}`;
}
