/**
 * Connections of which no more was seen than a packet without payload, and perhaps the reset that answered it. A scan makes
 * millions of them and none of them speaks, so each is a row of numbers here instead of an object, and where there are too
 * many, one of them makes room, never a connection with something in it.
 */
import { LIMITS } from "../fault/limits.ts";
import { type Layers, newLayers, TCP_FLAG } from "../packet/layers.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** A connection that is closed, as far as it need be looked at where there are too many. A single object, refilled. */
export interface Silence {
  /** Its first packet was a SYN. */
  isOpening: boolean;
  /** The other side answered with a reset. */
  isReset: boolean;
  /** When its first packet came, in microseconds since 1970. */
  time: number;
}

/** Numbers of a row; its packets come last, {@link PACKET} numbers each. `count` is that of the packets, 0 of a row that is free. */
const ROW = { hash: 0, next: 1, ipVersion: 2, ports: 3, tunnels: 4, stream: 5, count: 6, words: 7, packets: 15, length: 25 } as const;
const PACKET = { side: 0, sequence: 1, acknowledgment: 2, bits: 3, nanos: 4, length: 5 } as const;
/** Numbers of a row that may be above 2^31: when its packets came. */
const TIMES = { number: 0, time: 1, length: 4 } as const;

export class FirstPackets {
  /** Connections that were given up because there were too many, although they had not ended. */
  evicted = 0;
  readonly #close: (row: number, silence: Silence) => void;
  /** Rows, a power of two. They are used in turn, so that the next one is the oldest. */
  readonly #most: number;
  /** By the lower bits of the hash: the turn of the row that was used last for it, which leads to the one before. */
  readonly #buckets: Int32Array;
  readonly #rows: Int32Array;
  readonly #times: Float64Array;
  readonly #layers = newLayers();
  readonly #moment = { number: 0, time: 0, nanos: 0, digits: 0 };
  readonly #silence: Silence = { isOpening: false, isReset: false, time: 0 };
  /** How often a row was used, as a 32-bit integer that wraps. */
  #turn = 0;

  /** `close` is called for each row that makes room for another, or is closed. At least `most` connections are remembered at once, rounded up to a power of two. */
  constructor(close: (row: number, silence: Silence) => void, most: number = LIMITS.firstPackets) {
    this.#close = close;
    this.#most = 2 ** Math.ceil(Math.log2(most));
    this.#buckets = new Int32Array(this.#most);
    this.#rows = new Int32Array(this.#most * ROW.length);
    this.#times = new Float64Array(this.#most * TIMES.length);
  }

