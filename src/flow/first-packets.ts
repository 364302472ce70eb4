/**
 * Connections that have shown no more than a few packets without payload: a SYN, perhaps an answer, perhaps a reset. A scan makes
 * millions of them, and none ever speaks, so each is a row of numbers here instead of an object. When there are too many, one of
 * these makes room, never a connection that has carried data.
 */
import { LIMITS } from "../fault/limits.ts";
import { type Layers, newLayers, TCP_FLAG } from "../packet/layers.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** What is known of a silent connection that is closed; with too many of them, this decides whether it is kept. A single object, refilled. */
export interface Silence {
  /** Its first packet was a SYN, which was never answered with a SYN. */
  isUnopened: boolean;
  /** The other side answered with a reset, or the SYN was sent again. */
  isRefused: boolean;
  /** When its first packet came, in microseconds since 1970. */
  time: number;
}

/** Packets that one row can hold: three that open a connection, and one that ends it. */
const MOST_PACKETS = 4;

/*
 * A scan goes through the rows faster than a processor's cache holds them, so what belongs together lies close together: the rows, the
 * first packets of all, the second ones of all, and so on.
 */
/** The numbers of a row. `facts` is 0 in a free row. */
const ROW = { facts: 0, ports: 1, tunnels: 2, stream: 3, source: 4, target: 5, length: 6 } as const;
/** The other words of IPv6 addresses, three of the source and three of the target. */
const REST = 6;
const PACKET = { sequence: 0, acknowledgment: 1, bits: 2, nanos: 3, length: 4 } as const;
/** Bit offsets in `bits` of what is not a flag. */
const BITS = { ttl: 8, digits: 16, side: 24 } as const;
/** What a search walks through, kept close together because most searches find nothing: a row's hash, and the previous turn whose hash has the same lower bits. */
const LINK = { hash: 0, next: 1, length: 2 } as const;
/** Buckets per row: enough that most of them are empty. */
const SPREAD = 2;
/** Numbers of a packet that may exceed 2^31: the packet number, and its time. */
const TIMES = { number: 0, time: 1, length: 2 } as const;
/** Rows at the beginning: most captures need no more. */
const FIRST_ROWS = 256;
/** What is known of a row's packets: their count in the lowest bits, and one bit for each other fact. */
const FACT = { count: 7, opening: 8, answer: 16, again: 32, reset: 64, end: 128, ipv6: 256 } as const;

