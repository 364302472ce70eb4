/** IMAP's STARTTLS (RFC 9051 §6.2.1). */
import { lineUpgrade } from "../lines.ts";

export const imap = lineUpgrade({
  name: "imap",
  speaks: (client, server) => /^\* (?:OK|PREAUTH|BYE)/i.test(server) || /^[A-Z0-9.]+ STARTTLS\r?$/im.test(client),
  ask: /^\S+ STARTTLS$/i,
  accept: /^(?!\*)\S+ OK\b/i,
  refuse: /^(?:(?!\*)\S+ (?:NO|BAD)\b|\* BYE\b)/i,
  offer: {
    after: /^(?:\S+ CAPABILITY$|\* (?:OK|PREAUTH) \[CAPABILITY )/i,
    lines: /^\* (?:CAPABILITY |(?:OK|PREAUTH) \[CAPABILITY )/i,
    end: /CAPABILITY/i,
    offers: /\bSTARTTLS\b/i,
    idle: /^\S+ (?:CAPABILITY|NOOP|ID|LOGOUT)\b/i,
  },
});
