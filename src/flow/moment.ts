/** When and where in the capture something was seen. */

/** A point in the capture; a {@link ../capture/frame.ts Frame} is one. */
export interface Moment {
  /** Packet number, from 1. */
  readonly number: number;
  /** Microseconds since 1970, an integer. */
  readonly time: number;
  /** 0 to 999, the rest of a nanosecond timestamp. */
  readonly nanos: number;
  /** Decimal digits of a second that the capture's clock resolves. */
  readonly digits: number;
}

/** A copy that outlives the packet's callback; everything kept of one packet shares it. */
export function momentOf(moment: Moment): Moment {
  const { number, time, nanos, digits } = moment;
  if (last.number !== number || last.time !== time || last.nanos !== nanos || last.digits !== digits)
    last = new Instant(number, time, nanos, digits);
  return last;
}

/**
 * Made by a constructor, not as an object literal: V8 would come to allocate long-lived literals elsewhere, and recompile all code that
 * makes them, which is everything that reads a connection.
 */
class Instant implements Moment {
  readonly number: number;
  readonly time: number;
  readonly nanos: number;
  readonly digits: number;

  constructor(number: number, time: number, nanos: number, digits: number) {
    this.number = number;
    this.time = time;
    this.nanos = nanos;
    this.digits = digits;
  }
}

let last: Moment = new Instant(0, 0, 0, 0);

let lastSecond = Number.NaN;
let lastText = "";

/** RFC 3339 in UTC, with as many digits as the capture's clock has, nine at most. */
export function timeText(moment: Moment): string {
  const { time, nanos, digits } = moment;
  // Many messages come in the packet of the one before.
  if (time !== written.time || nanos !== written.nanos || digits !== written.digits)
    written = { time, nanos, digits, text: textOf(time, nanos, digits) };
  return written.text;
}

let written = { time: Number.NaN, nanos: 0, digits: 0, text: "" };

function textOf(time: number, nanos: number, precision: number): string {
  const second = Math.floor(time / 1_000_000);
  if (second !== lastSecond) {
    const date = new Date(second * 1000);
    lastText = Number.isNaN(date.getTime()) ? "1970-01-01T00:00:00" : date.toISOString().slice(0, 19);
    lastSecond = second;
  }
  const digits = Math.min(Math.max(precision, 0), 9);
  if (digits === 0) return `${lastText}Z`;
  // With a 1 before them, so that leading zeros stay.
  const fraction = String(1_000_000_000 + (time - second * 1_000_000) * 1000 + nanos);
  return `${lastText}.${fraction.slice(1, 1 + digits)}Z`;
}
