/**
 * SSL 2.0 hellos, by which clients of the 1990s and 2000s also offered newer versions (RFC 5246
 * Appendix E.2): how one is recognised at the beginning of a connection. Nothing else of SSL 2.0 is read.
 */

/** Octets of the record header without padding. */
export const SSLV2_HEADER = 2;

/** Octets that are enough to recognise a hello. */
const CLIENT_HEAD = 11;
const SERVER_HEAD = 13;

/** Octets of the message after the header at `at`. */
export function sslv2Length(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) & 0x7f) << 8) | (bytes[at + 1] as number);
}

/** Does an SSL 2.0 CLIENT-HELLO or SERVER-HELLO begin at `at`, with lengths that add up? */
export function beginsSslv2(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < CLIENT_HEAD || ((bytes[at] as number) & 0x80) === 0) return false;
  const length = sslv2Length(bytes, at);
  const u16 = (offset: number): number => ((bytes[at + offset] as number) << 8) | (bytes[at + offset + 1] as number);
  switch (bytes[at + 2]) {
    case 1: {
      const version = u16(3);
      const known = version === 0x0002 || (version >= 0x0300 && version <= 0x0304);
      return known && u16(5) > 0 && u16(5) % 3 === 0 && length === 9 + u16(5) + u16(7) + u16(9);
    }
    case 4:
      return end - at >= SERVER_HEAD && u16(5) === 0x0002 && u16(9) % 3 === 0 && length === 11 + u16(7) + u16(9) + u16(11);
    default:
      return false;
  }
}
