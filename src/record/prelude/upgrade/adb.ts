/** The Android Debug Bridge: a server answers CNXN with STLS, the client says the same, and TLS begins. */
import type { Upgrade } from "../contract.ts";
import { inOrder, littleAt, type Party, type Talk, type Unit } from "../talk.ts";

/** Octets of a message's header: command, two arguments, length, checksum and magic. */
const HEADER = 24;
const COMMAND = /^(?:CNXN|AUTH|STLS|OPEN|OKAY|CLSE|WRTE)/;

export const adb: Upgrade = {
  name: "adb",
  speaks: ({ client, server }) => /^(?:CNXN|STLS)/.test(client) && (server === "" || COMMAND.test(server)),
  asks: ({ server, client }) => server.startsWith("STLS") || client.includes("STLS"),
  answers: () => true,
  refusal: () => undefined,
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

/** Only the commands: they carry banners and keys. */
function units(talk: Talk, from: Party): Unit[] {
  const text = talk[from];
  const list: Unit[] = [];
  for (let at = 0; at < text.length;) {
    const length = littleAt(text, at + 12, 4);
    const end = Number.isNaN(length) ? text.length : Math.min(text.length, at + HEADER + length);
    list.push(talk.unit(from, end, text.slice(at, at + 4)));
    at = end;
  }
  return list;
}
