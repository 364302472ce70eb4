/** The PROXY protocol, version 1: one line that says where a connection came from. It is not answered. */
import type { Proxy } from "../contract.ts";
import { safe } from "../talk.ts";
import { hostPort } from "./endpoint.ts";

/** Octets of the longest line that is allowed. */
const LONGEST = 107;

export const proxyV1: Proxy = {
  name: "proxy-v1",
  peel(talk) {
    const line = /^PROXY (?:(TCP4|TCP6) (\S+) (\S+) (\d{1,5}) (\d{1,5})|UNKNOWN[^\r\n]*)\r\n/.exec(talk.client.slice(0, LONGEST));
    if (line === null) return undefined;
    const [whole, , from, to, fromPort, toPort] = line;
    const units = [talk.unit("client", whole.length, whole.trimEnd())];
    const ends =
      from === undefined
        ? {}
        : { source: safe(hostPort(from, fromPort as string)), target: safe(hostPort(to as string, toPort as string)) };
    return { client: whole.length, server: 0, answered: true, units, ...ends };
  },
};
