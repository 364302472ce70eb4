/** The server knows TLS 1.0 or 1.1 at most, and answers in it. */
import { tlsCounterpart } from "../../registry/tls-versions.ts";
import type { Rule } from "../contract.ts";
import { OLD_VERSIONS } from "../fixes/old-versions.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const serverOnlyOldTlsServerhello: Rule = {
  id: "server-only-old-tls-serverhello",
  title: "The server answers with TLS 1.0 or 1.1",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server selected unsupported protocol version 301" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_server_hello:unsupported protocol" },
      { stack: "Python", text: "ssl.SSLError: [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol" },
      {
        stack: "Java",
        text: "javax.net.ssl.SSLHandshakeException: The server selected protocol version TLS10 is not accepted by client preferences",
      },
      { stack: "Node.js", text: "ERR_SSL_UNSUPPORTED_PROTOCOL" },
    ],
    cause:
      "Servers of before TLS 1.3 negotiate down instead of refusing: they answer with the newest version that they know, and the client aborts. Clients without CBC suites (Python from 3.10, rustls) never get that far: such a server finds no suite of TLS 1.0 in their list and sends handshake_failure, so that it looks like a problem with suites.",
    proof: "The ServerHello names TLS 1.1 or older; or it does where it works, and the failing hello offers newer versions only.",
    disproof: "the server answers another hello with TLS 1.2 or newer",
    fixes: OLD_VERSIONS,
    references: ["RFC 8996", "RFC 5246 §E.1"],
  }),
  explains: [
    "handshake-failure-unspecified",
    "no-common-cipher-suite",
    "protocol-version-too-high",
    "unsafe-legacy-renegotiation",
    "ems-required",
    "server-sigalg-not-offered",
    "dh-key-too-small",
  ],
  check(view) {
    const { failing, working, blocked } = view;
    const answered = failing.serverHello?.legacyVersion;
    if (answered !== undefined && failing.version > 0 && failing.version < 0x0303 && !failing.established) {
      if (failing.abort === undefined || ![70, 40, 47, 71, 80, -1].includes(failing.abort.number)) return undefined;
      const name = failing.choice.version?.name ?? answered.id;
      return {
        confidence: failing.abort.number === 70 || failing.abort.number === 47 ? "certain" : "likely",
        summary: `the server speaks at most ${name}, which the client does not accept`,
        evidence: [
          failing.evidence(failing.serverHello?.packet, `the server chooses ${name}`),
          failing.evidence(failing.failure?.packet, endWords(view)),
        ],
      };
    }
    const chosen = blocked.find(({ aspect }) => aspect === "version")?.value;
    if (working === undefined || chosen === undefined || tlsCounterpart(numberOf(chosen)) >= 0x0303) return undefined;
    if (!failing.endsAfterHello || failing.refusedWith(70)) return undefined;
    const name = chosen.name ?? chosen.id;
    return {
      confidence: failing.refusedWith(40, 71) ? "certain" : "likely",
      summary: `the server speaks at most ${name}, and the client offers neither that nor a suite of that time`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers TLS 1.${(Math.min(...failing.offer.versions) & 0xff) - 1} and newer only`),
        working.evidence(working.serverHello?.packet, `the server chose ${name}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
