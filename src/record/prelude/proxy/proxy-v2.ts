/** The PROXY protocol, version 2: the same in binary form, with optional fields. */
import type { Proxy } from "../contract.ts";
import { numberAt, safe } from "../talk.ts";
import { hostPort, ipv4Text, ipv6Text } from "./endpoint.ts";

const SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
/** Octets before the addresses. */
const HEAD = 16;
/** Address families, in the high half of the octet that has the transport in its low half. */
const FAMILY = { ipv4: 1, ipv6: 2 } as const;

export const proxyV2: Proxy = {
  name: "proxy-v2",
  peel(talk) {
    const { client } = talk;
    if (!client.startsWith(SIGNATURE) || client.length < HEAD) return undefined;
    const end = Math.min(client.length, HEAD + numberAt(client, 14, 2));
    const isLocal = (client.charCodeAt(12) & 0x0f) === 0;
    const ends = isLocal ? undefined : addresses(client, end);
    const words = isLocal ? "LOCAL" : ends === undefined ? "PROXY" : `PROXY ${ends.source} ${ends.target}`;
    return { client: end, server: 0, answered: true, units: [talk.unit("client", end, `PROXY version 2, ${words}`)], ...ends };
  },
};

function addresses(client: string, end: number): { readonly source: string; readonly target: string } | undefined {
  const family = client.charCodeAt(13) >> 4;
  const length = family === FAMILY.ipv4 ? 4 : family === FAMILY.ipv6 ? 16 : 0;
  if (length === 0 || HEAD + 2 * length + 4 > end) return undefined;
  const text = length === 4 ? ipv4Text : ipv6Text;
  const port = HEAD + 2 * length;
  return {
    source: safe(hostPort(text(client, HEAD), numberAt(client, port, 2))),
    target: safe(hostPort(text(client, HEAD + length), numberAt(client, port + 2, 2))),
  };
}
