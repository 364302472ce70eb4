/** ManageSieve's STARTTLS (RFC 5804 §2.2). */
import { lineUpgrade } from "../lines.ts";

export const sieve = lineUpgrade({
  name: "sieve",
  speaks: (_, server) => /^"(?:IMPLEMENTATION|SIEVE|SASL|VERSION|STARTTLS)"/im.test(server),
  ask: /^STARTTLS$/i,
  accept: /^OK\b/i,
  refuse: /^(?:NO|BYE)\b/i,
  offer: { after: /^"/, lines: /^(?:"|OK\b)/i, end: /^OK\b/i, offers: /^"STARTTLS"/i, idle: /^(?:CAPABILITY|NOOP|LOGOUT)\b/i },
});
