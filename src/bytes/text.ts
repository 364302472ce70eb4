/**
 * Octets to safe text: printable ASCII as it is, a backslash and every other octet as `\xNN`.
 * Everything from a capture passes through here once, so nothing later can carry control
 * characters into a terminal, a page or a log.
 */

const SIGNS: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  octet < 0x20 || octet > 0x7e || octet === 0x5c ? `\\x${octet.toString(16).padStart(2, "0")}` : String.fromCharCode(octet),
);

/** The octets of `[start, end)` as safe text. */
export function toText(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  if (end - start <= SHORT && isPlain(bytes, start, end))
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  let text = "";
  for (let at = start; at < end; at++) text += SIGNS[bytes[at] as number];
  return text;
}

/** Characters that become a string in one step: appending one by one would build a chain of as many string objects. */
const SHORT = 256;

function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const octet = bytes[at] as number;
    if (octet < 0x20 || octet > 0x7e || octet === 0x5c) return false;
  }
  return true;
}

/** A string from elsewhere (a certificate's UTF-8 name, a file name) made safe the same way, over its UTF-8 octets. */
export function safeText(text: string): string {
  return toText(new TextEncoder().encode(text));
}