  /** The row of a packet's connection, or -1; the packet's side goes into `pair.side`. */
  find(pair: Pair): number {
    const rows = this.#rows;
    const mask = this.#most - 1;
    let turn = this.#buckets[pair.hash & mask] as number;
    // A row that was used again since is not what was meant, nor is any before it.
    while (((this.#turn - turn) | 0) <= mask && turn !== 0) {
      const row = turn & mask;
      const at = row * ROW.length;
      if (rows[at + ROW.hash] === pair.hash && rows[at + ROW.count] !== 0 && rows[at + ROW.ipVersion] === pair.ipVersion) {
        const side = this.#sideOf(at, pair);
        if (side >= 0) {
          pair.side = side as SideIndex;
          return row;
        }
      }
      turn = rows[at + ROW.next] as number;
    }
    return -1;
  }

  /** Remembers the first packet of connection `stream`. */
  add(pair: Pair, stream: number, layers: Layers, moment: Moment): void {
    const mask = this.#most - 1;
    // 0 is no turn: it stands for none.
    this.#turn = (this.#turn + 1) | 0 || 1;
    const row = this.#turn & mask;
    const rows = this.#rows;
    const at = row * ROW.length;
    if (rows[at + ROW.count] !== 0) {
      if (rows[at + ROW.count] === 1) this.evicted++;
      this.close(row);
    }
    const place = pair.hash & mask;
    rows[at + ROW.hash] = pair.hash;
    rows[at + ROW.next] = this.#buckets[place] as number;
    rows[at + ROW.ipVersion] = pair.ipVersion;
    rows[at + ROW.ports] = pair.ports;
    rows[at + ROW.tunnels] = pair.tunnels;
    rows[at + ROW.stream] = stream;
    rows[at + ROW.count] = 0;
    for (let word = 0; word < 8; word++) rows[at + ROW.words + word] = pair.words[word] as number;
    this.#buckets[place] = this.#turn;
    this.#put(row, 0, layers, moment);
  }

  /** Takes the second packet of a connection if it is a reset without payload, after which nothing is expected. */
  takesReset(row: number, side: SideIndex, layers: Layers, moment: Moment): boolean {
    if (this.#rows[row * ROW.length + ROW.count] !== 1 || (layers.flags & TCP_FLAG.rst) === 0 || hasPayload(layers)) return false;
    this.#put(row, side, layers, moment);
    return true;
  }

  /** The number of the connection in a row. */
  stream(row: number): number {
    return this.#rows[row * ROW.length + ROW.stream] as number;
  }

  /** Gives the endpoints of a row to `pair`, side 0 as the source. */
  endpoints(row: number, pair: Pair): void {
    const rows = this.#rows;
    const at = row * ROW.length;
    pair.hash = rows[at + ROW.hash] as number;
    pair.ipVersion = rows[at + ROW.ipVersion] as number;
    pair.ports = rows[at + ROW.ports] as number;
    pair.tunnels = rows[at + ROW.tunnels] as number;
    for (let word = 0; word < 8; word++) pair.words[word] = rows[at + ROW.words + word] as number;
  }

  /** Gives the packets of a row to `take`; after that it is free. */
  replay(row: number, take: (side: SideIndex, layers: Layers, moment: Moment) => void): void {
    const count = this.#rows[row * ROW.length + ROW.count] as number;
    for (let packet = 0; packet < count; packet++) take(this.#get(row, packet), this.#layers, this.#moment);
    this.#rows[row * ROW.length + ROW.count] = 0;
  }

  /** Gives up a row: the connection has ended, or makes room. */
  close(row: number): void {
    const at = row * ROW.length;
    const bits = this.#rows[at + ROW.packets + PACKET.bits] as number;
    const silence = this.#silence;
    silence.isOpening = (bits & (TCP_FLAG.syn | TCP_FLAG.ack)) === TCP_FLAG.syn;
    silence.isReset = this.#rows[at + ROW.count] === 2 && this.#rows[at + ROW.packets + PACKET.length + PACKET.side] === 1;
    silence.time = this.#times[row * TIMES.length + TIMES.time] as number;
    this.#close(row, silence);
    this.#rows[at + ROW.count] = 0;
  }

  /** Every row that is in use, the oldest first. */
  *all(): Generator<number> {
    for (let turn = 1; turn <= this.#most; turn++) {
      const row = (this.#turn + turn) & (this.#most - 1);
      if (this.#rows[row * ROW.length + ROW.count] !== 0) yield row;
    }
  }

  #sideOf(at: number, { ports, words }: Pair): SideIndex | -1 {
    const known = this.#rows[at + ROW.ports] as number;
    if (ports === known && this.#isSame(at, words, 0)) return 0;
    return ports === ((known << 16) | (known >>> 16)) && this.#isSame(at, words, 4) ? 1 : -1;
  }

  /** Are the words those of the row, its source at `source`? */
  #isSame(at: number, words: Int32Array, source: 0 | 4): boolean {
    const rows = this.#rows;
    const first = at + ROW.words;
    const length = rows[at + ROW.ipVersion] === 4 ? 1 : 4;
    for (let word = 0; word < length; word++) {
      if (rows[first + word] !== words[source + word] || rows[first + 4 + word] !== words[4 - source + word]) return false;
    }
    return true;
  }

  #put(row: number, side: SideIndex, { sequence, acknowledgment, flags, ttl }: Layers, moment: Moment): void {
    const rows = this.#rows;
    const count = rows[row * ROW.length + ROW.count] as number;
    const at = row * ROW.length + ROW.packets + count * PACKET.length;
    rows[at + PACKET.side] = side;
    rows[at + PACKET.sequence] = sequence;
    rows[at + PACKET.acknowledgment] = acknowledgment;
    rows[at + PACKET.bits] = flags | (ttl << 8) | (moment.digits << 16);
    rows[at + PACKET.nanos] = moment.nanos;
    const time = row * TIMES.length + 2 * count;
    this.#times[time + TIMES.number] = moment.number;
    this.#times[time + TIMES.time] = moment.time;
    rows[row * ROW.length + ROW.count] = count + 1;
  }

  #get(row: number, packet: number): SideIndex {
    const rows = this.#rows;
    const layers = this.#layers;
    const moment = this.#moment;
    const at = row * ROW.length + ROW.packets + packet * PACKET.length;
    const bits = rows[at + PACKET.bits] as number;
    layers.sequence = rows[at + PACKET.sequence] as number;
    layers.acknowledgment = rows[at + PACKET.acknowledgment] as number;
    layers.flags = bits & 0xff;
    layers.ttl = (bits >>> 8) & 0xff;
    moment.digits = bits >>> 16;
    moment.nanos = rows[at + PACKET.nanos] as number;
    const time = row * TIMES.length + 2 * packet;
    moment.number = this.#times[time + TIMES.number] as number;
    moment.time = this.#times[time + TIMES.time] as number;
    return rows[at + PACKET.side] as SideIndex;
  }
}

/** Does a packet carry payload, in the capture or on the wire? */
export function hasPayload({ payloadStart, payloadEnd, missing }: Layers): boolean {
  return payloadEnd - payloadStart + missing > 0;
}
