/**
 * Finds the connection of a packet by an integer hash of its endpoints, without making strings or
 * objects for packets of known connections. A full table gives up the connections that were
 * untouched for longest, and counts them.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Layers } from "../packet/layers.ts";
import { wordAt } from "./address.ts";
import { Flow, type SideIndex, type StreamListener } from "./flow.ts";
import type { Moment } from "./moment.ts";
import type { QueueBudget } from "./tcp-half.ts";

/** Packets after the end of a connection before it is closed for good: stragglers belong to it. */
const LINGER = 1_000;

export class FlowTable {
  /** Connections that were given up because the table was full. */
  evicted = 0;
  readonly #open: (flow: Flow) => StreamListener;
  readonly #close: (flow: Flow) => void;
  readonly #chains = new Map<number, Flow>();
  readonly #budget: QueueBudget = { octets: 0 };
  readonly #closing: Flow[] = [];
  #closingAt = 0;
  #count = 0;
  #streams = 0;
  #last: Flow | null = null;

  /** `open` makes the reader of a connection's octets; `close` is called once for each connection that had one. */
  constructor(open: (flow: Flow) => StreamListener, close: (flow: Flow) => void) {
    this.#open = open;
    this.#close = close;
  }

  /** Takes one TCP packet. */
  packet(layers: Layers, moment: Moment): void {
    let flow = this.#find(layers);
    let side: SideIndex = flow !== null && isFrom(flow, 0, layers) ? 0 : 1;
    if (flow === null || flow.isSuccessor(side, layers)) {
      if (flow !== null) this.#remove(flow);
      flow = this.#create(layers);
      side = 0;
    }
    this.#last = flow;
    const wasClosed = flow.closed;
    flow.packet(side, layers, moment, this.#open);
    if (flow.closed && !wasClosed) this.#closing.push(flow);
    if (this.#closingAt < this.#closing.length) this.#settle(moment.number);
  }

  /** No more packets: closes every connection, in the order of their first packets. */
  end(): void {
    const left = this.#all().sort((a, b) => a.stream - b.stream);
    for (const flow of left) this.#remove(flow);
  }

  #find(layers: Layers): Flow | null {
    const last = this.#last;
    if (last !== null && (isFrom(last, 0, layers) || isFrom(last, 1, layers))) return last;
    let flow = this.#chains.get(hashOf(layers)) ?? null;
    while (flow !== null && !isFrom(flow, 0, layers) && !isFrom(flow, 1, layers)) flow = flow.next;
    return flow;
  }

  #create(layers: Layers): Flow {
    if (this.#count >= LIMITS.flows) this.#evict();
    const hash = hashOf(layers);
    const { bytes, ipVersion } = layers;
    const flow = new Flow(
      layers,
      hash,
      this.#streams++,
      [wordsAt(bytes, layers.sourceAt, ipVersion), wordsAt(bytes, layers.targetAt, ipVersion)],
      this.#budget,
    );
    flow.next = this.#chains.get(hash) ?? null;
    this.#chains.set(hash, flow);
    this.#count++;
    return flow;
  }

  #remove(flow: Flow): void {
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
    flow.flush();
    flow.drop();
    this.#close(flow);
  }

  /** Closes what ended {@link LINGER} packets ago. */
  #settle(now: number): void {
    let flow = this.#closing[this.#closingAt];
    while (flow !== undefined && now - flow.lastSeen > LINGER) {
      this.#remove(flow);
      flow = this.#closing[++this.#closingAt];
    }
    if (this.#closingAt > LINGER) {
      this.#closing.splice(0, this.#closingAt);
      this.#closingAt = 0;
    }
  }

  #all(): Flow[] {
    const all: Flow[] = [];
    for (const head of this.#chains.values()) for (let flow: Flow | null = head; flow !== null; flow = flow.next) all.push(flow);
    return all;
  }

  /** Gives up the quarter that was untouched for longest. */
  #evict(): void {
    const all = this.#all().sort((a, b) => a.lastSeen - b.lastSeen);
    const victims = all.slice(0, Math.ceil(all.length / 4));
    for (const flow of victims) this.#remove(flow);
    this.evicted += victims.length;
  }
}

function wordsAt(bytes: Uint8Array, at: number, ipVersion: number): readonly [number, number, number, number] {
  if (ipVersion === 4) return [wordAt(bytes, at), 0, 0, 0];
  return [wordAt(bytes, at), wordAt(bytes, at + 4), wordAt(bytes, at + 8), wordAt(bytes, at + 12)];
}

/** Is the packet's source side `side` of the flow, and its target the other? */
function isFrom(flow: Flow, side: SideIndex, layers: Layers): boolean {
  const other = side === 0 ? 1 : 0;
  if (flow.ports[side] !== layers.sourcePort || flow.ports[other] !== layers.targetPort || flow.ipVersion !== layers.ipVersion)
    return false;
  return (
    isAddress(flow.words[side], layers.bytes, layers.sourceAt, layers.ipVersion) &&
    isAddress(flow.words[other], layers.bytes, layers.targetAt, layers.ipVersion)
  );
}

function isAddress(words: readonly [number, number, number, number], bytes: Uint8Array, at: number, ipVersion: number): boolean {
  if (words[0] !== wordAt(bytes, at)) return false;
  if (ipVersion === 4) return true;
  return words[1] === wordAt(bytes, at + 4) && words[2] === wordAt(bytes, at + 8) && words[3] === wordAt(bytes, at + 12);
}

/** The same for both directions: the sum of the endpoints' own hashes. */
function hashOf(layers: Layers): number {
  const { bytes, ipVersion } = layers;
  return (
    (endpointHash(bytes, layers.sourceAt, ipVersion, layers.sourcePort) +
      endpointHash(bytes, layers.targetAt, ipVersion, layers.targetPort)) |
    0
  );
}

function endpointHash(bytes: Uint8Array, at: number, ipVersion: number, port: number): number {
  let hash = Math.imul(wordAt(bytes, at) ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  if (ipVersion === 6) {
    for (let word = 4; word < 16; word += 4) hash = Math.imul((hash ^ (hash >>> 15)) + wordAt(bytes, at + word), 0xc2b2ae35);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
