/** What all open connections together take of the memory; the table of connections owns it, each of them counts into it. */
import { type Bounds, boundsOf } from "../fault/limits.ts";
import { Ring } from "./first-octets.ts";

/** Is told of octets more that something takes, which are free again when its connection is closed. */
export type Hold = (octets: number) => void;

/** A direction with segments that wait for those before them. */
export interface Waiting {
  /** Takes its first hole for a gap, and delivers what lies behind that. */
  giveUp(): void;
}

/** What one connection takes of a budget. */
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

export class Budget {
  readonly bounds: Bounds;
  /** Octets that open connections hold of what was said, what is remembered of it counted with the memory that it takes. */
  held = 0;
  /** Octets queued out of order, each segment counted with the memory that it takes besides. */
  octets = 0;
  /** Where octets are kept to be compared with what comes again. */
  readonly ring = new Ring();
  /** Holes that were not waited for any longer, because too much was queued behind them. */
  abandoned = 0;
  /** The one that waits for longest first. */
  readonly #waiting = new Set<Waiting>();

  constructor(bounds: Bounds = boundsOf()) {
    this.bounds = bounds;
  }

  /** Do connections have to be given up? */
  get isOverdrawn(): boolean {
    return this.held > this.bounds.heldOctets;
  }

  /** A direction has segments that wait. */
  join(waiting: Waiting): void {
    this.#waiting.add(waiting);
  }

  /** It has none any more. */
  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
  }

  /** Where all together hold too much, those that wait for longest give up: not the one that came last. */
  relieve(): void {
    while (this.octets > this.bounds.queuedOctetsInAll) {
      const [longest] = this.#waiting;
      if (longest === undefined) return;
      longest.giveUp();
    }
  }
}
