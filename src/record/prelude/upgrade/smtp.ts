/** SMTP's STARTTLS (RFC 3207). */
import { lineUpgrade } from "../lines.ts";

export const smtp = lineUpgrade({
  name: "smtp",
  speaks: (client, server) =>
    /^(?:EHLO|HELO)\b/im.test(client) ||
    (/^STARTTLS/im.test(client) && /^2[25]0[ -]/.test(server)) ||
    (client === "" && /^220[ -][^\n]*\n(?:250[ -]|220 )/i.test(server)),
  ask: /^STARTTLS$/i,
  accept: /^220[ -]/,
  refuse: /^[45]\d\d[ -]/,
  offer: {
    after: /^EHLO\b/i,
    lines: /^250[ -]/,
    end: /^250 /,
    offers: /^250[ -]STARTTLS/i,
    idle: /^(?:EHLO|HELO|NOOP|RSET|QUIT|HELP)\b/i,
  },
});
