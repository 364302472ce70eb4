/** SOCKS 4 and 4a: one request, one reply. */
import type { Proxy } from "../contract.ts";
import { numberAt, octetsIn, safe } from "../talk.ts";

const GRANTED = 90;
const REPLIES: Readonly<Record<number, string>> = {
  [GRANTED]: "granted",
  91: "rejected or failed",
  92: "rejected: no identd on the client",
  93: "rejected: the identd names another user",
};
/** Octets before the user id, and of the reply. */
const HEAD = 8;

export const socks4: Proxy = {
  name: "socks4",
  peel(talk) {
    const { client, server } = talk;
    if (client.charCodeAt(0) !== 4 || client.charCodeAt(1) !== 1 || !(server === "" || server.charCodeAt(0) === 0)) return undefined;
    const user = client.indexOf("\0", HEAD);
    if (user < 0) return undefined;
    const isName = /^\0\0\0[^\0]/.test(client.slice(4, HEAD));
    const close = isName ? client.indexOf("\0", user + 1) : user;
    if (close < 0) return undefined;
    const host = isName ? client.slice(user + 1, close) : octetsIn(client.slice(4, HEAD)).join(".");
    const target = safe(`${host}:${numberAt(client, 2, 2)}`);
    const units = [talk.unit("client", close + 1, `SOCKS4 CONNECT ${target}`)];
    const answered = server.length >= HEAD;
    const length = { client: close + 1, server: answered ? HEAD : server.length };
    if (!answered) return { ...length, target, answered, units };
    const code = server.charCodeAt(1);
    const reply = talk.unit("server", HEAD, `SOCKS4 reply ${code} (${REPLIES[code] ?? "unknown"})`);
    units.push(reply);
    const refusal = { text: reply.text, packet: reply.packet };
    return { ...length, target, answered, units, ...(code === GRANTED ? {} : { refusal }) };
  },
};
