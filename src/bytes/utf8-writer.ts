/**
 * Writes text as UTF-8 into one buffer that is reused: allocating a buffer for each text, and building one string out of many pieces,
 * costs more than writing the octets.
 */

/** Octets of the buffer at first. One that grew for a long text is not kept. */
const ROOM = 131_072;
/** UTF-8 takes at most three octets for one UTF-16 code unit. */
const LONGEST_UNIT = 3;
const encoder = new TextEncoder();
/** Digits of the largest number that is written digit by digit, and the first number that is not. */
const DIGITS = 9;
const LARGE = 1_000_000_000;

/** A growing buffer of UTF-8. */
export class Utf8Writer {
  #room = new Uint8Array(ROOM);
  #length = 0;

  /** Octets that were written. */
  get length(): number {
    return this.#length;
  }

  /** What was written; valid until {@link clear}. */
  get octets(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  /** Forgets what was written. */
  clear(): void {
    this.#length = 0;
    if (this.#room.length > ROOM) this.#room = new Uint8Array(ROOM);
  }

  /** Appends octets that are UTF-8 already. */
  copy(octets: Uint8Array): void {
    this.#reserve(octets.length);
    this.#room.set(octets, this.#length);
    this.#length += octets.length;
  }

  /** Appends a string of any length. */
  text(text: string): void {
    this.#reserve(text.length * LONGEST_UNIT);
    this.#length += encoder.encodeInto(text, this.#room.subarray(this.#length)).written;
  }

  /** Appends one ASCII character. */
  sign(code: number): void {
    this.#reserve(1);
    this.#room[this.#length++] = code;
  }

  /** Appends a string in quotes as in JSON, if it is ASCII without anything to escape; otherwise appends nothing and returns false. */
  quoted(text: string): boolean {
    const { length } = text;
    this.#reserve(length + 2);
    const room = this.#room;
    let to = this.#length;
    room[to++] = 0x22;
    for (let at = 0; at < length; at++) {
      // V8 has so many kinds of strings that `text.charCodeAt` becomes megamorphic, and slow; the method of the prototype stays fast.
      const unit = String.prototype.charCodeAt.call(text, at);
      if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
      room[to++] = unit;
    }
    room[to++] = 0x22;
    this.#length = to;
    return true;
  }

  /** Appends a number as JavaScript writes it. */
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
