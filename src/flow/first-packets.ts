/**
 * Connections of which no more was seen than a few packets without payload: a SYN, perhaps its answer, perhaps a reset. A scan makes
 * millions of them and none of them speaks, so each is a row of numbers here instead of an object, and where there are too many, one
 * of them makes room, never a connection with something in it.
 */
import { LIMITS } from "../fault/limits.ts";
import { type Layers, newLayers, TCP_FLAG } from "../packet/layers.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** A connection that is closed, as far as it need be looked at where there are too many. A single object, refilled. */
export interface Silence {
  /** Its first packet was a SYN, and no other one answered that with a SYN. */
  isUnopened: boolean;
  /** The other side answered with a reset, or the SYN was sent again. */
  isRefused: boolean;
  /** When its first packet came, in microseconds since 1970. */
  time: number;
}

/** Packets of one row: those of a connection that is opened, and one that ends it. */
const MOST_PACKETS = 4;

/** Numbers of a row; its packets come last, {@link PACKET} numbers each. `count` is that of the packets, 0 of a row that is free. */
const ROW = { ipVersion: 0, ports: 1, tunnels: 2, stream: 3, count: 4, facts: 5, words: 6, packets: 14, length: 34 } as const;
const PACKET = { side: 0, sequence: 1, acknowledgment: 2, bits: 3, nanos: 4, length: 5 } as const;
/** Numbers of a packet that may be above 2^31: its own, and when it came. */
const TIMES = { number: 0, time: 1, length: 2 } as const;
/** Rows at the beginning: most captures need no more. */
const FIRST_ROWS = 256;
/** What is known of a row's packets, bit by bit. */
const FACT = { opening: 1, answer: 2, again: 4, reset: 8, end: 16 } as const;

export class FirstPackets {
  /** Connections that were given up because there were too many, although they had not ended. */
  evicted = 0;
  readonly #close: (row: number, silence: Silence) => void;
  readonly #most: number;
  /** Rows there are, a power of two. They are used in turn, so that the next one is the oldest. */
  #size = 0;
  /** By the lower bits of the hash: the turn of the row that was used last for it, which leads to the one before. */
  #buckets = new Int32Array(0);
  /** Of each row, close together, because most of what is looked for is not there. */
  #hashes = new Int32Array(0);
  #nexts = new Int32Array(0);
  #rows = new Int32Array(0);
  #times = new Float64Array(0);
  readonly #layers = newLayers();
  readonly #moment = { number: 0, time: 0, nanos: 0, digits: 0 };
  readonly #silence: Silence = { isUnopened: false, isRefused: false, time: 0 };
  /** How often a row was used, as a 32-bit integer that wraps. */
  #turn = 0;

  /** `close` is called for each row that makes room for another, or is closed. At least `most` connections are remembered at once, rounded up to a power of two. */
  constructor(close: (row: number, silence: Silence) => void, most: number = LIMITS.firstPackets) {
    this.#close = close;
    this.#most = 2 ** Math.ceil(Math.log2(most));
    this.#resize(Math.min(FIRST_ROWS, this.#most));
  }

