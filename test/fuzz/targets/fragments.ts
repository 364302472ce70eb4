/** IP fragments against a table that does it octet by octet: what came first wins, and the whole comes out once. */
import { newFrame } from "../../../src/capture/frame.ts";
import { FragmentTable } from "../../../src/packet/fragments.ts";
import { newLayers } from "../../../src/packet/layers.ts";
import { demandSame, type Target } from "../contract.ts";
import { Input } from "../input.ts";

export const fragments: Target = {
  name: "fragments",
  longest: 512,
  bound: (length) => 4_000 * length + 100_000,
  seeds: () => [Uint8Array.from([0, 0, 1, 8, 0, 1, 0, 8]), Uint8Array.from([0, 2, 0, 16, 0, 0, 1, 16, 0, 1, 1, 8, 4, 3, 0, 9])],
  run(octets) {
    const input = new Input(octets);
    const table = new FragmentTable();
    const models = new Map<number, Model>();
    for (let step = 0; input.left > 0 && step < 200; step++) {
      const choice = input.u8();
      const id = choice & 3;
      const offset = 8 * input.u8() * ((choice & 0x80) === 0 ? 1 : 40);
      const more = (input.u8() & 1) === 1;
      const payload = new Uint8Array(input.u8()).fill(step);
      const layers = layersOf(payload);
      const whole = table.join(layers, id, offset, more, newFrame());
      const model = models.get(id) ?? { octets: [], total: -1 };
      models.set(id, model);
      const wanted = join(model, payload, offset, more);
      if (wanted !== null) models.delete(id);
      const given = whole ? [...layers.bytes.subarray(layers.payloadStart, layers.payloadEnd)] : null;
      demandSame(given, wanted, `the datagram ${id} after ${step + 1} fragments`);
    }
  },
};

interface Model {
  readonly octets: (number | undefined)[];
  total: number;
}

function join(model: Model, payload: Uint8Array, offset: number, more: boolean): number[] | null {
  if (payload.length === 0 || offset + payload.length > 65_535) return null;
  for (const [index, octet] of payload.entries()) model.octets[offset + index] ??= octet;
  if (!more && model.total < 0) model.total = offset + payload.length;
  if (model.total < 0) return null;
  for (let at = 0; at < model.total; at++) if (model.octets[at] === undefined) return null;
  return model.octets.slice(0, model.total) as number[];
}

/** An IPv4 packet with this payload. */
function layersOf(payload: Uint8Array): ReturnType<typeof newLayers> {
  const bytes = new Uint8Array(20 + payload.length);
  bytes.set(payload, 20);
  return Object.assign(newLayers(), {
    bytes,
    ipVersion: 4,
    sourceAt: 12,
    targetAt: 16,
    protocol: 6,
    payloadStart: 20,
    payloadEnd: bytes.length,
  });
}
