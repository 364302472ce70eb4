/** The server insists on extended_master_secret, and the client does not offer it. */
import type { Rule } from "../contract.ts";
import { EXTENDED_MASTER_SECRET } from "../fixes/extended-master-secret.ts";
import { groupClaim } from "../groups.ts";
import { EXTENSION, numberOf } from "../offer.ts";
import { isSha1 } from "../signatures.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const emsRequiredByServer: Rule = {
  id: "ems-required-by-server",
  title: "The server insists on extended_master_secret",
  words: () => ({
    symptoms: [
      ...received(40),
      { stack: "Java server", text: "javax.net.ssl.SSLHandshakeException: Extended Master Secret extension is required" },
    ],
    cause: "Servers in FIPS mode demand extended_master_secret in TLS 1.2. Go before 1.21 and OpenSSL before 1.1.0 do not offer it.",
    proof: "The failing hello lacks extended_master_secret, the working one has it, and nothing else that the server chose was missing.",
    disproof: "extended_master_secret is in the failing hello",
    fixes: [
      {
        where: "server",
        text: "allow TLS 1.3, which needs no such extension",
        source: "https://www.rfc-editor.org/rfc/rfc7627#section-5.2",
      },
      ...EXTENDED_MASTER_SECRET.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 7627 §5.2", "https://go.dev/doc/go1.21#crypto-tls", "https://github.com/nmap/nmap/issues/2724"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group", "tls-fingerprint-blocking"],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (!failing.refusedWith(40, 71) || failing.offer.extensions.includes(EXTENSION.extendedMasterSecret) || failing.hello?.sslv2 === true)
      return undefined;
    // A server that took a scheme or a group of several may take another.
    const isBlocked =
      view.blocked.some(({ aspect, value }) => aspect !== "group" && (aspect !== "scheme" || isSha1(numberOf(value)))) ||
      groupClaim(view)?.confidence === "certain";
    if (failing.hello?.extensions === undefined || isBlocked || !failing.offer.versions.some((version) => version <= 0x0303))
      return undefined;
    if (working !== undefined && (working.isTls13 || !working.offer.extensions.includes(EXTENSION.extendedMasterSecret))) return undefined;
    return {
      confidence: working === undefined ? "possible" : "likely",
      summary: "the server insists on extended_master_secret (RFC 7627), which the client does not offer",
      evidence: [
        failing.evidence(failing.hello.packet, "no extended_master_secret extension"),
        ...(working === undefined ? [] : [working.evidence(working.hello?.packet, "offers it, and is answered")]),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
