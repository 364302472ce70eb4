/**
 * UDP packets in, conversations out: the datagrams of two endpoints in the order of the capture. Most
 * UDP traffic is none of ours, so endpoints are remembered only once a datagram is recognised.
 */
import { type Bounds, boundsOf } from "../fault/limits.ts";
import type { Layers } from "../packet/layers.ts";
import { Budget, type Hold, Share } from "./budget.ts";
import { Endpoints, FlowIndex } from "./flow-index.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** Who reads the datagrams between two endpoints. */
export interface DatagramListener {
  /** The payload `[start, end)` of `bytes`, valid only during the call. */
  datagram(side: SideIndex, bytes: Uint8Array, start: number, end: number, moment: Moment): void;
}

/** Two endpoints that exchange datagrams. */
export class DatagramFlow<L extends DatagramListener = DatagramListener> extends Endpoints {
  /** Number of the flow within the capture, from 0; only recognised flows are counted. */
  readonly stream: number;
  readonly listener: L;
  /** When the last packet came, in microseconds since 1970. */
  lastTime = 0;
  /** The memory it takes. */
  readonly share: Share;

  constructor(pair: Pair, stream: number, listener: L, share: Share) {
    super(pair);
    this.stream = stream;
    this.listener = listener;
    this.share = share;
    share.hold(FLOW_COST);
  }
}

/** Octets of memory that a flow takes by itself. */
const FLOW_COST = 2_048;

/** All UDP flows of one capture. */
export class DatagramTable<L extends DatagramListener> {
  /** Datagrams that nobody recognised. */
  ignored = 0;
  /** The memory that all flows take. */
  readonly budget: Budget;
  readonly #open: (layers: Layers, hold: Hold) => L | null;
  readonly #flows: FlowIndex<DatagramFlow<L>>;
  readonly #pair = new Pair();
  #streams = 0;
  /** The share of the next flow, made in advance and reused: most datagrams begin no flow. */
  #share: Share;

  /**
   * `open` gets a datagram of a flow that is not known yet. If it recognises the datagram it returns a reader, which reports to `hold`
   * the memory that it takes. `close` is called once for each flow that has a reader.
   */
  constructor(open: (layers: Layers, hold: Hold) => L | null, close: (flow: DatagramFlow<L>) => void, bounds: Bounds = boundsOf()) {
    this.#open = open;
    this.budget = new Budget(bounds);
    this.#share = new Share(this.budget);
    this.#flows = new FlowIndex((flow) => {
      close(flow);
      flow.share.release();
    }, bounds.flows);
  }

  /** Flows that were given up because there were too many, or they held too much. */
  get evicted(): number {
    return this.#flows.evicted;
  }

  /** Flows that were examined and passed over while looking for the flow of a packet. */
  get passed(): number {
    return this.#flows.passed;
  }

  /** Takes one UDP packet. */
  packet(layers: Layers, moment: Moment): void {
    if (this.budget.isOverdrawn) this.#flows.evict();
    // In an unknown flow, only a datagram that can begin one counts.
    const known = this.#flows.size === 0 ? null : this.#find(layers);
    const flow = known ?? this.#create(layers);
    if (flow === null) {
      this.ignored++;
      return;
    }
    flow.lastSeen = moment.number;
    flow.lastTime = moment.time;
    flow.listener.datagram(this.#pair.side, layers.bytes, layers.payloadStart, layers.payloadEnd, moment);
  }

  /** No more packets: closes every flow, in the order of their first packets. */
  end(): void {
    for (const flow of this.#flows.all().sort((a, b) => a.stream - b.stream)) this.#flows.remove(flow);
  }

  #find(layers: Layers): DatagramFlow<L> | null {
    this.#pair.read(layers);
    return this.#flows.find(this.#pair);
  }

  #create(layers: Layers): DatagramFlow<L> | null {
    if (!mayBeOurs(layers)) return null;
    const listener = this.#open(layers, this.#share.hold);
    if (listener === null) return null;
    this.#pair.read(layers);
    const flow = new DatagramFlow(this.#pair, this.#streams++, listener, this.#share);
    this.#share = new Share(this.budget);
    this.#pair.side = 0;
    this.#flows.add(flow);
    return flow;
  }
}

/** A cheap first look: a DTLS content type (RFC 9147 §4), CAPWAP before it (RFC 5415 §4.2), or QUIC's long header (RFC 9000 §17.2). */
function mayBeOurs({ bytes, payloadStart, payloadEnd }: Layers): boolean {
  const first = bytes[payloadStart] as number;
  return payloadEnd - payloadStart >= 13 && (first === 1 || (first >= 20 && first <= 63) || first >= 0x80);
}
