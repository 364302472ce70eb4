/**
 * Values that mean nothing and are sent so that peers keep ignoring what they do not know:
 * RFC 8701 for TLS, RFC 9000 for QUIC. In a comparison they are noise, except for their position.
 */

/** The 16 two-octet values of RFC 8701 §2: both octets equal, low nibble `a` (0x0a0a, 0x1a1a, … 0xfafa). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

/** The 8 values of RFC 8701 §2 for PskKeyExchangeMode: 0x0b, 0x2a, 0x49, … 0xe4. */
export function isGreasePskMode(value: number): boolean {
  return value >= 0x0b && value <= 0xe4 && (value - 0x0b) % 0x1f === 0;
}

/** A protocol name (as in the model: safe text) that is one of the 16 of RFC 8701 §2: two octets, such as `\x0a\x0a` or `JJ`. */
export function isGreaseAlpn(name: string): boolean {
  return /^(?:\*\*|::|JJ|ZZ|jj|zz|\\x0a\\x0a|\\x1a\\x1a|\\x8a\\x8a|\\x9a\\x9a|\\xaa\\xaa|\\xba\\xba|\\xca\\xca|\\xda\\xda|\\xea\\xea|\\xfa\\xfa)$/.test(
    name,
  );
}

/** QUIC versions kept to force version negotiation: 0x?a?a?a?a (RFC 9000 §15). */
export function isGreaseQuicVersion(value: number): boolean {
  return (value & 0x0f0f0f0f) >>> 0 === 0x0a0a0a0a;
}

/** QUIC transport parameters 31·N + 27 (RFC 9000 §18.1). A few assigned numbers have that form too. */
export function isGreaseTransportParameter(value: number | bigint): boolean {
  return typeof value === "bigint" ? value % 31n === 27n : value % 31 === 27;
}
