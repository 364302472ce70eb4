/** Walks through a message that is being redacted: nothing is thrown; a vector that extends beyond the end is cut there. */

/** A place in a message. */
export class Position {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isInside(): boolean {
    return this.at < this.end;
  }

  skip(octets: number): void {
    this.at = Math.min(this.end, this.at + octets);
  }

  number(octets: number): number {
    let value = 0;
    for (let index = 0; index < octets; index++)
      value = value * 256 + (this.at + index < this.end ? (this.bytes[this.at + index] as number) : 0);
    this.skip(octets);
    return value;
  }

  /** Calls `use` with a vector whose length field has `octets` octets, as far as it exists; `isWhole` if it is complete. */
  vector(octets: number, use: (start: number, end: number, isWhole: boolean) => void): void {
    const length = this.number(octets);
    const start = this.at;
    this.skip(length);
    use(start, this.at, this.at - start === length);
  }
}
