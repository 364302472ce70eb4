/**
 * The encoder of the tests, and the only one: numbers, octets and vectors whose length is filled in
 * when their content has been written. Lengths and values are taken as they are given, so damaged
 * messages can be written as well; what does not fit its field throws.
 */

/** Writes big-endian numbers, octets and vectors one after the other. */
export class Wire {
  #octets: number[] = [];

  u8(value: number): this {
    return this.#number(value, 1);
  }

  u16(value: number): this {
    return this.#number(value, 2);
  }

  u24(value: number): this {
    return this.#number(value, 3);
  }

  u32(value: number): this {
    return this.#number(value, 4);
  }

  /** Octets as they are, or their hex (blanks allowed). */
  raw(octets: Uint8Array | readonly number[] | string): this {
    const list = typeof octets === "string" ? hexOctets(octets) : octets;
    for (const octet of list) this.#octets.push(octet);
    return this;
  }

  /** A text of Latin letters, one octet each. */
  text(text: string): this {
    return this.raw(Array.from(text, (sign) => sign.charCodeAt(0) & 0xff));
  }

  /** A vector with a one-octet length before it. */
  vector8(write: (wire: Wire) => void): this {
    return this.#vector(1, write);
  }

  /** A vector with a two-octet length before it. */
  vector16(write: (wire: Wire) => void): this {
    return this.#vector(2, write);
  }

  /** A vector with a three-octet length before it. */
  vector24(write: (wire: Wire) => void): this {
    return this.#vector(3, write);
  }

  /** What has been written. */
  octets(): Uint8Array {
    return Uint8Array.from(this.#octets);
  }

  #vector(lengthOctets: number, write: (wire: Wire) => void): this {
    const inner = new Wire();
    write(inner);
    const content = inner.octets();
    return this.#number(content.length, lengthOctets).raw(content);
  }

  #number(value: number, octets: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** octets) throw new RangeError(`${value} does not fit ${octets} octets`);
    for (let at = octets - 1; at >= 0; at--) this.#octets.push(Math.floor(value / 256 ** at) % 256);
    return this;
  }
}

/** The octets that `write` writes. */
export function wire(write: (wire: Wire) => void): Uint8Array {
  const writer = new Wire();
  write(writer);
  return writer.octets();
}

/** An extension by its number and body. */
export interface ExtensionSpec {
  readonly type: number;
  readonly body: Uint8Array;
}

/** What a ClientHello says. */
export interface ClientHelloSpec {
  readonly legacyVersion: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  /** DTLS only. */
  readonly cookie?: Uint8Array;
  readonly cipherSuites: readonly number[];
  readonly compressionMethods: readonly number[];
  /** Without it the message has no extensions block. */
  readonly extensions?: readonly ExtensionSpec[];
}

/** What a ServerHello says. */
export interface ServerHelloSpec {
  readonly legacyVersion: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions?: readonly ExtensionSpec[];
}

/** The body of a ClientHello. */
export function encodeClientHello(hello: ClientHelloSpec): Uint8Array {
  return wire((body) => {
    body.u16(hello.legacyVersion).raw(hello.random);
    body.vector8((id) => id.raw(hello.sessionId));
    const { cookie, extensions } = hello;
    if (cookie !== undefined) body.vector8((octets) => octets.raw(cookie));
    body.vector16((list) => hello.cipherSuites.forEach((suite) => list.u16(suite)));
    body.vector8((list) => list.raw(hello.compressionMethods));
    if (extensions !== undefined) body.raw(encodeExtensions(extensions));
  });
}

/** The body of a ServerHello. */
export function encodeServerHello(hello: ServerHelloSpec): Uint8Array {
  return wire((body) => {
    body.u16(hello.legacyVersion).raw(hello.random);
    body.vector8((id) => id.raw(hello.sessionId));
    body.u16(hello.cipherSuite).u8(hello.compressionMethod);
    if (hello.extensions !== undefined) body.raw(encodeExtensions(hello.extensions));
  });
}

/** A list of extensions with its length. */
export function encodeExtensions(extensions: readonly ExtensionSpec[]): Uint8Array {
  return wire((block) =>
    block.vector16((list) => extensions.forEach(({ type, body }) => list.u16(type).vector16((content) => content.raw(body)))),
  );
}

function hexOctets(text: string): number[] {
  const digits = text.replace(/\s+/g, "");
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new RangeError(`not hex: ${text}`);
  return Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}
