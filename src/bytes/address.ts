/** Addresses as four 32-bit words, and their text. An IPv4 address is one word; the others are 0. */

/** The big-endian word at `at`, as a signed 32-bit integer. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}

/** Dotted decimal for IPv4; RFC 5952 for IPv6. */
export function addressText(ipVersion: number, words: readonly [number, number, number, number]): string {
  if (ipVersion === 4) {
    const word = words[0];
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${addressText(4, [words[3], 0, 0, 0])}`;
  }
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

function longestZeroRun(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best[1]) best = [start, length];
  }
  return best;
}
