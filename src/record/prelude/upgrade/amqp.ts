/** AMQP 1.0's TLS security layer (OASIS AMQP 1.0 part 5, §5.2): a protocol header with the id 2, and the same one back. */
import type { Upgrade } from "../contract.ts";
import { inOrder, octetCount, octetsIn, type Party, type Talk, type Unit } from "../talk.ts";

const HEADER = 8;
const TLS = "AMQP\x02";

export const amqp: Upgrade = {
  name: "amqp",
  speaks: ({ client, server }) => client.startsWith("AMQP") || (client === "" && server.startsWith("AMQP")),
  asks: ({ client, server }) => client.startsWith(TLS) || (client === "" && server.startsWith(TLS)),
  answers: ({ server }) => server.length >= HEADER,
  refusal: (talk) => {
    const { client, server } = talk;
    if (!client.startsWith(TLS) || server.length < HEADER || server.startsWith(TLS)) return undefined;
    const { text, packet } = talk.unit("server", HEADER, headerText(server));
    return { text, packet };
  },
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

function headerText(text: string): string {
  const [id = 0, ...version] = octetsIn(text.slice(4, HEADER));
  return `AMQP header, protocol ${id} (${["AMQP", "AMQP", "TLS", "SASL"][id] ?? "unknown"}), version ${version.join(".")}`;
}

function units(talk: Talk, from: Party): Unit[] {
  const text = talk[from];
  if (text === "") return [];
  const first = talk.unit(from, Math.min(HEADER, text.length), text.startsWith("AMQP") ? headerText(text) : octetCount(text.length));
  const rest = text.length - HEADER;
  return rest > 0 && text.startsWith("AMQP") ? [first, talk.unit(from, text.length, octetCount(rest))] : [first];
}
