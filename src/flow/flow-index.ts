/**
 * Finds what belongs to a packet's two endpoints by an integer hash, without making strings or
 * objects. The hash is the same for both directions; which one a packet has is told by its side. It depends on
 * numbers that nobody knows before the program runs, so that no capture can be made in which all endpoints have the same one.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Layers } from "../packet/layers.ts";
import { addressText, wordAt } from "./address.ts";

/** Index of a direction: 0 from the sender of the first packet seen, 1 the other way. */
export type SideIndex = 0 | 1;

/** An address as four big-endian words; IPv4 has one, the others are 0. */
export type Words = readonly [number, number, number, number];

/** Two endpoints, side 0 first. */
export class Endpoints {
  /** The next entry with the same hash; only the index touches it. */
  next: this | null = null;
  readonly hash: number;
  readonly ipVersion: number;
  readonly words: readonly [Words, Words];
  readonly ports: readonly [number, number];
  /** The tunnels around the first packet, see `tunnelNames`. */
  readonly tunnels: number;
  /** Packet number of the last packet. */
  lastSeen = 0;
  /** Octets of memory that it takes, as counted into the {@link ./budget.ts Budget} of its table. */
  held = 0;

  /** The endpoints of a packet; its source is side 0. */
  constructor(layers: Layers) {
    const { bytes, ipVersion } = layers;
    this.hash = hashOf(layers);
    this.ipVersion = ipVersion;
    this.words = [wordsAt(bytes, layers.sourceAt, ipVersion), wordsAt(bytes, layers.targetAt, ipVersion)];
    this.ports = [layers.sourcePort, layers.targetPort];
    this.tunnels = layers.tunnels;
  }

  /** Address and port of a side. */
  endpoint(side: SideIndex): { address: string; port: number } {
    return { address: addressText(this.ipVersion, this.words[side]), port: this.ports[side] };
  }

  /** Does the packet go from side `side` to the other one? */
  isFrom(side: SideIndex, layers: Layers): boolean {
    const other = side === 0 ? 1 : 0;
    const { ipVersion, ports, words } = this;
    if (ports[side] !== layers.sourcePort || ports[other] !== layers.targetPort || ipVersion !== layers.ipVersion) return false;
    return (
      isAddress(words[side], layers.bytes, layers.sourceAt, ipVersion) && isAddress(words[other], layers.bytes, layers.targetAt, ipVersion)
    );
  }
}

/** All flows of one transport. */
export class FlowIndex<T extends Endpoints> {
  /** Flows that were given up because there were too many. */
  evicted = 0;
  /** Flows that were passed over on the way to the one that was looked for: few, unless hashes collide. */
  passed = 0;
  readonly #close: (flow: T) => void;
  readonly #chains = new Map<number, T>();
  #count = 0;
  #last: T | null = null;

  /** `close` is called once for each flow that leaves the index. */
  constructor(close: (flow: T) => void) {
    this.#close = close;
  }

  /** The flow of a packet in either direction. */
  find(layers: Layers): T | null {
    const last = this.#last;
    if (last !== null && (last.isFrom(0, layers) || last.isFrom(1, layers))) return last;
    let flow = this.#chains.get(hashOf(layers)) ?? null;
    while (flow !== null && !flow.isFrom(0, layers) && !flow.isFrom(1, layers)) {
      this.passed++;
      flow = flow.next;
    }
    this.#last = flow ?? last;
    return flow;
  }

  /** Adds a flow; where the index is full, others go. */
  add(flow: T): void {
    if (this.#count >= LIMITS.flows) this.evict();
    flow.next = this.#chains.get(flow.hash) ?? null;
    this.#chains.set(flow.hash, flow);
    this.#count++;
  }

  /** Takes a flow out and closes it; nothing happens to one that has left already. */
  remove(flow: T): void {
    const head = this.#chains.get(flow.hash);
    if (head === flow) {
      if (flow.next === null) this.#chains.delete(flow.hash);
      else this.#chains.set(flow.hash, flow.next);
    } else {
      let before = head;
      while (before !== undefined && before.next !== flow) before = before.next ?? undefined;
      if (before === undefined) return;
      before.next = flow.next;
    }
    flow.next = null;
    if (this.#last === flow) this.#last = null;
    this.#count--;
    this.#close(flow);
  }

  /** Gives up the quarter of the flows that was untouched for longest. */
  evict(): void {
    const all = this.all().sort((a, b) => a.lastSeen - b.lastSeen);
    const victims = all.slice(0, Math.ceil(all.length / 4));
    for (const flow of victims) this.remove(flow);
    this.evicted += victims.length;
  }

  /** Every flow. */
  all(): T[] {
    const all: T[] = [];
    for (const head of this.#chains.values()) for (let flow: T | null = head; flow !== null; flow = flow.next) all.push(flow);
    return all;
  }
}

function wordsAt(bytes: Uint8Array, at: number, ipVersion: number): Words {
  if (ipVersion === 4) return [wordAt(bytes, at), 0, 0, 0];
  return [wordAt(bytes, at), wordAt(bytes, at + 4), wordAt(bytes, at + 8), wordAt(bytes, at + 12)];
}

function isAddress(words: Words, bytes: Uint8Array, at: number, ipVersion: number): boolean {
  if (words[0] !== wordAt(bytes, at)) return false;
  if (ipVersion === 4) return true;
  return words[1] === wordAt(bytes, at + 4) && words[2] === wordAt(bytes, at + 8) && words[3] === wordAt(bytes, at + 12);
}

/** The same for both directions: the sum of the endpoints' own hashes. */
function hashOf(layers: Layers): number {
  const { bytes, ipVersion } = layers;
  const source = endpointHash(bytes, layers.sourceAt, ipVersion, layers.sourcePort);
  return (source + endpointHash(bytes, layers.targetAt, ipVersion, layers.targetPort)) | 0;
}

/** An odd number that this run alone knows. */
function secretFactor(): number {
  return Math.floor(Math.random() * 0x1_0000_0000) | 1;
}

const PORT_FACTOR = secretFactor();
const WORD_FACTORS = [secretFactor(), secretFactor(), secretFactor(), secretFactor()] as const;

/** Each word is multiplied by a number of its own; mixing between them keeps their sums from cancelling out. */
function endpointHash(bytes: Uint8Array, at: number, ipVersion: number, port: number): number {
  let hash = Math.imul(port, PORT_FACTOR) + Math.imul(wordAt(bytes, at), WORD_FACTORS[0]);
  if (ipVersion === 6) {
    hash = mixed(hash) + Math.imul(wordAt(bytes, at + 4), WORD_FACTORS[1]);
    hash = mixed(hash) + Math.imul(wordAt(bytes, at + 8), WORD_FACTORS[2]);
    hash = mixed(hash) + Math.imul(wordAt(bytes, at + 12), WORD_FACTORS[3]);
  }
  return mixed(hash);
}

/** Spreads the upper bits over all (the finalizer of MurmurHash3). */
function mixed(sum: number): number {
  let hash = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
