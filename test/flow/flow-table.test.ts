import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import type { Flow, StreamListener } from "../../src/flow/flow.ts";
import { FlowTable } from "../../src/flow/flow-table.ts";
import { type Layers, newLayers, TCP_FLAG } from "../../src/packet/layers.ts";

const { syn, ack, fin, rst } = TCP_FLAG;

interface Packet {
  from?: number;
  to?: number;
  sourcePort?: number;
  targetPort?: number;
  flags?: number;
  sequence?: number;
  text?: string;
  ipVersion?: number;
}

/** Addresses are one number each: the last word of the address. */
function layersOf(packet: Packet): Layers {
  const payload = new TextEncoder().encode(packet.text ?? "");
  const bytes = new Uint8Array(32 + payload.length);
  const view = new DataView(bytes.buffer);
  const last = packet.ipVersion === 6 ? 12 : 0;
  view.setUint32(last, packet.from ?? 1);
  view.setUint32(16 + last, packet.to ?? 2);
  bytes.set(payload, 32);
  return {
    ...newLayers(),
    bytes,
    ipVersion: packet.ipVersion ?? 4,
    sourceAt: 0,
    targetAt: 16,
    protocol: 6,
    sourcePort: packet.sourcePort ?? 1000,
    targetPort: packet.targetPort ?? 443,
    sequence: packet.sequence ?? 0,
    flags: packet.flags ?? ack,
    payloadStart: 32,
    payloadEnd: bytes.length,
  };
}

/** The answer's direction. */
const back = { from: 2, to: 1, sourcePort: 443, targetPort: 1000 };

interface Told {
  table: FlowTable<StreamListener>;
  /** `stream.side text` for each delivery. */
  said: string[];
  closed: Flow[];
  send: (...packets: Packet[]) => void;
}

/** `isDone` says whether all that is of interest was read, of every connection. */
function listen(isDone: () => boolean = () => false): Told {
  const said: string[] = [];
  const closed: Flow[] = [];
  let number = 0;
  const table = new FlowTable<StreamListener>(
    (flow) => ({
      octets: (side, bytes, start, end) => said.push(`${flow.stream}.${side} ${new TextDecoder().decode(bytes.subarray(start, end))}`),
      gap: (side, length) => said.push(`${flow.stream}.${side} <${length}>`),
      get done() {
        return isDone();
      },
    }),
    (flow) => closed.push(flow),
  );
  const send = (...packets: Packet[]): void => {
    for (const packet of packets) table.packet(layersOf(packet), { number: ++number, time: number, nanos: 0, digits: 6 });
  };
  return { table, said, closed, send };
}

describe("the table of connections", () => {
  it("finds both directions of a connection, IPv4 and IPv6", () => {
    for (const ipVersion of [4, 6]) {
      const told = listen();
      told.send({ ipVersion, text: "a" }, { ...back, ipVersion, text: "b" }, { ipVersion, from: 3, text: "c" });
      expect(told.said).toEqual(["0.0 a", "0.1 b", "1.0 c"]);
    }
  });

  it("keeps apart connections that differ in one port, one address or the direction of equal ports", () => {
    const told = listen();
    told.send({ text: "a" }, { sourcePort: 1001, text: "b" }, { targetPort: 444, text: "c" }, { to: 9, text: "d" });
    expect(told.said).toEqual(["0.0 a", "1.0 b", "2.0 c", "3.0 d"]);
  });

  it("knows who opened the connection, by the SYN or by its answer", () => {
    const told = listen();
    told.send({ flags: syn }, { ...back, from: 5, to: 6, flags: syn | ack });
    told.table.end();
    expect(told.closed.map((flow) => flow.opener)).toEqual([0, 1]);
  });

  it("takes a new SYN on used ports for a new connection", () => {
    const told = listen();
    told.send({ flags: syn, sequence: 100 }, { sequence: 101, text: "a" }, { flags: syn, sequence: 5_000 }, { sequence: 5_001, text: "b" });
    expect(told.said).toEqual(["0.0 a", "1.0 b"]);
  });

  it("takes a repeated SYN for what it is", () => {
    const told = listen();
    told.send({ flags: syn, sequence: 100 }, { flags: syn, sequence: 100 }, { sequence: 101, text: "a" });
    told.table.end();
    expect(told.said).toEqual(["0.0 a"]);
    expect(told.closed[0]?.events.map((event) => event.kind)).toEqual(["syn", "syn", "segment"]);
  });

  it("recognises a SYN that was captured after its own data", () => {
    const told = listen();
    told.send({ sequence: 101, text: "a" }, { flags: syn, sequence: 100 }, { ...back, sequence: 500, text: "b" });
    told.send({ flags: syn, sequence: 101 }, { ...back, sequence: 700, text: "c" });
    told.table.end();
    expect(told.said).toEqual(["0.0 a", "0.1 b", "1.1 c"]);
    expect(told.closed[0]?.opener).toBe(0);
  });

  it("lets the packets of a decided connection pass, but not its end, nor another one's beginning", () => {
    const told: Told = listen(() => told.said.length > 0);
    told.send({ flags: syn }, { ...back, flags: syn | ack }, { sequence: 1, text: "a" });
    told.send({ sequence: 2, text: "b" }, { ...back, sequence: 1, text: "c" }, { sequence: 3 });
    told.send({ sequence: 3, flags: fin | ack }, { ...back, sequence: 2, flags: fin | ack }, { flags: syn, sequence: 9_000 });
    expect(told.said).toEqual(["0.0 a"]);
    const [flow] = told.closed;
    expect(flow?.events.map(({ kind, side }) => `${side} ${kind}`)).toEqual(["0 syn", "1 syn-ack", "0 segment", "0 fin", "1 fin"]);
    expect([flow?.lastSeen, flow?.lastTime, flow?.isAnswered, flow?.closed]).toEqual([8, 8, true, true]);
  });

  it("sees that a decided connection is answered", () => {
    const told: Told = listen(() => told.said.length > 0);
    told.send({ text: "a" }, { ...back, text: "b" });
    told.table.end();
    expect([told.closed[0]?.isAnswered, told.closed[0]?.lastSeen]).toEqual([true, 2]);
  });

  it("reads data that a SYN carries (TCP fast open)", () => {
    const told = listen();
    told.send({ flags: syn, sequence: 100, text: "ab" }, { sequence: 103, text: "c" });
    expect(told.said).toEqual(["0.0 ab", "0.0 c"]);
  });

  it("remembers how the connection ended", () => {
    const told = listen();
    told.send({ text: "a" }, { flags: fin | ack, sequence: 1 }, { ...back, flags: rst });
    told.table.end();
    expect(told.closed[0]?.events.map((event) => `${event.kind} ${event.side}`)).toEqual(["segment 0", "fin 0", "rst 1"]);
    expect(told.closed[0]?.closed).toBe(true);
  });

  it("closes an ended connection when its stragglers have had time, and each connection once", () => {
    const told = listen();
    told.send({ text: "a" }, { ...back, flags: rst });
    for (let n = 0; n < 1_100; n++) told.send({ from: 7, sequence: n, text: "x" });
    expect(told.closed.map((flow) => flow.stream)).toEqual([0]);
    told.table.end();
    expect(told.closed.map((flow) => flow.stream)).toEqual([0, 1]);
  });

  it("gives up the connections untouched for longest when there are too many, and counts them", () => {
    const told = listen();
    for (let n = 0; n <= LIMITS.flows; n++) told.send({ from: n + 10, text: "x" });
    expect(told.table.evicted).toBe(LIMITS.flows / 4);
    expect(told.closed[0]?.stream).toBe(0);
    told.table.end();
    expect(told.closed).toHaveLength(LIMITS.flows + 1);
  });
});

