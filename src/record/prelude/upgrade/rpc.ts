/** ONC RPC with TLS (RFC 9289 §4.1): a NULL call with the flavor AUTH_TLS, and `STARTTLS` as the verifier of its reply. */
import type { Upgrade } from "../contract.ts";
import { inOrder, numberAt, octetCount, type Talk, type Unit } from "../talk.ts";

const AUTH_TLS = 7;

export const rpc: Upgrade = {
  name: "rpc",
  speaks: ({ client }) => asks(client),
  asks: ({ client }) => asks(client),
  answers: ({ server }) => server.length >= 16,
  refusal: (talk) => {
    if (!asks(talk.client) || talk.server.length < 16 || talk.server.includes("STARTTLS")) return undefined;
    const { text, packet } = talk.unit("server", talk.server.length, "RPC reply without STARTTLS");
    return { text, packet };
  },
  units: (talk) => inOrder(units(talk)),
};

/** A call of version 2, of procedure 0, with AUTH_TLS: after the record mark, xid, CALL, version, program, version and procedure. */
function asks(client: string): boolean {
  const word = (index: number): number => numberAt(client, index * 4, 4);
  return word(2) === 0 && word(3) === 2 && word(6) === 0 && word(7) === AUTH_TLS && word(8) === 0;
}

function units(talk: Talk): Unit[] {
  const { client, server } = talk;
  const list: Unit[] = [];
  if (client !== "") list.push(talk.unit("client", client.length, asks(client) ? "RPC call, AUTH_TLS" : octetCount(client.length)));
  const words = server.includes("STARTTLS") ? "RPC reply, STARTTLS" : "RPC reply without STARTTLS";
  if (server !== "") list.push(talk.unit("server", server.length, words));
  return list;
}
