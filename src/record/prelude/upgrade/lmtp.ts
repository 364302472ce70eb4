/** STARTTLS of LMTP (RFC 2033, RFC 3207). */
import { lineUpgrade } from "../lines.ts";

export const lmtp = lineUpgrade({
  name: "lmtp",
  speaks: (client, server) => /^LHLO\b/im.test(client) || (client === "" && /^220[ -].*\bLMTP\b/i.test(server)),
  ask: /^STARTTLS$/i,
  accept: /^220[ -]/,
  refuse: /^[45]\d\d[ -]/,
  offer: { after: /^LHLO\b/i, lines: /^250[ -]/, end: /^250 /, offers: /^250[ -]STARTTLS/i, idle: /^(?:LHLO|NOOP|RSET|QUIT|HELP)\b/i },
});
