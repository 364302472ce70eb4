/** The server knows TLS 1.0 or 1.1 at most, and says so with an alert. */
import { tlsCounterpart } from "../../registry/tls-versions.ts";
import type { Rule } from "../contract.ts";
import { OLD_VERSIONS } from "../fixes/old-versions.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const serverOnlyOldTlsAlert: Rule = {
  id: "server-only-old-tls-alert",
  title: "The server knows only TLS 1.0 or 1.1",
  words: () => ({
    symptoms: received(70),
    cause:
      "TLS 1.0 and 1.1 are deprecated, and clients have raised their minimum: Go with 1.18, Python with 3.10, Java with 8u291 and 11.0.11, OpenSSL 3 by its security level, the browsers in 2020.",
    proof:
      "Where it works, the server chose TLS 1.1 or older; the failing hello offers newer versions only, and the server answers protocol_version.",
    disproof: "the server chose TLS 1.2 or newer in another connection",
    fixes: OLD_VERSIONS,
    references: ["RFC 8996", "https://go.dev/doc/go1.18#tls10", "https://docs.openssl.org/3.0/man7/migration_guide/"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "protocol-version-too-high"],
  needsWholeHello: true,
  check(view) {
    const { failing, working, blocked } = view;
    if (!failing.refusedWith(70)) return undefined;
    const chosen = blocked.find(({ aspect }) => aspect === "version")?.value;
    const least = Math.min(...failing.offer.versions);
    if (working !== undefined && chosen !== undefined && tlsCounterpart(numberOf(chosen)) < 0x0303) {
      return {
        confidence: "certain",
        summary: `the server knows at most ${chosen.name ?? chosen.id}, and the client offers no such old version`,
        evidence: [
          failing.evidence(failing.hello?.packet, `offers TLS 1.${(least & 0xff) - 1} and newer only`),
          working.evidence(working.serverHello?.packet, `the server chose ${chosen.name ?? chosen.id}`),
          failing.evidence(failing.failure?.packet, endWords(view)),
        ],
      };
    }
    if (working !== undefined || !failing.offer.versions.includes(0x0303) || !failing.offer.versions.includes(0x0304)) return undefined;
    return {
      confidence: "likely",
      summary: "the server knows neither TLS 1.2 nor 1.3, and the client offers nothing older",
      evidence: [
        failing.evidence(failing.hello?.packet, "offers TLS 1.2 and 1.3"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
