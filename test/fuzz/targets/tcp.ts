/** TCP segments in any order, with any flags: what is delivered stands where it was sent, and each octet once at most. */
import { type Flow, type StreamListener } from "../../../src/flow/flow.ts";
import { FlowTable } from "../../../src/flow/flow-table.ts";
import { newLayers } from "../../../src/packet/layers.ts";
import { demand, type Target } from "../contract.ts";
import { Input } from "../input.ts";

/** Octets of one choice. */
const CHOICE = 6;

export const tcp: Target = {
  name: "tcp",
  longest: 600,
  bound: (length) => 300 * length + 20_000,
  seeds: () => [
    Uint8Array.from([0, 2, 0, 0, 0, 0, 1, 18, 0, 0, 0, 0, 0, 16, 0, 1, 0, 9, 0, 16, 0, 20, 0, 9, 0, 16, 0, 10, 0, 10, 0, 17, 0, 29, 0, 0]),
    Uint8Array.from([0, 16, 0, 0, 3, 9, 1, 16, 0, 40, 0, 30, 1, 16, 0, 0, 0, 60, 1, 20, 0, 0, 0, 0]),
  ],
  run(octets) {
    const input = new Input(octets);
    let sent = 0;
    let delivered = 0;
    const closed = new Set<Flow>();
    const table = new FlowTable(
      () => listener((count) => (delivered += count)),
      (flow) => {
        demand(!closed.has(flow), "a connection is closed twice");
        closed.add(flow);
      },
    );
    for (let number = 1; input.left >= CHOICE; number++) {
      const choice = input.u8();
      const flags = input.u8();
      const relative = input.u16() - ((choice & 2) === 0 ? 0 : 32_768);
      const missing = input.u8() >> 5;
      const length = input.u8();
      const side = choice & 1;
      const base = side === 0 ? 0xffff_ff00 : 1_000;
      const sequence = (base + relative * ((choice & 4) === 0 ? 1 : 9_999)) >>> 0;
      const bytes = new Uint8Array(20 + length);
      bytes.set(side === 0 ? [1, 1, 1, 1, 2, 2, 2, 2] : [2, 2, 2, 2, 1, 1, 1, 1]);
      // A SYN takes a number before the octets that it carries.
      const first = sequence + ((flags & 2) === 0 ? 0 : 1);
      for (let at = 0; at < length; at++) bytes[20 + at] = octetAt(first + at);
      const ports = side === 0 ? { sourcePort: 5, targetPort: 443 } : { sourcePort: 443, targetPort: 5 };
      const layers = Object.assign(newLayers(), {
        bytes,
        ipVersion: 4,
        sourceAt: 0,
        targetAt: 4,
        sequence,
        acknowledgment: (base + input.u16()) >>> 0,
        flags,
        payloadStart: 20,
        payloadEnd: bytes.length,
        missing,
        ...ports,
      });
      sent += length;
      table.packet(layers, { number, time: number * 1_000, nanos: 0, digits: 6 });
    }
    table.end();
    demand(delivered <= sent, `${delivered} octets delivered of ${sent}`);
  },
};

/** What a sequence number's octet is: neighbours differ by one. */
function octetAt(sequence: number): number {
  return sequence & 0xff;
}

function listener(count: (octets: number) => void): StreamListener {
  const next: [number, number] = [-1, -1];
  return {
    done: false,
    octets(side, bytes, start, end) {
      demand(start >= 0 && start < end && end <= bytes.length, `octets ${start} to ${end} of ${bytes.length}`);
      count(end - start);
      if (next[side] < 0) next[side] = bytes[start] as number;
      for (let at = start; at < end; at++) {
        demand(bytes[at] === next[side], `side ${side}: the octet ${bytes[at]} where ${next[side]} was sent`);
        next[side] = (next[side] + 1) & 0xff;
      }
    },
    gap(side, length) {
      demand(length > 0, `a gap of ${length} octets`);
      if (next[side] >= 0) next[side] = (next[side] + length) & 0xff;
    },
  };
}
