/** NBD's option STARTTLS of its fixed newstyle negotiation. */
import type { Upgrade } from "../contract.ts";
import { inOrder, numberAt, octetCount, safe, type Talk, type Unit } from "../talk.ts";

const ASK = "IHAVEOPT\0\0\0\x05";
const REPLY = "\0\x03\xe8\x89\x04\x55\x65\xa9\0\0\0\x05";
/** Replies from here on are errors. */
const ERROR = 0x8000_0000;

export const nbd: Upgrade = {
  name: "nbd",
  speaks: ({ server }) => server.startsWith("NBDMAGIC"),
  asks: ({ client }) => client.includes(ASK),
  answers: ({ server }) => server.includes(REPLY),
  refusal: (talk) => {
    const answer = answerOf(talk);
    return answer === undefined || answer.type < ERROR ? undefined : { text: safe(answer.text), packet: answer.unit.packet };
  },
  units: (talk) => inOrder(units(talk)),
};

function answerOf(talk: Talk): { readonly type: number; readonly text: string; readonly unit: Unit } | undefined {
  const at = talk.server.indexOf(REPLY);
  const type = at < 0 ? Number.NaN : numberAt(talk.server, at + REPLY.length, 4);
  if (Number.isNaN(type)) return undefined;
  const text = type === 1 ? "NBD_REP_ACK" : `NBD_REP 0x${type.toString(16)}`;
  return { type, text, unit: talk.unit("server", at + REPLY.length + 4, text) };
}

function units(talk: Talk): Unit[] {
  const list: Unit[] = [];
  const { client, server } = talk;
  if (server !== "") list.push(talk.unit("server", Math.min(18, server.length), "NBDMAGIC"));
  const asked = client.indexOf(ASK);
  if (asked >= 0) list.push(talk.unit("client", asked + ASK.length, "NBD_OPT_STARTTLS"));
  else if (client !== "") list.push(talk.unit("client", client.length, octetCount(client.length)));
  const answer = answerOf(talk);
  return answer === undefined ? list : [...list, answer.unit];
}
