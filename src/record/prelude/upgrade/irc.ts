/** IRC's STARTTLS (numerics 670 and 691), deprecated, but still in use. */
import { lineUpgrade } from "../lines.ts";

export const irc = lineUpgrade({
  name: "irc",
  speaks: (client, server) =>
    /^:\S+ (?:\d{3}|NOTICE|CAP) /.test(server) || /^(?:CAP (?:LS|REQ)|NICK )/im.test(client) || /^STARTTLS\r?\n/i.test(client),
  ask: /^STARTTLS$/i,
  accept: /^:\S+ 670 /,
  refuse: /^(?::\S+ (?:691|421|451) |ERROR :)/,
});
