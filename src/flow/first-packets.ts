/**
 * Connections of which no more was seen than a packet without payload, and perhaps the reset that answered it. A scan makes
 * millions of them and none of them speaks, so each is a row of numbers here instead of an object, and where there are too
 * many, one of them makes room, never a connection with something in it.
 */
import { LIMITS } from "../fault/limits.ts";
import { type Layers, newLayers, TCP_FLAG } from "../packet/layers.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** Numbers of a row; its packets come last, {@link PACKET} numbers each. */
const ROW = { hash: 0, next: 1, ipVersion: 2, ports: 3, tunnels: 4, stream: 5, count: 6, words: 8, packets: 16, length: 26 } as const;
const PACKET = { side: 0, sequence: 1, acknowledgment: 2, bits: 3, nanos: 4, length: 5 } as const;
/** Numbers of a row that may be above 2^31: when its packets came. */
const TIMES = { number: 0, time: 1, length: 4 } as const;
/** The smallest table. */
const LEAST = 16;

export class FirstPackets {
  /** Connections that were given up because there were too many, although they had not ended. */
  evicted = 0;
  readonly #close: (row: number) => void;
  readonly #most: number;
  /** Row numbers, from 1, by the lower bits of the hash. */
  readonly #buckets: Int32Array;
  readonly #rows: Int32Array;
  readonly #times: Float64Array;
  readonly #layers = newLayers();
  readonly #moment = { number: 0, time: 0, nanos: 0, digits: 0 };
  /** Rows are used in turn; the next one is the oldest. */
  #turn = 0;

  /** `close` is called for each row that makes room for another. At most `most` connections are remembered at once. */
  constructor(close: (row: number) => void, most: number = LIMITS.firstPackets) {
    this.#close = close;
    this.#most = most;
    const buckets = 2 ** Math.ceil(Math.log2(Math.max(most, LEAST)));
    this.#buckets = new Int32Array(buckets);
    this.#rows = new Int32Array((most + 1) * ROW.length);
    this.#times = new Float64Array((most + 1) * TIMES.length);
  }

  /** The row of a packet's connection, or 0; the packet's side goes into `pair.side`. */
  find(pair: Pair): number {
    const rows = this.#rows;
    let row = this.#buckets[pair.hash & (this.#buckets.length - 1)] as number;
    while (row !== 0) {
      const at = row * ROW.length;
      if (rows[at + ROW.hash] === pair.hash && rows[at + ROW.ipVersion] === pair.ipVersion) {
        const side = this.#sideOf(at, pair);
        if (side >= 0) {
          pair.side = side as SideIndex;
          return row;
        }
      }
      row = rows[at + ROW.next] as number;
    }
    return 0;
  }

  /** Remembers the first packet of connection `stream`. */
  add(pair: Pair, stream: number, layers: Layers, moment: Moment): void {
    const row = this.#turn + 1;
    this.#turn = row % this.#most;
    const rows = this.#rows;
    const at = row * ROW.length;
    if (rows[at + ROW.count] !== 0) {
      if (!this.#isReset(at)) this.evicted++;
      this.#close(row);
    }
    const place = pair.hash & (this.#buckets.length - 1);
    rows[at + ROW.hash] = pair.hash;
    rows[at + ROW.next] = this.#buckets[place] as number;
    rows[at + ROW.ipVersion] = pair.ipVersion;
    rows[at + ROW.ports] = pair.ports;
    rows[at + ROW.tunnels] = pair.tunnels;
    rows[at + ROW.stream] = stream;
    rows[at + ROW.count] = 0;
    for (let word = 0; word < 8; word++) rows[at + ROW.words + word] = pair.words[word] as number;
    this.#buckets[place] = row;
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

  /** Takes the row out of the table; its endpoints go into `pair`, side 0 as the source. Its packets are there until `replay`. */
  release(row: number, pair: Pair): void {
    const rows = this.#rows;
    const at = row * ROW.length;
    const place = (rows[at + ROW.hash] as number) & (this.#buckets.length - 1);
    const next = rows[at + ROW.next] as number;
    if (this.#buckets[place] === row) this.#buckets[place] = next;
    else {
      let before = this.#buckets[place] as number;
      while (rows[before * ROW.length + ROW.next] !== row) before = rows[before * ROW.length + ROW.next] as number;
      rows[before * ROW.length + ROW.next] = next;
    }
    pair.hash = rows[at + ROW.hash] as number;
    pair.ipVersion = rows[at + ROW.ipVersion] as number;
    pair.ports = rows[at + ROW.ports] as number;
    pair.tunnels = rows[at + ROW.tunnels] as number;
    for (let word = 0; word < 8; word++) pair.words[word] = rows[at + ROW.words + word] as number;
  }

  /** Gives the packets of a row that was released to `take`, and forgets them. */
  replay(row: number, take: (side: SideIndex, layers: Layers, moment: Moment) => void): void {
    const count = this.#rows[row * ROW.length + ROW.count] as number;
    this.#rows[row * ROW.length + ROW.count] = 0;
    for (let packet = 0; packet < count; packet++) take(this.#get(row, packet), this.#layers, this.#moment);
  }

  /** Every row that is in use, the oldest first. */
  *all(): Generator<number> {
    for (let turn = 0; turn < this.#most; turn++) {
      const row = ((this.#turn + turn) % this.#most) + 1;
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

  #isReset(at: number): boolean {
    return (
      ((this.#rows[at + ROW.packets + PACKET.length + PACKET.bits] as number) & TCP_FLAG.rst) !== 0 && this.#rows[at + ROW.count] === 2
    );
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
