/**
 * UDP packets in, conversations out: the datagrams of two endpoints in the order of the capture. Most
 * UDP traffic is none of ours, so endpoints are remembered only once a datagram is recognised.
 */
import type { Layers } from "../packet/layers.ts";
import { Budget } from "./budget.ts";
import { Endpoints, FlowIndex, type SideIndex } from "./flow-index.ts";
import type { Moment } from "./moment.ts";

/** Who reads the datagrams between two endpoints. */
export interface DatagramListener {
  /** The payload `[start, end)` of `bytes`, valid only during the call. */
  datagram(side: SideIndex, bytes: Uint8Array, start: number, end: number, moment: Moment): void;
}

/** Two endpoints that exchange datagrams. */
export class DatagramFlow extends Endpoints {
  /** Number of the flow within the capture, from 0, among those that were recognised. */
  readonly stream: number;
  listener: DatagramListener | null = null;
  /** When the last packet came, in microseconds since 1970. */
  lastTime = 0;

  readonly #budget: Budget;

  constructor(layers: Layers, stream: number, budget: Budget) {
    super(layers);
    this.stream = stream;
    this.#budget = budget;
  }

  /** Counts `octets` more that are held for the flow, until it is closed. */
  hold(octets: number): void {
    this.held += octets;
    this.#budget.held += octets;
  }
}

export class DatagramTable {
  /** Datagrams that nobody recognised. */
  ignored = 0;
  /** What flows hold. */
  readonly budget = new Budget();
  readonly #open: (flow: DatagramFlow, layers: Layers) => DatagramListener | null;
  readonly #flows: FlowIndex<DatagramFlow>;
  #streams = 0;

  /**
   * `open` gets a flow that is not known yet with its datagram, and makes its reader if it recognises it;
   * `close` is called once for each flow that has one.
   */
  constructor(open: (flow: DatagramFlow, layers: Layers) => DatagramListener | null, close: (flow: DatagramFlow) => void) {
    this.#open = open;
    this.#flows = new FlowIndex((flow) => {
      close(flow);
      this.budget.held -= flow.held;
    });
  }

  /** Flows that were given up because there were too many, or they held too much. */
  get evicted(): number {
    return this.#flows.evicted;
  }

  /** Flows that were passed over while looking for those of packets. */
  get passed(): number {
    return this.#flows.passed;
  }

  /** Takes one UDP packet. */
  packet(layers: Layers, moment: Moment): void {
    if (this.budget.isOverdrawn) this.#flows.evict();
    const flow = this.#flows.find(layers) ?? this.#create(layers);
    if (flow === null) {
      this.ignored++;
      return;
    }
    flow.lastSeen = moment.number;
    flow.lastTime = moment.time;
    flow.listener?.datagram(flow.isFrom(0, layers) ? 0 : 1, layers.bytes, layers.payloadStart, layers.payloadEnd, moment);
  }

  /** No more packets: closes every flow, in the order of their first packets. */
  end(): void {
    for (const flow of this.#flows.all().sort((a, b) => a.stream - b.stream)) this.#flows.remove(flow);
  }

  #create(layers: Layers): DatagramFlow | null {
    if (!mayBeOurs(layers)) return null;
    const flow = new DatagramFlow(layers, this.#streams, this.budget);
    flow.listener = this.#open(flow, layers);
    if (flow.listener === null) return null;
    flow.hold(FLOW_COST);
    this.#streams++;
    this.#flows.add(flow);
    return flow;
  }
}

/** Octets of memory that a flow takes by itself. */
const FLOW_COST = 2_048;

/** A first look that costs nothing: a DTLS content type (RFC 9147 §4), CAPWAP before it (RFC 5415 §4.2), or QUIC's long header (RFC 9000 §17.2). */
function mayBeOurs({ bytes, payloadStart, payloadEnd }: Layers): boolean {
  const first = bytes[payloadStart] as number;
  return payloadEnd - payloadStart >= 13 && (first === 1 || (first >= 20 && first <= 63) || first >= 0x80);
}
