/**
 * A checked big-endian reader over one window of octets. A length-prefixed body is carved into a
 * window of its own before it is read, so a body can never read past its length. What does not
 * fit is signalled by one private throwable, caught at the message or extension boundary.
 */

/** Why a window could not be read. */
export type DecodeFaultCode = "truncated" | "trailing" | "illegal";

/**
 * The signal that a cursor throws. One object is reused, so that hostile input cannot make us
 * build stack traces; whoever catches it must copy what it says ({@link DecodeFault.words}) at once.
 */
export class DecodeFault extends Error {
  code: DecodeFaultCode = "truncated";
  /** What was being read, in the RFC's words. */
  field = "";
  /** Octets from the start of the message body. */
  offset = 0;
  /** Octets that were asked for. */
  wanted = 0;
  /** Octets that were there. */
  had = 0;

  /** One clause: what is wrong, in which field, at which offset. */
  words(): string {
    const place = `${this.field === "" ? "" : ` in ${this.field}`} at offset ${this.offset}`;
    if (this.code === "truncated") return `truncated${place}: ${this.wanted} octets wanted, ${this.had} left`;
    if (this.code === "trailing") return `${this.had} octets too many${place}`;
    return `illegal value${place}`;
  }
}

const signal = new DecodeFault();

function fault(code: DecodeFaultCode, cursor: Cursor, wanted: number): DecodeFault {
  signal.code = code;
  signal.field = cursor.field;
  signal.offset = cursor.position - cursor.origin;
  signal.wanted = wanted;
  signal.had = cursor.end - cursor.position;
  return signal;
}

/** A window `[position, end)` over `bytes` that shrinks as it is read. */
export class Cursor {
  readonly bytes: Uint8Array;
  /** Octet offset of the next read, in `bytes`. */
  position: number;
  /** Octet offset after the window, in `bytes`. */
  readonly end: number;
  /** Offset in `bytes` from which faults count their own offset (the start of the message body). */
  readonly origin: number;
  /** The field being read, named by {@link at}; it goes into the fault's words. */
  field: string;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length, origin: number = start, field = "") {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.origin = origin;
    this.field = field;
  }

  /** Octets left in the window. */
  get remaining(): number {
    return this.end - this.position;
  }

  /** Names what is read next. */
  at(field: string): this {
    this.field = field;
    return this;
  }

  u8(): number {
    const at = this.#advance(1);
    return this.bytes[at] as number;
  }

  u16(): number {
    const at = this.#advance(2);
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
  }

  u24(): number {
    const at = this.#advance(3);
    return ((this.bytes[at] as number) << 16) | ((this.bytes[at + 1] as number) << 8) | (this.bytes[at + 2] as number);
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  /** A view (not a copy) of the next `length` octets. */
  take(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.bytes.subarray(at, at + length);
  }

  /** A view of everything that is left. */
  rest(): Uint8Array {
    return this.take(this.remaining);
  }

  /** Passes over the next `length` octets. */
  skip(length: number): void {
    this.#advance(length);
  }

  /** Carves the next `length` octets into a window of their own. */
  sub(length: number): Cursor {
    const at = this.#advance(length);
    return new Cursor(this.bytes, at, at + length, this.origin, this.field);
  }

  /** A window with a one-octet length before it (`<0..2^8-1>`). */
  vector8(): Cursor {
    return this.sub(this.u8());
  }

  /** A window with a two-octet length before it (`<0..2^16-1>`). */
  vector16(): Cursor {
    return this.sub(this.u16());
  }

  /** A window with a three-octet length before it (`<0..2^24-1>`). */
  vector24(): Cursor {
    return this.sub(this.u24());
  }

  /** Reads the window to its end with `read`, which must advance. */
  all<T>(read: (cursor: this) => T): T[] {
    const list: T[] = [];
    while (this.position < this.end) list.push(read(this));
    return list;
  }

  /** Demands that nothing is left. */
  finish(): void {
    if (this.position < this.end) throw fault("trailing", this, 0);
  }

  /** The fault to throw for a value that the specification forbids. */
  illegal(): DecodeFault {
    return fault("illegal", this, 0);
  }

  #advance(length: number): number {
    const at = this.position;
    if (length > this.end - at) throw fault("truncated", this, length);
    this.position = at + length;
    return at;
  }
}
