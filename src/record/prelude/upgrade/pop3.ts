/** POP3's STLS (RFC 2595 §4). */
import { lineUpgrade } from "../lines.ts";

export const pop3 = lineUpgrade({
  name: "pop3",
  speaks: (client, server) => /^(?:\+OK|-ERR)/.test(server) || /^(?:STLS|CAPA)\r?$/im.test(client),
  ask: /^STLS$/i,
  accept: /^\+OK/i,
  refuse: /^-ERR/i,
  offer: { after: /^CAPA$/i, lines: /^/, end: /^\.$/, offers: /^STLS\b/i, idle: /^(?:CAPA|NOOP|QUIT)\b/i },
});
