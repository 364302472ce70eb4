/** Every extension in every place: decoded, or kept as hex with its damage; the list's order and lengths stay. */
import { Cursor, DecodeFault } from "../../../src/bytes/cursor.ts";
import { fromHex } from "../../../src/bytes/hex.ts";
import { EXTENSIONS } from "../../../src/message/extension/index.ts";
import type { Place } from "../../../src/message/extension/contract.ts";
import { readExtensions } from "../../../src/message/extension/read-extensions.ts";
import type { Extension } from "../../../src/message/message.ts";
import { VECTORS } from "../../message/extension/vectors.ts";
import { demand, type Target } from "../contract.ts";
import { Input } from "../input.ts";
import { isPrintable } from "../material.ts";
import { amid } from "./message.ts";

const PLACES: readonly Place[] = [
  "client_hello",
  "server_hello",
  "hello_retry_request",
  "encrypted_extensions",
  "certificate",
  "certificate_request",
  "new_session_ticket",
];

export const extension: Target = {
  name: "extension",
  longest: 1_024,
  bound: (length) => 300 * length + 10_000,
  seeds: () =>
    VECTORS.filter(({ hex }) => hex.replaceAll(" ", "").length < 400).map(({ type, places, hex }) => {
      const body = fromHex(hex);
      const codec = EXTENSIONS.findIndex((each) => each.type === type);
      return Uint8Array.from([PLACES.indexOf(places[0] as Place), codec, body.length, ...body]);
    }),
  run(octets) {
    const input = new Input(octets);
    const place = input.pick(PLACES);
    const first = EXTENSIONS[input.u8() % EXTENSIONS.length];
    const rest = input.rest();
    // The first extension is one that is known, with a body of the length that is left or less.
    const length = Math.min(rest.length, rest[0] ?? 0);
    const type = first?.type ?? 0;
    const list = [type >> 8, type & 0xff, 0, length, ...rest.subarray(1, 1 + length), ...rest.subarray(1 + length)];
    const block = Uint8Array.from([list.length >> 8, list.length & 0xff, ...list]);
    const read = extensionsIn(amid(block, 0), place);
    const told = JSON.stringify(read);
    demand(JSON.stringify(extensionsIn(amid(block, 0xff), place)) === told, "what lies beside a list is read");
    demand(isPrintable(told), "a field is not printable");
    demand(read.list.reduce((sum, each) => sum + 4 + each.length, 0) <= block.length, "extensions are longer than their list");
  },
};

function extensionsIn(block: Uint8Array, place: Place): { readonly list: Extension[]; readonly fault?: string } {
  const list: Extension[] = [];
  try {
    readExtensions(new Cursor(block), place, list);
    return { list };
  } catch (fault) {
    if (!(fault instanceof DecodeFault)) throw fault;
    return { list, fault: fault.words() };
  }
}
