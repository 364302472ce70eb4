/**
 * A pcapng timestamp (64 bits of ticks, as two unsigned halves) to microseconds and nanoseconds, exactly
 * and without big integers, for each resolution that an interface can state. A time outside the range that
 * the model can carry becomes the nearest one inside it.
 */
import type { Frame } from "./frame.ts";

/** The last microsecond that a frame can carry. */
const LAST = Number.MAX_SAFE_INTEGER;

/** The clock of one interface. */
export class Clock {
  /** Decimal digits of a second that a tick resolves, 9 at most. */
  readonly digits: number;
  readonly #binary: boolean;
  /** Ticks in a second are 10 or 2 to this power. */
  readonly #exponent: number;
  /** Ticks in a microsecond, or microseconds in a tick, where that is a power of ten. */
  readonly #ticks: number;
  /** Microseconds to add to each time. */
  readonly #shift: number;

  /** `resolution` is the octet of the option if_tsresol, `offset` the seconds of if_tsoffset (draft-ietf-opsawg-pcapng §4.2). */
  constructor(resolution: number, offset: number) {
    this.#binary = (resolution & 0x80) !== 0;
    this.#exponent = resolution & 0x7f;
    this.#ticks = 10 ** Math.abs(this.#exponent - 6);
    this.#shift = offset * 1_000_000;
    this.digits = Math.min(9, this.#binary ? Math.ceil(this.#exponent * Math.LOG10E * Math.LN2) : this.#exponent);
  }

  /** Puts the time of the ticks at `at` (the upper half first) into a frame. Returns false if it lies outside of what a frame can carry. */
  stamp(frame: Frame, view: DataView, at: number, little: boolean): boolean {
    const high = view.getUint32(at, little);
    const low = view.getUint32(at + 4, little);
    const exponent = this.#exponent;
    if (this.#binary) {
      this.#stampBinary(frame, high, low);
    } else if (exponent <= 6) {
      frame.time = (high * 0x1_0000_0000 + low) * this.#ticks;
      frame.nanos = 0;
    } else if (exponent <= 12) {
      // Long division by at most 10^6: each step stays below 2^53.
      const ticks = this.#ticks;
      const quotient = Math.floor(high / ticks);
      const rest = (high - quotient * ticks) * 0x1_0000_0000 + low;
      const microseconds = Math.floor(rest / ticks);
      frame.time = quotient * 0x1_0000_0000 + microseconds;
      frame.nanos = Math.floor(((rest - microseconds * ticks) * 1000) / ticks);
    } else {
      // So fine a clock spans less than 22 days: 53 bits of it are finer than a nanosecond.
      const nanoseconds = Math.floor((high * 0x1_0000_0000 + low) / 10 ** (exponent - 9));
      frame.time = Math.floor(nanoseconds / 1000);
      frame.nanos = nanoseconds % 1000;
    }
    frame.time += this.#shift;
    frame.digits = this.digits;
    if (frame.time >= 0 && frame.time <= LAST) return true;
    frame.time = frame.time > 0 ? LAST : 0;
    frame.nanos = 0;
    return false;
  }

  #stampBinary(frame: Frame, high: number, low: number): void {
    const exponent = this.#exponent;
    // The fraction keeps its upper 32 bits at most, which are finer than a nanosecond.
    const bits = Math.min(exponent, 32);
    const wholeTicks = 2 ** (exponent - bits);
    const upper = Math.floor(high / wholeTicks);
    const ticks = Math.floor(((high % wholeTicks) * 0x1_0000_0000 + low) / wholeTicks);
    const unit = 2 ** bits;
    const fraction = ticks % unit;
    const millionths = Math.floor((fraction * 1_000_000) / unit);
    frame.time = ((upper * 0x1_0000_0000 + (ticks - fraction)) / unit) * 1_000_000 + millionths;
    frame.nanos = Math.floor(((fraction * 1_000_000 - millionths * unit) * 1000) / unit);
  }
}
