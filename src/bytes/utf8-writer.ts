/**
 * Text in UTF-8, one piece behind the other in a room that is used again and again: to make room for each text anew, and a text out of many,
 * costs more than the octets themselves.
 */

/** Octets of the room at first. One that a long text made larger is not kept. */
const ROOM = 131_072;
/** UTF-8 takes three octets at most for a unit of UTF-16. */
const LONGEST_UNIT = 3;
const encoder = new TextEncoder();
/** Digits of the largest number that is written digit by digit, and the first that is not. */
const DIGITS = 9;
const LARGE = 1_000_000_000;

export class Utf8Writer {
  #room = new Uint8Array(ROOM);
  #length = 0;

  /** Octets that were written. */
  get length(): number {
    return this.#length;
  }

  /** What was written, good until {@link clear}. */
  get octets(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  /** Begins anew. */
  clear(): void {
    this.#length = 0;
    if (this.#room.length > ROOM) this.#room = new Uint8Array(ROOM);
  }

  /** Octets that are UTF-8 already. */
  copy(octets: Uint8Array): void {
    this.#reserve(octets.length);
    this.#room.set(octets, this.#length);
    this.#length += octets.length;
  }

  /** A text of any length. */
  text(text: string): void {
    this.#reserve(text.length * LONGEST_UNIT);
    this.#length += encoder.encodeInto(text, this.#room.subarray(this.#length)).written;
  }

  /** One sign of ASCII. */
  sign(code: number): void {
    this.#reserve(1);
    this.#room[this.#length++] = code;
  }

  /** A text in quotes as JSON has it, if nothing in it needs an escape and all of it is ASCII; else nothing, and `false`. */
  quoted(text: string): boolean {
    const { length } = text;
    this.#reserve(length + 2);
    const room = this.#room;
    let to = this.#length;
    room[to++] = 0x22;
    for (let at = 0; at < length; at++) {
      // V8 has more kinds of strings than it tells apart where each is asked for its own method, and then asks slowly, sign by sign.
      const unit = String.prototype.charCodeAt.call(text, at);
      if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
      room[to++] = unit;
    }
    room[to++] = 0x22;
    this.#length = to;
    return true;
  }

  /** A number as JavaScript writes it. */
  number(value: number): void {
    if (!(value >= 0 && value < LARGE && Number.isInteger(value))) {
      this.text(String(value));
      return;
    }
    this.#reserve(DIGITS);
    let to = this.#length + 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) to++;
    this.#length = to;
    let rest = value | 0;
    do {
      const tens = (rest / 10) | 0;
      this.#room[--to] = 0x30 + rest - tens * 10;
      rest = tens;
    } while (rest > 0);
  }

  #reserve(octets: number): void {
    if (this.#length + octets <= this.#room.length) return;
    const room = new Uint8Array(Math.max(2 * this.#room.length, this.#length + octets));
    room.set(this.octets);
    this.#room = room;
  }
}
