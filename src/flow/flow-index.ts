/**
 * Finds what belongs to a packet's two endpoints by an integer hash, without making strings or
 * objects. The hash is the same for both directions; a packet's direction is given by its side.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Layers } from "../packet/layers.ts";
import { addressText, wordAt } from "../bytes/address.ts";
import type { Pair, SideIndex, Words } from "./pair.ts";

/** Two endpoints, side 0 first. */
export class Endpoints {
  /** The next entry in the same bucket; only the index touches it. */
  next: this | null = null;
  readonly hash: number;
  readonly ipVersion: number;
  /** The tunnels around the first packet, see `tunnelNames`. */
  readonly tunnels: number;
  /** Packet number of the last packet. */
  lastSeen = 0;
  readonly #ports: number;
  readonly #swappedPorts: number;
  readonly #source: number;
  readonly #target: number;
  /** The other three words of both addresses of IPv6. */
  readonly #rest: readonly number[] | null;

  /** The endpoints of a packet; its source is side 0. */
  constructor(pair: Pair) {
    const { words } = pair;
    this.hash = pair.hash;
    this.ipVersion = pair.ipVersion;
    this.tunnels = pair.tunnels;
    this.#ports = pair.ports;
    this.#swappedPorts = (pair.ports << 16) | (pair.ports >>> 16);
    this.#source = words[0] as number;
    this.#target = words[4] as number;
    this.#rest = pair.ipVersion === 4 ? null : [...words.subarray(1, 4), ...words.subarray(5)];
  }

  /** Address and port of a side. */
  endpoint(side: SideIndex): { address: string; port: number } {
    const [a = 0, b = 0, c = 0] = this.#rest?.slice(3 * side) ?? [];
    const words: Words = [side === 0 ? this.#source : this.#target, a, b, c];
    return { address: addressText(this.ipVersion, words), port: side === 0 ? this.#ports >>> 16 : this.#ports & 0xffff };
  }

  /** The side from which a packet between these endpoints goes; -1 for one between others. */
  sideOf(pair: Pair): SideIndex | -1 {
    if (pair.hash !== this.hash || pair.ipVersion !== this.ipVersion) return -1;
    const source = pair.words[0];
    const target = pair.words[4];
    const { ports } = pair;
    if (ports === this.#ports && source === this.#source && target === this.#target && this.#isRest(pair, 1, 5)) return 0;
    return ports === this.#swappedPorts && source === this.#target && target === this.#source && this.#isRest(pair, 5, 1) ? 1 : -1;
  }

  /** The same, straight from the headers of an IPv4 packet, which is faster; -1 for IPv6. */
  sideOfIpv4({ bytes, ipVersion, sourceAt, targetAt, sourcePort, targetPort }: Layers): SideIndex | -1 {
    if (ipVersion !== 4 || this.ipVersion !== 4) return -1;
    const source = wordAt(bytes, sourceAt);
    const ports = (sourcePort << 16) | targetPort;
    if (ports === this.#ports && source === this.#source && wordAt(bytes, targetAt) === this.#target) return 0;
    return ports === this.#swappedPorts && source === this.#target && wordAt(bytes, targetAt) === this.#source ? 1 : -1;
  }

  /** Are the address words that only IPv6 has equal, those of side 0 at `one` and those of side 1 at `other`? */
  #isRest({ words }: Pair, one: number, other: number): boolean {
    const rest = this.#rest;
    if (rest === null) return true;
    for (let at = 0; at < 3; at++) if (rest[at] !== words[one + at] || rest[3 + at] !== words[other + at]) return false;
    return true;
  }
}

/** Buckets at first; later there are as many as flows, always a power of two. */
const FIRST_BUCKETS = 1_024;

/** All flows of one transport. */
export class FlowIndex<T extends Endpoints> {
  /** Flows that were given up because there were too many, or they held too much. */
  evicted = 0;
  /** Flows that were examined and passed over in searches: no more than there are packets, unless hashes collide. */
  passed = 0;
  readonly #close: (flow: T) => void;
  readonly #most: number;
  #buckets: (T | null)[] = Array.from({ length: FIRST_BUCKETS }, () => null);
  #count = 0;

  /** `close` is called once for each flow that leaves the index; at most `most` flows are in it at once. */
  constructor(close: (flow: T) => void, most: number = LIMITS.flows) {
    this.#close = close;
    this.#most = most;
  }

  /** Flows in it. */
  get size(): number {
    return this.#count;
  }

  /** The flow of a packet in either direction; the packet's side goes into `pair.side`. */
  find(pair: Pair): T | null {
    const buckets = this.#buckets;
    let flow = buckets[pair.hash & (buckets.length - 1)] as T | null;
    while (flow !== null) {
      const side = flow.sideOf(pair);
      if (side >= 0) {
        pair.side = side as SideIndex;
        return flow;
      }
      this.passed++;
      flow = flow.next;
    }
    return null;
  }

  /** Adds a flow; if the index is full, others are given up first. */
  add(flow: T): void {
    if (this.#count >= this.#most) this.evict();
    if (this.#count === this.#buckets.length) this.#grow();
    this.#link(flow);
    this.#count++;
  }

  /** Takes a flow out and closes it; nothing happens to one that has left already. */
  remove(flow: T): void {
    const place = flow.hash & (this.#buckets.length - 1);
    let before = this.#buckets[place] ?? null;
    if (before === flow) this.#buckets[place] = flow.next;
    else {
      while (before !== null && before.next !== flow) before = before.next;
      if (before === null) return;
      before.next = flow.next;
    }
    flow.next = null;
    this.#count--;
    this.#close(flow);
  }

  /** Gives up the quarter of the flows that has been idle longest. */
  evict(): void {
    const all = this.all().sort((a, b) => a.lastSeen - b.lastSeen);
    const victims = all.slice(0, Math.ceil(all.length / 4));
    for (const flow of victims) this.remove(flow);
    this.evicted += victims.length;
  }

  /** Every flow. */
  all(): T[] {
    const all: T[] = [];
    for (const head of this.#buckets) for (let flow: T | null = head; flow !== null; flow = flow.next) all.push(flow);
    return all;
  }

  #link(flow: T): void {
    const place = flow.hash & (this.#buckets.length - 1);
    flow.next = this.#buckets[place] ?? null;
    this.#buckets[place] = flow;
  }

  #grow(): void {
    const all = this.all();
    this.#buckets = Array.from({ length: 2 * this.#buckets.length }, () => null);
    for (const flow of all) this.#link(flow);
  }
}
