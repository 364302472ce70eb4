/** NNTP's STARTTLS (RFC 4642). */
import { lineUpgrade } from "../lines.ts";

export const nntp = lineUpgrade({
  name: "nntp",
  speaks: (client, server) =>
    /^20[01][ -]/.test(server) && (client === "" || /^(?:STARTTLS|CAPABILITIES|MODE READER|QUIT)\b/im.test(client)),
  ask: /^STARTTLS$/i,
  accept: /^382[ -]/,
  refuse: /^[45]\d\d[ -]/,
  offer: { after: /^CAPABILITIES$/i, lines: /^/, end: /^\.$/, offers: /^STARTTLS\b/i, idle: /^(?:CAPABILITIES|MODE READER|QUIT)\b/i },
});
