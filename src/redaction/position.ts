/** Reading a message whose octets are replaced: nothing is thrown, and what its lengths promise beyond its end is not there. */

/** A place in a message; what lies past its end is not there. */
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

  /** A vector whose length has `octets` octets, as far as it is there: `isWhole` if all of it is. */
  vector(octets: number, use: (start: number, end: number, isWhole: boolean) => void): void {
    const length = this.number(octets);
    const start = this.at;
    this.skip(length);
    use(start, this.at, this.at - start === length);
  }
}
