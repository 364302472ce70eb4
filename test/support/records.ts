/** TLS records and handshake messages as octets, for the tests of the record room. */

/** Octets one after the other. */
export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A record (RFC 9846 §5.1). */
export function record(type: number, body: Uint8Array | readonly number[], version = 0x0303): Uint8Array {
  return join([type, version >> 8, version & 255, body.length >> 8, body.length & 255], body);
}

/** A handshake message (RFC 9846 §4). */
export function handshake(type: number, body: Uint8Array | readonly number[]): Uint8Array {
  return join([type, body.length >> 16, (body.length >> 8) & 255, body.length & 255], body);
}

/** The body of a hello that is long enough to be one: legacy_version and filling. */
export function helloBody(length = 60): Uint8Array {
  return join(
    [3, 3],
    new Uint8Array(length - 2).map((_, at) => at & 0x7f),
  );
}