/** The silent connections of one capture. */
export class FirstPackets {
  /** Connections that were given up because there were too many, although they had not ended. */
  evicted = 0;
  readonly #close: (row: number, silence: Silence) => void;
  readonly #most: number;
  /** Number of rows, a power of two. They are used in turn, so the next one is always the oldest. */
  #size = 0;
  /** For each value of the hash's lower bits: the turn of the last row used for it, which leads to the one before. */
  #buckets = new Int32Array(0);
  #links = new Int32Array(0);
  #rows = new Int32Array(0);
  /** Empty until the first IPv6 packet. */
  #rest = new Int32Array(0);
  #packets = new Int32Array(0);
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
    // A row that has been reused since belongs to another connection, and so does every earlier one in the chain.
    while (((this.#turn - turn) | 0) <= mask && turn !== 0) {
      const row = turn & mask;
      const link = row * LINK.length;
      if (links[link + LINK.hash] === hash) {
        const side = this.#sideOf(row, pair);
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
    // 0 is not a turn: it stands for "none".
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
    rows[at + ROW.source] = pair.words[0] as number;
    rows[at + ROW.target] = pair.words[4] as number;
    const version = pair.ipVersion === 4 ? 0 : this.#keepRest(row, pair.words);
    this.#put(row, 0, isSyn(layers) ? version | FACT.opening : version, layers, moment);
  }

  /** Takes another packet of a connection, unless it needs to be looked at now: because it has payload, or is the SYN of another connection. */
  takes(row: number, side: SideIndex, layers: Layers, moment: Moment): boolean {
    const rows = this.#rows;
    const at = row * ROW.length;
    let facts = rows[at + ROW.facts] as number;
    if ((facts & FACT.count) === MOST_PACKETS || hasPayload(layers)) return false;
    const { flags } = layers;
    if (isSyn(layers)) {
      const isAgain =
        side === 0 && (facts & FACT.opening) !== 0 && layers.sequence === this.#packets[row * PACKET.length + PACKET.sequence];
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

  /** Puts the endpoints of a row into `pair`, side 0 as the source. */
  endpoints(row: number, pair: Pair): void {
    const rows = this.#rows;
    const at = row * ROW.length;
    pair.hash = this.#links[row * LINK.length + LINK.hash] as number;
    pair.ipVersion = ((rows[at + ROW.facts] as number) & FACT.ipv6) === 0 ? 4 : 6;
    pair.ports = rows[at + ROW.ports] as number;
    pair.tunnels = rows[at + ROW.tunnels] as number;
    const { words } = pair;
    words.fill(0);
    words[0] = rows[at + ROW.source] as number;
    words[4] = rows[at + ROW.target] as number;
    if (pair.ipVersion === 4) return;
    for (let word = 0; word < 3; word++) {
      words[1 + word] = this.#rest[row * REST + word] as number;
      words[5 + word] = this.#rest[row * REST + 3 + word] as number;
    }
  }

  /** Gives the packets of a row to `take`; after that it is free. */
  replay(row: number, take: (side: SideIndex, layers: Layers, moment: Moment) => void): void {
    const count = (this.#rows[row * ROW.length + ROW.facts] as number) & FACT.count;
    for (let packet = 0; packet < count; packet++) take(this.#get(row, packet), this.#layers, this.#moment);
    this.#rows[row * ROW.length + ROW.facts] = 0;
  }

  /** Gives up a row: its connection has ended, or has to make room. */
  close(row: number): void {
    const facts = this.#rows[row * ROW.length + ROW.facts] as number;
    const silence = this.#silence;
    silence.isUnopened = (facts & (FACT.opening | FACT.answer)) === FACT.opening;
    silence.isRefused = (facts & (FACT.reset | FACT.again)) !== 0;
    silence.time = this.#times[row * TIMES.length + TIMES.time] as number;
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

  /** Adds rows, before any has been reused: each row keeps its place. */
  #resize(size: number): void {
    this.#size = size;
    this.#links = spread(this.#links, new Int32Array(size * LINK.length), 1);
    this.#rows = spread(this.#rows, new Int32Array(size * ROW.length), 1);
    if (this.#rest.length > 0) this.#rest = spread(this.#rest, new Int32Array(size * REST), 1);
    this.#packets = spread(this.#packets, new Int32Array(size * MOST_PACKETS * PACKET.length), MOST_PACKETS);
    this.#times = spread(this.#times, new Float64Array(size * MOST_PACKETS * TIMES.length), MOST_PACKETS);
    this.#buckets = new Int32Array(SPREAD * size);
    for (let turn = 1; turn <= this.#turn; turn++) this.#link(turn);
  }

  /** Keeps the address words that only IPv6 has; returns the fact bit for them. */
  #keepRest(row: number, words: Int32Array): number {
    if (this.#rest.length === 0) this.#rest = new Int32Array(this.#size * REST);
    this.#rest.set(words.subarray(1, 4), row * REST);
    this.#rest.set(words.subarray(5), row * REST + 3);
    return FACT.ipv6;
  }

  #link(turn: number): void {
    const link = (turn & (this.#size - 1)) * LINK.length;
    const place = (this.#links[link + LINK.hash] as number) & (SPREAD * this.#size - 1);
    this.#links[link + LINK.next] = this.#buckets[place] as number;
    this.#buckets[place] = turn;
  }

  #sideOf(row: number, pair: Pair): SideIndex | -1 {
    const { ipVersion, ports, words } = pair;
    const rows = this.#rows;
    const at = row * ROW.length;
    const facts = rows[at + ROW.facts] as number;
    if (facts === 0 || (ipVersion === 6) !== ((facts & FACT.ipv6) !== 0)) return -1;
    const known = rows[at + ROW.ports] as number;
    const source = rows[at + ROW.source];
    const target = rows[at + ROW.target];
    if (ports === known && source === words[0] && target === words[4] && this.#isRest(row, pair, 1, 5)) return 0;
    const isBack = ports === ((known << 16) | (known >>> 16)) && source === words[4] && target === words[0];
    return isBack && this.#isRest(row, pair, 5, 1) ? 1 : -1;
  }

  /** Are the address words that only IPv6 has those of the row, with its source's words at `source`? */
  #isRest(row: number, { ipVersion, words }: Pair, source: number, target: number): boolean {
    if (ipVersion === 4) return true;
    const rest = this.#rest;
    const at = row * REST;
    for (let word = 0; word < 3; word++) {
      if (rest[at + word] !== words[source + word] || rest[at + 3 + word] !== words[target + word]) return false;
    }
    return true;
  }

  /** Stores a packet after those that `facts` counts. */
  #put(row: number, side: SideIndex, facts: number, { sequence, acknowledgment, flags, ttl }: Layers, moment: Moment): void {
    const place = (facts & FACT.count) * this.#size + row;
    const packets = this.#packets;
    const at = place * PACKET.length;
    packets[at + PACKET.sequence] = sequence;
    packets[at + PACKET.acknowledgment] = acknowledgment;
    packets[at + PACKET.bits] = flags | (ttl << BITS.ttl) | (moment.digits << BITS.digits) | (side << BITS.side);
    packets[at + PACKET.nanos] = moment.nanos;
    this.#times[place * TIMES.length + TIMES.number] = moment.number;
    this.#times[place * TIMES.length + TIMES.time] = moment.time;
    this.#rows[row * ROW.length + ROW.facts] = facts + 1;
  }

  #get(row: number, packet: number): SideIndex {
    const place = packet * this.#size + row;
    const packets = this.#packets;
    const layers = this.#layers;
    const moment = this.#moment;
    const at = place * PACKET.length;
    const bits = packets[at + PACKET.bits] as number;
    layers.sequence = packets[at + PACKET.sequence] as number;
    layers.acknowledgment = packets[at + PACKET.acknowledgment] as number;
    layers.flags = bits & 0xff;
    layers.ttl = (bits >>> BITS.ttl) & 0xff;
    moment.digits = (bits >>> BITS.digits) & 0xff;
    moment.nanos = packets[at + PACKET.nanos] as number;
    moment.number = this.#times[place * TIMES.length + TIMES.number] as number;
    moment.time = this.#times[place * TIMES.length + TIMES.time] as number;
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

/** Copies the `parts` equal parts of `before` to the beginnings of the larger parts of `after`. */
function spread<T extends Int32Array | Float64Array>(before: T, after: T, parts: number): T {
  const length = before.length / parts;
  for (let part = 0; part < parts; part++) after.set(before.subarray(part * length, (part + 1) * length), (part * after.length) / parts);
  return after;
}
