/** The first octets of an input to the name of the compression it lies in; decompression is the door's business, not ours. */

/** `gzip` (RFC 1952) or `zstd` (RFC 8878), if the input begins like one; four octets decide. */
export function sniffCompression(head: Uint8Array): "gzip" | "zstd" | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return "zstd";
  const skippable = head[0] !== undefined && (head[0] & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
  return skippable ? "zstd" : undefined;
}
