/** The server may refuse the client for what its hello looks like. */
import type { Rule } from "../contract.ts";
import { deathOf, deathWords } from "../death.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const tlsFingerprintBlocking: Rule = {
  id: "tls-fingerprint-blocking",
  title: "The client may be blocked for its fingerprint",
  words: () => ({
    symptoms: [...RESET, ...CLOSED, { stack: "HTTP", text: "403 Forbidden" }],
    cause: "Bot protection refuses hellos that look like those of certain programs (JA3, JA4), whatever they offer.",
    proof: "A hello that offers everything that the server chose elsewhere is dropped, and nothing known explains it.",
    disproof: "the hello lacks something that the server needs",
    fixes: [
      { where: "server", text: "put the client on the list of those allowed", source: "https://github.com/FoxIO-LLC/ja4" },
      SERVER_LOG,
      { where: "client", text: "ask the operator; do not imitate another client", source: "https://github.com/FoxIO-LLC/ja4" },
    ],
    references: ["https://github.com/FoxIO-LLC/ja4"],
  }),
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (working?.serverHello === undefined || view.blocked.length > 0 || !view.isSameServer) return undefined;
    const death = deathOf(view);
    if (death !== "reset" && death !== "close") return undefined;
    const [ours, theirs] = [failing.handshake.fingerprints?.ja4, working.handshake.fingerprints?.ja4];
    if (ours === undefined || theirs === undefined || ours === theirs || failing.offer.serverName !== working.offer.serverName)
      return undefined;
    return {
      confidence: "possible",
      summary: "the server may block this client for the fingerprint of its hello",
      evidence: [
        failing.evidence(failing.hello?.packet, `JA4 ${ours}`),
        working.evidence(working.hello?.packet, `JA4 ${theirs}, and answered`),
        failing.evidence(failing.failure?.packet, deathWords(view)),
      ],
    };
  },
};
