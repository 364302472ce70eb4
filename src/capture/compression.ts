/** What else an input may be than a plain pcap or snoop file, judged by its first octets: compressed, pcapng, or JSON. */

/** `gzip` (RFC 1952) or `zstd` (RFC 8878), if the input begins like one; four octets decide. */
export function sniffCompression(head: Uint8Array): "gzip" | "zstd" | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return "zstd";
  const skippable = head[0] !== undefined && (head[0] & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
  return skippable ? "zstd" : undefined;
}

/** Is it pcapng? Only such files can carry secrets. */
export function isPcapng(first: Uint8Array): boolean {
  return [0x0a, 0x0d, 0x0d, 0x0a].every((octet, index) => first[index] === octet);
}

/** Is it JSON, that is, a saved report? */
export function isJson(first: Uint8Array): boolean {
  const begin = first.find((octet) => octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09);
  return begin === 0x7b;
}
