import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../src/flow/budget.ts";
import type { Silence } from "../../src/flow/first-packets.ts";
import type { Flow, StreamListener } from "../../src/flow/flow.ts";
import { FlowTable } from "../../src/flow/flow-table.ts";
import { LIMITS } from "../../src/fault/limits.ts";
import { Flow as WholeFlow } from "../../src/flow/flow.ts";
import { Pair } from "../../src/flow/pair.ts";
import { attemptOf, isSilentAttempt } from "../../src/handshake/attempt.ts";
import { type Layers, newLayers, TCP_FLAG } from "../../src/packet/layers.ts";

const { syn, ack, fin, rst } = TCP_FLAG;

interface Silent {
  readonly side: 0 | 1;
  readonly flags: number;
  readonly sequence: number;
}

/** Packets without payload; the sequence numbers are few, so that some are the same. */
const packets = fc.array(
  fc.record({
    side: fc.constantFrom(0 as const, 1 as const),
    flags: fc.constantFrom(syn, syn | ack, ack, rst, rst | ack, fin | ack),
    sequence: fc.constantFrom(-1, 0, 5),
  }),
  { minLength: 1, maxLength: 6 },
);

function layersOf({ side, flags, sequence }: Silent): Layers {
  const bytes = new Uint8Array(8).fill(1, 4);
  const [sourceAt, targetAt] = side === 0 ? [0, 4] : [4, 0];
  const ports = side === 0 ? { sourcePort: 1000, targetPort: 443 } : { sourcePort: 443, targetPort: 1000 };
  return {
    ...newLayers(),
    bytes,
    ipVersion: 4,
    sourceAt,
    targetAt,
    ...ports,
    flags,
    sequence,
    acknowledgment: sequence + 1,
    ttl: 60 + side,
  };
}

const momentOf = (index: number): { number: number; time: number; nanos: number; digits: number } => ({
  number: index + 1,
  time: 1_700_000_000_000_000 + index,
  nanos: index,
  digits: 9,
});

/** The connection with all its packets taken at once, without any table. */
function wholeFlow(silent: readonly Silent[]): Flow {
  const pair = new Pair();
  pair.read(layersOf(silent[0] as Silent));
  const flow: Flow = new WholeFlow(pair, 0, new Budget());
  const first = (silent[0] as Silent).side;
  silent.forEach((packet, index) => {
    flow.packet(packet.side === first ? 0 : 1, layersOf(packet), momentOf(index), () => {
      throw new Error("nobody speaks");
    });
  });
  flow.flush();
  return flow;
}

const factsOf = ({ events, opener, isAnswered, lastTime, lastSeen, closed }: Flow): object => ({
  events,
  opener,
  isAnswered,
  lastTime,
  lastSeen,
  closed,
});

describe("a connection that says nothing", () => {
  it("is the same as if it had been kept as an object", () => {
    let compared = 0;
    fc.assert(
      fc.property(packets, (silent) => {
        const closed: Flow[] = [];
        const table = new FlowTable<StreamListener>(
          () => {
            throw new Error("nobody speaks");
          },
          (flow) => closed.push(flow),
        );
        silent.forEach((packet, index) => table.packet(layersOf(packet), momentOf(index)));
        table.end();
        // A SYN may begin another connection between the same ports.
        if (closed.length > 1) return;
        compared++;
        expect(factsOf(closed[0] as Flow)).toEqual(factsOf(wholeFlow(silent)));
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it("is judged by a few facts as it is as a whole", () => {
    let attempts = 0;
    fc.assert(
      fc.property(packets, fc.integer({ min: 0, max: 6_000_000 }), (silent, waited) => {
        const judged: boolean[] = [];
        const endTime = momentOf(0).time + waited;
        const table = new FlowTable<StreamListener>(
          () => {
            throw new Error("nobody speaks");
          },
          () => {},
          (silence: Silence) => {
            judged.push(isSilentAttempt(silence, endTime));
            return false;
          },
        );
        silent.forEach((packet, index) => table.packet(layersOf(packet), momentOf(index)));
        table.end();
        const [only] = judged;
        if (only === undefined || judged.length > 1) return;
        const { events, opener, isAnswered } = wholeFlow(silent);
        const endpoint = { address: "10.0.0.1", port: 1 };
        const rest = { stream: 0, endpoints: [endpoint, endpoint] as const, tunnels: [], dialogue: [], answer: null, notes: [] };
        const attempt = attemptOf({
          ...rest,
          events,
          opener,
          isOneSided: !isAnswered,
          endTime: Math.max(endTime, momentOf(silent.length - 1).time),
        });
        // Successors make the whole another connection than the one that was judged.
        if (silent.length <= 4 && !silent.slice(1).some(({ flags }) => flags === syn)) {
          attempts += Number(only);
          expect(only).toBe(attempt !== undefined);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(attempts).toBeGreaterThan(50);
  });

  it("needs no object while it is one of a scan", () => {
    let wanted = 0;
    let closed = 0;
    const table = new FlowTable<StreamListener>(
      () => {
        throw new Error("nobody speaks");
      },
      () => closed++,
      () => {
        wanted++;
        return false;
      },
    );
    for (let n = 0; n < 3 * LIMITS.firstPackets; n++) {
      const layers = layersOf({ side: 0, flags: syn, sequence: n });
      new DataView(layers.bytes.buffer).setUint32(4, n);
      table.packet(layers, momentOf(n));
    }
    table.end();
    expect([wanted, closed]).toEqual([3 * LIMITS.firstPackets, 0]);
  });
});
