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

/** Numbers of a row; its packets come last, {@link PACKET} numbers each. `facts` is 0 of a row that is free. */
const ROW = { facts: 0, ports: 1, tunnels: 2, stream: 3, words: 4, packets: 12, length: 28 } as const;
const PACKET = { sequence: 0, acknowledgment: 1, bits: 2, nanos: 3, length: 4 } as const;
/** Where in `bits` what is no flag stands. */
const BITS = { ttl: 8, digits: 16, side: 24 } as const;
/** What is looked through for a row, close together, because most of what is looked for is not there: its hash, and the turn that has the same lower bits before it. */
const LINK = { hash: 0, next: 1, length: 2 } as const;
/** Buckets for each row: so many that most of them lead nowhere. */
const SPREAD = 2;
/** Numbers of a packet that may be above 2^31: its own, and when it came. */
const TIMES = { number: 0, time: 1, length: 2 } as const;
/** Rows at the beginning: most captures need no more. */
const FIRST_ROWS = 256;
/** What is known of a row's packets: how many there are, in the lowest bits, and the rest bit by bit. */
const FACT = { count: 7, opening: 8, answer: 16, again: 32, reset: 64, end: 128, ipv6: 256 } as const;

export class FirstPackets {
  /** Connections that were given up because there were too many, although they had not ended. */
  evicted = 0;
  readonly #close: (row: number, silence: Silence) => void;
  readonly #most: number;
  /** Rows there are, a power of two. They are used in turn, so that the next one is the oldest. */
  #size = 0;
  /** By the lower bits of the hash: the turn of the row that was used last for it, which leads to the one before. */
  #buckets = new Int32Array(0);
  #links = new Int32Array(0);
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
    const links = this.#links;
    const { hash } = pair;
    const mask = this.#size - 1;
    let turn = this.#buckets[hash & (SPREAD * this.#size - 1)] as number;
    // A row that was used again since is not what was meant, nor is any before it.
    while (((this.#turn - turn) | 0) <= mask && turn !== 0) {
      const row = turn & mask;
      const link = row * LINK.length;
      if (links[link + LINK.hash] === hash) {
        const side = this.#sideOf(row * ROW.length, pair);
        if (side >= 0) {
          pair.side = side as SideIndex;
          return row;
        }
      }
      turn = links[link + LINK.next] as number;
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
    const before = rows[at + ROW.facts] as number;
    if (before !== 0) {
      if ((before & FACT.end) === 0) this.evicted++;
      this.close(row);
    }
    this.#links[row * LINK.length + LINK.hash] = pair.hash;
    this.#link(this.#turn);
    rows[at + ROW.ports] = pair.ports;
    rows[at + ROW.tunnels] = pair.tunnels;
    rows[at + ROW.stream] = stream;
    const { words } = pair;
    const step = pair.ipVersion === 4 ? 4 : 1;
    for (let word = 0; word < 8; word += step) rows[at + ROW.words + word] = words[word] as number;
    const version = pair.ipVersion === 4 ? 0 : FACT.ipv6;
    this.#put(row, 0, isSyn(layers) ? version | FACT.opening : version, layers, moment);
  }

  /** Takes another packet of a connection, if there is nothing in it that needs to be looked at now: payload, or the SYN of another connection. */
  takes(row: number, side: SideIndex, layers: Layers, moment: Moment): boolean {
    const rows = this.#rows;
    const at = row * ROW.length;
    let facts = rows[at + ROW.facts] as number;
    if ((facts & FACT.count) === MOST_PACKETS || hasPayload(layers)) return false;
    const { flags } = layers;
    if (isSyn(layers)) {
      const isAgain = side === 0 && (facts & FACT.opening) !== 0 && layers.sequence === rows[at + ROW.packets + PACKET.sequence];
      if (!isAgain) return false;
      facts |= FACT.again;
    } else if ((flags & TCP_FLAG.syn) !== 0) facts |= FACT.answer;
    if ((flags & TCP_FLAG.rst) !== 0) facts |= side === 1 ? FACT.reset | FACT.end : FACT.end;
    this.#put(row, side, facts, layers, moment);
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
    pair.hash = this.#links[row * LINK.length + LINK.hash] as number;
    pair.ipVersion = ((rows[at + ROW.facts] as number) & FACT.ipv6) === 0 ? 4 : 6;
    pair.ports = rows[at + ROW.ports] as number;
    pair.tunnels = rows[at + ROW.tunnels] as number;
    for (let word = 0; word < 8; word++) pair.words[word] = rows[at + ROW.words + word] as number;
  }

  /** Gives the packets of a row to `take`; after that it is free. */
  replay(row: number, take: (side: SideIndex, layers: Layers, moment: Moment) => void): void {
    const count = (this.#rows[row * ROW.length + ROW.facts] as number) & FACT.count;
    for (let packet = 0; packet < count; packet++) take(this.#get(row, packet), this.#layers, this.#moment);
    this.#rows[row * ROW.length + ROW.facts] = 0;
  }

  /** Gives up a row: the connection has ended, or makes room. */
  close(row: number): void {
    const facts = this.#rows[row * ROW.length + ROW.facts] as number;
    const silence = this.#silence;
    silence.isUnopened = (facts & (FACT.opening | FACT.answer)) === FACT.opening;
    silence.isRefused = (facts & (FACT.reset | FACT.again)) !== 0;
    silence.time = this.#times[row * MOST_PACKETS * TIMES.length + TIMES.time] as number;
    this.#close(row, silence);
    this.#rows[row * ROW.length + ROW.facts] = 0;
  }

  /** Every row that is in use, the oldest first. */
  *all(): Generator<number> {
    for (let turn = 1; turn <= this.#size; turn++) {
      const row = (this.#turn + turn) & (this.#size - 1);
      if (this.#rows[row * ROW.length + ROW.facts] !== 0) yield row;
    }
  }

  /** More rows, before any was used again: each stays where it is. */
  #resize(size: number): void {
    this.#size = size;
    this.#links = grown(this.#links, new Int32Array(size * LINK.length));
    this.#rows = grown(this.#rows, new Int32Array(size * ROW.length));
    this.#times = grown(this.#times, new Float64Array(size * MOST_PACKETS * TIMES.length));
    this.#buckets = new Int32Array(SPREAD * size);
    for (let turn = 1; turn <= this.#turn; turn++) this.#link(turn);
  }

  #link(turn: number): void {
    const link = (turn & (this.#size - 1)) * LINK.length;
    const place = (this.#links[link + LINK.hash] as number) & (SPREAD * this.#size - 1);
    this.#links[link + LINK.next] = this.#buckets[place] as number;
    this.#buckets[place] = turn;
  }

  #sideOf(at: number, { ipVersion, ports, words }: Pair): SideIndex | -1 {
    const facts = this.#rows[at + ROW.facts] as number;
    const length = (facts & FACT.ipv6) === 0 ? 1 : 4;
    if (facts === 0 || ipVersion !== (length === 1 ? 4 : 6)) return -1;
    const known = this.#rows[at + ROW.ports] as number;
    if (ports === known && this.#isSame(at, words, 0, length)) return 0;
    return ports === ((known << 16) | (known >>> 16)) && this.#isSame(at, words, 4, length) ? 1 : -1;
  }

  /** Are the words those of the row, its source at `source`, of which `length` count? */
  #isSame(at: number, words: Int32Array, source: 0 | 4, length: 1 | 4): boolean {
    const rows = this.#rows;
    const first = at + ROW.words;
    for (let word = 0; word < length; word++) {
      if (rows[first + word] !== words[source + word] || rows[first + 4 + word] !== words[4 - source + word]) return false;
    }
    return true;
  }

  /** Puts a packet behind those that `facts` counts. */
  #put(row: number, side: SideIndex, facts: number, { sequence, acknowledgment, flags, ttl }: Layers, moment: Moment): void {
    const rows = this.#rows;
    const count = facts & FACT.count;
    const at = row * ROW.length + ROW.packets + count * PACKET.length;
    rows[at + PACKET.sequence] = sequence;
    rows[at + PACKET.acknowledgment] = acknowledgment;
    rows[at + PACKET.bits] = flags | (ttl << BITS.ttl) | (moment.digits << BITS.digits) | (side << BITS.side);
    rows[at + PACKET.nanos] = moment.nanos;
    const time = (row * MOST_PACKETS + count) * TIMES.length;
    this.#times[time + TIMES.number] = moment.number;
    this.#times[time + TIMES.time] = moment.time;
    rows[row * ROW.length + ROW.facts] = facts + 1;
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
    layers.ttl = (bits >>> BITS.ttl) & 0xff;
    moment.digits = (bits >>> BITS.digits) & 0xff;
    moment.nanos = rows[at + PACKET.nanos] as number;
    const time = (row * MOST_PACKETS + packet) * TIMES.length;
    moment.number = this.#times[time + TIMES.number] as number;
    moment.time = this.#times[time + TIMES.time] as number;
    return (bits >>> BITS.side) as SideIndex;
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
