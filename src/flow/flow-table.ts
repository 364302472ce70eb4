/**
 * TCP packets in, connections out: finds the connection of each packet, begins a new one where a SYN
 * says so, and closes those that have ended.
 */
import type { Layers } from "../packet/layers.ts";
import { Flow, type StreamListener } from "./flow.ts";
import { FlowIndex, type SideIndex } from "./flow-index.ts";
import type { Moment } from "./moment.ts";
import { Budget } from "./budget.ts";

/** Packets after the end of a connection before it is closed for good: stragglers belong to it. */
const LINGER = 1_000;

/** A connection that has ended, and the packet after which it waits for stragglers. */
interface Closing {
  readonly flow: Flow;
  readonly since: number;
}

export class FlowTable {
  readonly #open: (flow: Flow) => StreamListener;
  readonly #flows: FlowIndex<Flow>;
  /** What connections hold. */
  readonly budget = new Budget();
  readonly #closing: Closing[] = [];
  #closingAt = 0;
  #streams = 0;

  /** `open` makes the reader of a connection's octets; `close` is called once for each connection. */
  constructor(open: (flow: Flow) => StreamListener, close: (flow: Flow) => void) {
    this.#open = open;
    this.#flows = new FlowIndex((flow) => {
      flow.flush();
      flow.drop();
      close(flow);
      this.budget.held -= flow.held;
    });
  }

  /** Connections that were given up because there were too many, or they held too much. */
  get evicted(): number {
    return this.#flows.evicted;
  }

  /** Connections that were passed over while looking for those of packets. */
  get passed(): number {
    return this.#flows.passed;
  }

  /** Connections that have ended and wait for stragglers, some of which may be gone already. */
  get closing(): number {
    return this.#closing.length - this.#closingAt;
  }

  /** Takes one TCP packet. */
  packet(layers: Layers, moment: Moment): void {
    if (this.budget.isOverdrawn) this.#flows.evict();
    let flow = this.#flows.find(layers);
    let side: SideIndex = flow === null || flow.isFrom(0, layers) ? 0 : 1;
    if (flow === null || flow.isSuccessor(side, layers)) {
      if (flow !== null) this.#flows.remove(flow);
      flow = new Flow(layers, this.#streams++, this.budget);
      side = 0;
      this.#flows.add(flow);
    }
    const wasClosed = flow.closed;
    flow.packet(side, layers, moment, this.#open);
    if (flow.closed && !wasClosed) this.#closing.push({ flow, since: moment.number });
    if (this.#closingAt < this.#closing.length) this.#settle(moment.number);
  }

  /** No more packets: closes every connection, in the order of their first packets. */
  end(): void {
    for (const flow of this.#flows.all().sort((a, b) => a.stream - b.stream)) this.#flows.remove(flow);
  }

  /** Closes what ended, and was silent for, {@link LINGER} packets; what still speaks waits once more, behind the others. */
  #settle(now: number): void {
    let first = this.#closing[this.#closingAt];
    while (first !== undefined && now - first.since > LINGER) {
      const { flow } = first;
      if (now - flow.lastSeen > LINGER) this.#flows.remove(flow);
      else this.#closing.push({ flow, since: flow.lastSeen });
      first = this.#closing[++this.#closingAt];
    }
    if (this.#closingAt > LINGER) {
      this.#closing.splice(0, this.#closingAt);
      this.#closingAt = 0;
    }
  }
}
