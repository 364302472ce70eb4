/** The messages of one exchange, up to the limits; those left out are counted, so that a note can say so. */
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import type { RawMessage } from "./tls-stream.ts";

/** Octets of overhead that a message takes. */
const MESSAGE_COST = 512;

/** The messages kept of one exchange. */
export class KeptMessages {
  /** In the order in which they came. */
  readonly list: RawMessage[] = [];
  /** Messages that were not kept. */
  leftOut = 0;
  readonly #hold: Hold;
  #octets = 0;

  constructor(hold: Hold) {
    this.#hold = hold;
  }

  /** Takes a message; returns false if there is no room for it. */
  add(message: RawMessage): boolean {
    if (this.list.length >= LIMITS.messages || this.#octets + message.body.length > LIMITS.messageOctetsInAll) {
      this.leftOut++;
      return false;
    }
    this.#octets += message.body.length;
    this.#hold(message.body.length + MESSAGE_COST);
    this.list.push(message);
    return true;
  }
}