  /** The row of a packet's connection, or -1; the packet's side goes into `pair.side`. */
  find(pair: Pair): number {
    const hashes = this.#hashes;
    const { hash } = pair;
    const mask = this.#size - 1;
    let turn = this.#buckets[hash & mask] as number;
    // A row that was used again since is not what was meant, nor is any before it.
    while (((this.#turn - turn) | 0) <= mask && turn !== 0) {
      const row = turn & mask;
      if (hashes[row] === hash) {
        const side = this.#sideOf(row * ROW.length, pair);
        if (side >= 0) {
          pair.side = side as SideIndex;
          return row;
        }
      }
      turn = this.#nexts[row] as number;
    }
    return -1;
  }

  /** Remembers the first packet of connection `stream`. */
  add(pair: Pair, stream: number, layers: Layers, moment: Moment): void {
    if (this.#turn === this.#size - 1 && this.#size < this.#most) this.#resize(2 * this.#size);
    const mask = this.#size - 1;
    // 0 is no turn: it stands for none.
    this.#turn = (this.#turn + 1) | 0 || 1;
    const row = this.#turn & mask;
    const rows = this.#rows;
    const at = row * ROW.length;
    if (rows[at + ROW.count] !== 0) {
      if (((rows[at + ROW.facts] as number) & FACT.end) === 0) this.evicted++;
      this.close(row);
    }
    this.#hashes[row] = pair.hash;
    this.#link(this.#turn);
    rows[at + ROW.ipVersion] = pair.ipVersion;
    rows[at + ROW.ports] = pair.ports;
    rows[at + ROW.tunnels] = pair.tunnels;
    rows[at + ROW.stream] = stream;
    rows[at + ROW.count] = 0;
    rows[at + ROW.facts] = isSyn(layers) ? FACT.opening : 0;
    for (let word = 0; word < 8; word++) rows[at + ROW.words + word] = pair.words[word] as number;
    this.#put(row, 0, layers, moment);
  }

  /** Takes another packet of a connection, if there is nothing in it that needs to be looked at now: payload, or the SYN of another connection. */
  takes(row: number, side: SideIndex, layers: Layers, moment: Moment): boolean {
    const rows = this.#rows;
    const at = row * ROW.length;
    if (rows[at + ROW.count] === MOST_PACKETS || hasPayload(layers)) return false;
    const { flags } = layers;
    let facts = rows[at + ROW.facts] as number;
    if (isSyn(layers)) {
      const isAgain = side === 0 && (facts & FACT.opening) !== 0 && layers.sequence === rows[at + ROW.packets + PACKET.sequence];
      if (!isAgain) return false;
      facts |= FACT.again;
    } else if ((flags & TCP_FLAG.syn) !== 0) facts |= FACT.answer;
    if ((flags & TCP_FLAG.rst) !== 0) facts |= side === 1 ? FACT.reset | FACT.end : FACT.end;
    rows[at + ROW.facts] = facts;
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
    pair.hash = this.#hashes[row] as number;
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
    const facts = this.#rows[row * ROW.length + ROW.facts] as number;
    const silence = this.#silence;
    silence.isUnopened = (facts & (FACT.opening | FACT.answer)) === FACT.opening;
    silence.isRefused = (facts & (FACT.reset | FACT.again)) !== 0;
    silence.time = this.#times[row * MOST_PACKETS * TIMES.length + TIMES.time] as number;
    this.#close(row, silence);
    this.#rows[row * ROW.length + ROW.count] = 0;
  }

  /** Every row that is in use, the oldest first. */
  *all(): Generator<number> {
    for (let turn = 1; turn <= this.#size; turn++) {
      const row = (this.#turn + turn) & (this.#size - 1);
      if (this.#rows[row * ROW.length + ROW.count] !== 0) yield row;
    }
  }

  /** More rows, before any was used again: each stays where it is. */
  #resize(size: number): void {
    this.#size = size;
    this.#hashes = grown(this.#hashes, new Int32Array(size));
    this.#nexts = new Int32Array(size);
    this.#rows = grown(this.#rows, new Int32Array(size * ROW.length));
    this.#times = grown(this.#times, new Float64Array(size * MOST_PACKETS * TIMES.length));
    this.#buckets = new Int32Array(size);
    for (let turn = 1; turn <= this.#turn; turn++) this.#link(turn);
  }

  #link(turn: number): void {
    const row = turn & (this.#size - 1);
    const place = (this.#hashes[row] as number) & (this.#size - 1);
    this.#nexts[row] = this.#buckets[place] as number;
    this.#buckets[place] = turn;
  }

  #sideOf(at: number, { ipVersion, ports, words }: Pair): SideIndex | -1 {
    if (this.#rows[at + ROW.count] === 0 || this.#rows[at + ROW.ipVersion] !== ipVersion) return -1;
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
    const time = (row * MOST_PACKETS + count) * TIMES.length;
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
    const time = (row * MOST_PACKETS + packet) * TIMES.length;
    moment.number = this.#times[time + TIMES.number] as number;
    moment.time = this.#times[time + TIMES.time] as number;
    return rows[at + PACKET.side] as SideIndex;
  }
}

/** Does a packet carry payload, in the capture or on the wire? */
export function hasPayload({ payloadStart, payloadEnd, missing }: Layers): boolean {
  return payloadEnd - payloadStart + missing > 0;
}

/** Does a packet open a connection? */
function isSyn({ flags }: Layers): boolean {
  return (flags & (TCP_FLAG.syn | TCP_FLAG.ack | TCP_FLAG.rst)) === TCP_FLAG.syn;
}

function grown<T extends Int32Array | Float64Array>(before: T, after: T): T {
  after.set(before);
  return after;
}
