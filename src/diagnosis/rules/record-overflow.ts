/** A record is longer than TLS allows. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

/** 2^14 and the expansion: of TLS 1.3, of what came before. */
const LIMITS = { tls13: 16_640, before: 18_432 } as const;

export const recordOverflow: Rule = {
  id: "record-overflow",
  title: "A record longer than TLS allows",
  words: () => ({
    symptoms: [
      ...received(22),
      { stack: "Go", text: "tls: oversized record received with length 18500" },
      { stack: "OpenSSL", text: "SSL routines:tls_get_more_records:encrypted length too long" },
      { stack: "Java", text: "javax.net.ssl.SSLException: Input record too big" },
    ],
    cause:
      "The server, or something in its place, sends a record whose length is above the limit: it is broken, or what it sends is not TLS.",
    proof: "The header of a record announces more than 2^14 + 256 octets (TLS 1.3) or 2^14 + 2048 (before).",
    disproof: "the length is really text: then the other side does not speak TLS",
    fixes: fixServer("fix or update it: records have 2^14 octets of content at most", "https://www.rfc-editor.org/rfc/rfc9846#section-5.1"),
    references: ["RFC 9846 §5.2", "RFC 5246 §6.2.3"],
  }),
  explains: ["encrypted-client-alert", "unexpected-message", "client-left-during-handshake", "client-rejects-after-handshake"],
  check(view) {
    const { failing } = view;
    const limit = failing.isTls13 ? LIMITS.tls13 : LIMITS.before;
    const long = failing.events.find(({ kind, from, length = 0 }) => kind === "encrypted" && from === "server" && length > limit);
    if (long === undefined || failing.established) return undefined;
    return {
      confidence: "certain",
      summary: `the server sends a record of ${long.length ?? 0} octets, more than the ${limit} that TLS allows`,
      evidence: [
        failing.evidence(long.packet, `a record that announces ${long.length ?? 0} octets`),
        failing.evidence(failing.failure?.packet, failing.failure === undefined ? "the client ends the connection" : endWords(view)),
      ],
    };
  },
};
