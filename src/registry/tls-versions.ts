/** What a version number on the wire means beyond its name. */

/** TLS 1.3, one of its drafts (0x7fNN), or an experiment that was deployed before it (Chrome 0x7eNN, Facebook 0xfbNN). */
export function isTls13(version: number | undefined): boolean {
  if (version === undefined) return false;
  const major = version >> 8;
  return version === 0x0304 || version === 0xfefc || major === 0x7f || major === 0x7e || major === 0xfb;
}

/** The number of a TLS 1.3 draft, or `Infinity` for what came after all of them. */
export function draftOf(version: number): number {
  return version >> 8 === 0x7f ? version & 0xff : Infinity;
}

/** The TLS version that corresponds to a DTLS version; any other number is returned unchanged (RFC 9147 §5.3). */
export function tlsCounterpart(version: number): number {
  switch (version) {
    case 0xfefc:
      return 0x0304;
    case 0xfefd:
      return 0x0303;
    case 0xfeff:
    case 0x0100:
      return 0x0302;
    default:
      return version;
  }
}
