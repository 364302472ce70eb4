/** What was ignored or damaged in the connections of a list: its lines have no room for that, so it is told behind them, once for each kind. */
import type { Note } from "../fault/note.ts";
import type { Handshake } from "../handshake/handshake.ts";
import type { Message } from "../message/message.ts";

/** A kind of trouble: in which handshake it was seen first, in what words, and in how many others. */
interface Trouble {
  id: number;
  words: string;
  others: number;
}

/** Damage has no code of its own in the model: it stands at the messages. */
const DAMAGE = "damaged-message";

export class ListTroubles {
  readonly #byCode = new Map<string, Trouble>();

  /** Looks at one more handshake that is listed. */
  see({ id, notes, messages }: Handshake): void {
    if (notes !== undefined) for (const { code, message } of notes) this.#count(code, id, message);
    for (const message of messages) {
      const words = damageOf(message);
      if (words === undefined) continue;
      this.#count(DAMAGE, id, words);
      return;
    }
  }

  /** A sentence for each kind; not for those of which the capture itself has a note. */
  sentences(notes: readonly Note[]): string[] {
    return [...this.#byCode]
      .filter(([code]) => !notes.some((note) => note.code === code))
      .map(([, { id, words, others }]) => `handshake ${id}: ${words}${others > 0 ? `; the like in ${others} more` : ""}`);
  }

  #count(code: string, id: number, words: string): void {
    const known = this.#byCode.get(code);
    if (known === undefined) this.#byCode.set(code, { id, words, others: 0 });
    else {
      known.others++;
      // The one with the lowest number is told, whichever connection ends first.
      if (id < known.id) Object.assign(known, { id, words });
    }
  }
}

/** What is wrong with a message that is cut, or does not fit its own lengths or the specification. */
function damageOf(message: Message): string | undefined {
  if (message.malformed !== undefined) return `${message.type} not read whole: ${message.malformed}`;
  if (!("extensions" in message) || message.extensions === undefined) return undefined;
  for (const { id, name, malformed, duplicate } of message.extensions) {
    if (malformed !== undefined) return `extension ${name ?? id} of ${message.type} not read: ${malformed}`;
    if (duplicate === true) return `extension ${name ?? id} stands in ${message.type} more than once`;
  }
  return undefined;
}
