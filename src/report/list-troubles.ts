/** What was ignored or damaged in the connections of a list: its lines have no room for that, so it is reported after them, once for each kind. */
import type { Note } from "../fault/note.ts";
import type { Handshake } from "../handshake/handshake.ts";
import type { Message } from "../message/message.ts";

/** A kind of trouble: the first handshake with it, its words, and how many other handshakes have it. */
interface Trouble {
  id: number;
  words: string;
  others: number;
}

/** A code for damaged messages, which have none in the model. */
const DAMAGE = "damaged-message";

/** Collects the troubles of one list. */
export class ListTroubles {
  readonly #byCode = new Map<string, Trouble>();

  /** Takes one more listed handshake. */
  see({ id, notes, messages }: Handshake): void {
    if (notes !== undefined) for (const { code, message } of notes) this.#count(code, id, message);
    for (const message of messages) {
      const words = damageOf(message);
      if (words === undefined) continue;
      this.#count(DAMAGE, id, words);
      return;
    }
  }

  /** A sentence for each kind, except those that the capture itself has a note of. */
  sentences(notes: readonly Note[]): string[] {
    return [...this.#byCode]
      .filter(([code]) => !notes.some((note) => note.code === code))
      .map(([, { id, words, others }]) => `handshake ${id}: ${words}${others > 0 ? `; similarly in ${others} more` : ""}`);
  }

  #count(code: string, id: number, words: string): void {
    const known = this.#byCode.get(code);
    if (known === undefined) this.#byCode.set(code, { id, words, others: 0 });
    else {
      known.others++;
      // The one with the lowest id is named, whichever connection ends first.
      if (id < known.id) Object.assign(known, { id, words });
    }
  }
}

/** What is wrong with a message, if it is cut, or contradicts its own lengths or the specification. */
function damageOf(message: Message): string | undefined {
  if (message.malformed !== undefined) return `${message.type} could not be read completely: ${message.malformed}`;
  if (!("extensions" in message) || message.extensions === undefined) return undefined;
  for (const { id, name, malformed, duplicate } of message.extensions) {
    if (malformed !== undefined) return `extension ${name ?? id} of ${message.type} not read: ${malformed}`;
    if (duplicate === true) return `extension ${name ?? id} occurs in ${message.type} more than once`;
  }
  return undefined;
}
