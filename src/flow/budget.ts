/** The memory that all open connections use together. The table of connections owns the budget; each connection counts against it what it keeps. */
import { type Bounds, boundsOf } from "../fault/limits.ts";
import { Ring } from "./first-octets.ts";
import { Rooms } from "./rooms.ts";

/** Counts octets of memory that are kept for a connection until it is closed. */
export type Hold = (octets: number) => void;

/** A direction with segments that wait for those before them. */
export interface Waiting {
  /** Stops waiting: reports the first hole as a gap, and delivers what follows it. */
  giveUp(): void;
}

/** One connection's share of a budget. */
export class Share {
  readonly #budget: Budget;
  #held = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Counts more octets. */
  readonly hold: Hold = (octets) => {
    this.#held += octets;
    this.#budget.held += octets;
  };

  /** The connection is closed: all of it is free again. */
  release(): void {
    this.#budget.held -= this.#held;
    this.#held = 0;
  }
}

/** The budget of one table of connections. */
export class Budget {
  readonly bounds: Bounds;
  /** Octets of memory that open connections take for what they have said, bookkeeping included. */
  held = 0;
  /** Octets queued out of order, each segment counted with its overhead. */
  octets = 0;
  /** The first octets of each direction, kept to be compared with retransmissions. */
  readonly ring = new Ring();
  /** For the octets that are queued. */
  readonly rooms = new Rooms();
  /** Holes that were given up because too much was queued behind them. */
  abandoned = 0;
  /** The direction that has waited longest comes first. */
  readonly #waiting = new Set<Waiting>();

  constructor(bounds: Bounds = boundsOf()) {
    this.bounds = bounds;
  }

  /** Do connections have to be given up? */
  get isOverdrawn(): boolean {
    return this.held > this.bounds.heldOctets;
  }

  /** Adds a direction that has begun to wait for segments. */
  join(waiting: Waiting): void {
    this.#waiting.add(waiting);
  }

  /** Removes a direction that waits no longer. */
  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
  }

  /** While too much is queued in all, the directions that have waited longest give up, not the one that came last. */
  relieve(): void {
    while (this.octets > this.bounds.queuedOctetsInAll) {
      const [longest] = this.#waiting;
      if (longest === undefined) return;
      longest.giveUp();
    }
  }
}
