/** HTTP's upgrade to TLS within a connection (RFC 2817). */
import type { Upgrade } from "../contract.ts";
import { httpUnits } from "../http-lines.ts";
import { safe } from "../talk.ts";

const ASKS = /^[A-Z]+ \S+ HTTP\/1\.1\r?\n(?:[^\r\n]+\r?\n)*Upgrade:[^\r\n]*\bTLS\/1/i;
const STATUS = /^HTTP\/1\.\d (\d{3})[^\r\n]*/;

export const http: Upgrade = {
  name: "http",
  speaks: ({ client }) => ASKS.test(client),
  asks: ({ client }) => ASKS.test(client),
  answers: ({ server }) => STATUS.test(server),
  refusal: (talk) => {
    const status = STATUS.exec(talk.server);
    // Any other request is served as it is by a server that does not upgrade (§3.1); this one asks for nothing else (§3.2).
    if (!talk.client.startsWith("OPTIONS ") || status === null || status[1] === "101" || status[1] === "100") return undefined;
    return { text: safe(status[0]), packet: talk.unit("server", status[0].length, "").packet };
  },
  units: httpUnits,
};
