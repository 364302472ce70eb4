/** FTP's AUTH TLS (RFC 4217 §4). */
import { lineUpgrade } from "../lines.ts";

export const ftp = lineUpgrade({
  name: "ftp",
  speaks: (client, server) =>
    /^AUTH (?:TLS|SSL|TLS-C|TLS-P)\r?$/im.test(client) ||
    (/^220[ -]/.test(server) && /^(?:FEAT|SYST|USER)\b/im.test(client)) ||
    (client === "" && /^220[ -](?:[^\n]*\n)+234[ -]/.test(server)),
  ask: /^AUTH (?:TLS|SSL|TLS-C|TLS-P)$/i,
  accept: /^(?:234|334)[ -]/,
  refuse: /^[45]\d\d[ -]/,
  offer: {
    after: /^FEAT$/i,
    lines: /^(?:211| )/,
    end: /^211 /,
    offers: /^ AUTH\b.*(?:TLS|SSL)/i,
    idle: /^(?:FEAT|SYST|NOOP|QUIT|HELP)\b/i,
  },
});
