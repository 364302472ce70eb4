/**
 * Which form of a message a version uses: the negotiated version as on the wire comes in. DTLS
 * versions are given as their TLS counterparts.
 */

/** TLS 1.3, one of its drafts (0x7fNN), or an experiment that was deployed before it (Chrome 0x7eNN, Facebook 0xfbNN). */
export function isTls13(version: number): boolean {
  const major = version >> 8;
  return version === 0x0304 || version === 0xfefc || major === 0x7f || major === 0x7e || major === 0xfb;
}

/** The number of a TLS 1.3 draft, or `Infinity` for what came after all of them. */
export function draftOf(version: number): number {
  return version >> 8 === 0x7f ? version & 0xff : Infinity;
}
