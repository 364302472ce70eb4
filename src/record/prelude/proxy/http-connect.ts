/** HTTP's CONNECT (RFC 9110 §9.3.6): a tunnel through a proxy; after a 407 the client may ask again on the same connection. */
import type { Proxy, Refusal } from "../contract.ts";
import { headUnits } from "../http-lines.ts";
import { inOrder, safe, type Unit } from "../talk.ts";

const REQUEST = /^CONNECT (\S+) HTTP\/1\.[01]\r?\n/;
const STATUS = /^HTTP\/1\.[01] (\d{3})[^\r\n]*/;
/** Requests of one connection that are followed. */
const ROUNDS = 8;

export const httpConnect: Proxy = {
  name: "http-connect",
  peel(talk) {
    if (!REQUEST.test(talk.client)) return undefined;
    const units: Unit[] = [];
    let [client, server] = [0, 0];
    let target = "";
    let refusal: Refusal | undefined;
    let answered = false;
    for (let round = 0; round < ROUNDS; round++) {
      const request = REQUEST.exec(talk.client.slice(client));
      if (request === null) break;
      target = safe((request[1] as string).replace(/^.*@/, ""));
      const asked = headUnits(talk, "client", client);
      client = asked.end;
      units.push(...asked.units);
      answered = false;
      let status = STATUS.exec(talk.server.slice(server));
      while (status !== null) {
        const [line, code = ""] = status;
        const packet = talk.unit("server", server + line.length, "").packet;
        const told = headUnits(talk, "server", server);
        const head = talk.server.slice(server, told.end);
        units.push(...told.units);
        server = told.end;
        if (code.startsWith("1")) {
          status = STATUS.exec(talk.server.slice(server));
          continue;
        }
        answered = true;
        refusal = code.startsWith("2") ? undefined : { text: safe(line), packet };
        // A refusal has a body; what follows a 2xx answer belongs to the tunnel.
        if (refusal !== undefined) server = Math.min(talk.server.length, server + bodyLength(head));
        break;
      }
      if (refusal === undefined) break;
    }
    return { client, server, target, answered, units: inOrder(units), ...(refusal === undefined ? {} : { refusal }) };
  },
};

function bodyLength(head: string): number {
  return Number(/^Content-Length:\s*(\d{1,9})\s*$/im.exec(head)?.[1] ?? 0);
}
