/** Addresses in certificates: four octets, or sixteen (RFC 5280 §4.2.1.6). */
import { toHex } from "../bytes/hex.ts";

/** As text: RFC 5952 for sixteen octets, hex for what is no address. */
export function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return toHex(octets);
  const groups = Array.from({ length: 8 }, (_, at) => (((octets[2 * at] as number) << 8) | (octets[2 * at + 1] as number)).toString(16));
  const text = groups.join(":");
  let longest = "";
  for (const [zeros] of text.matchAll(/\b0(?::0)+\b/g)) if (zeros.length > longest.length) longest = zeros;
  if (longest === "") return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`));
  return `${text.slice(0, at).replace(/:$/, "")}::${text.slice(at + longest.length).replace(/^:/, "")}`;
}
