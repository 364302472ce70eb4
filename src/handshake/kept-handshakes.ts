/** Keeps the handshakes of a report that needs all of them, as far as memory allows. */
import { counted, NOT_KEPT, type Note } from "../fault/note.ts";
import type { Handshake } from "./handshake.ts";

/** A cap on the memory that the handshakes of one or several captures take together. */
export class KeptOctets {
  readonly #bound: number;
  #octets = 0;
  #kept = 0;
  #isFull = false;

  /** At most `bound` octets of memory, roughly. */
  constructor(bound: number) {
    this.#bound = bound;
  }

  /** May the handshake be kept? After the first refusal all later ones are refused, so that the handshakes kept are the first ones. */
  admits(handshake: Handshake): boolean {
    if (this.#isFull) return false;
    this.#octets += sizeOf(handshake);
    this.#isFull = this.#octets > this.#bound;
    if (!this.#isFull) this.#kept++;
    return !this.#isFull;
  }

  /** The note of a capture of which `count` handshakes were not kept. */
  noteOf(count: number): Note {
    const why =
      this.#kept === 0
        ? "the first one alone exceeds the memory limit for all"
        : `the first ${this.#kept === 1 ? "one reaches" : `${this.#kept} reach`} the memory limit for all`;
    const message = `${counted(count, "handshake")} not kept: ${why}`;
    return { code: NOT_KEPT, count, message };
  }
}

/** The handshakes kept of one capture. */
export class KeptHandshakes {
  readonly list: Handshake[] = [];
  readonly #octets: KeptOctets;
  #notKept = 0;

  constructor(octets: KeptOctets) {
    this.#octets = octets;
  }

  /** Keeps one more, or counts it. */
  take(handshake: Handshake): void {
    if (this.#octets.admits(handshake)) this.list.push(handshake);
    else this.#notKept++;
  }

  /** A note that some are missing, if any are. */
  get notes(): Note[] {
    return this.#notKept === 0 ? [] : [this.#octets.noteOf(this.#notKept)];
  }
}

const OBJECT = 32;
const ENTRY = 8;
const TEXT = 16;

/** An upper estimate of the memory that plain data takes, in octets; shared parts are counted each time. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return TEXT + value.length;
  if (typeof value !== "object" || value === null) return 0;
  let size = OBJECT;
  if (Array.isArray(value)) for (const part of value) size += ENTRY + sizeOf(part);
  else for (const key in value) size += ENTRY + sizeOf((value as Readonly<Record<string, unknown>>)[key]);
  return size;
}