describe("a scan", () => {
  it("gives up the connection whose only packet is the oldest, and counts it", () => {
    const told = listen();
    for (let n = 0; n <= LIMITS.firstPackets; n++) told.send({ from: n + 10, flags: syn });
    expect(told.table.evicted).toBe(1);
    expect(told.closed.map(({ stream }) => stream)).toEqual([0]);
    told.table.end();
    expect(told.closed.map(({ stream }) => stream)).toEqual(Array.from({ length: LIMITS.firstPackets + 1 }, (_, stream) => stream));
  });

  it("is not counted as given up where the ports were closed", () => {
    const told = listen();
    for (let n = 0; n <= LIMITS.firstPackets; n++) told.send({ from: n + 10, flags: syn }, { ...back, to: n + 10, flags: rst | ack });
    expect(told.table.evicted).toBe(0);
    expect(told.closed).toHaveLength(1);
    expect(told.closed[0]?.events.map((event) => `${event.kind} ${event.side}`)).toEqual(["syn 0", "rst 1"]);
  });

  it("takes no connection's place that has said something", () => {
    const told = listen();
    told.send({ text: "a" });
    for (let n = 0; n < 2 * LIMITS.firstPackets; n++) told.send({ from: n + 10, flags: syn });
    told.send({ sequence: 1, text: "b" });
    expect(told.said).toEqual(["0.0 a", "0.0 b"]);
  });

  it.each([4, 6])("keeps every fact of the two packets, IPv%i", (ipVersion) => {
    const [first, second] = [listen(), listen()];
    const packets = [
      { ipVersion, flags: syn, sequence: -1 },
      { ...back, ipVersion, flags: rst | ack, sequence: 7 },
    ];
    first.send(...packets);
    // With a payload behind them they become an object at once.
    second.send(...packets, { ipVersion, text: "x" });
    for (const { table } of [first, second]) table.end();
    const [row, flow] = [first.closed[0], second.closed[0]];
    expect(row?.events).toHaveLength(2);
    expect(row?.events).toEqual(flow?.events.slice(0, 2));
    for (const side of [0, 1] as const) expect(row?.endpoint(side)).toEqual(flow?.endpoint(side));
    expect(row).toMatchObject({ stream: 0, opener: 0, closed: true, isAnswered: true, lastTime: 2, lastSeen: 2 });
  });

  it("is found again in either direction, whatever lies beside it", () => {
    const told = listen();
    const pairs = [4, 6].flatMap((ipVersion) => [1, 2, 3].map((from) => ({ ipVersion, from: from + 10, to: from + 20 })));
    for (const pair of pairs) told.send({ ...pair, flags: syn });
    for (const { ipVersion, from, to } of pairs.toReversed())
      told.send({ ipVersion, from: to, to: from, sourcePort: 443, targetPort: 1000, text: String(from) });
    expect(told.said).toEqual(["5.1 13", "4.1 12", "3.1 11", "2.1 13", "1.1 12", "0.1 11"]);
  });
});
