/** Octets to lower-case hex text and back. */

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Octets converted at once. */
const PIECE = 2_048;
const written = new Uint8Array(2 * PIECE);

/** Lower-case hex, two digits an octet, no separators. */
export function toHex(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = "";
  for (let from = start; from < end; from += PIECE) text += pieceToHex(bytes, from, Math.min(end, from + PIECE));
  return text;
}

/** The digits become a string in one step: appending pair by pair would build a chain of as many string objects. */
function pieceToHex(bytes: Uint8Array, start: number, end: number): string {
  let length = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] as number;
    written[length++] = DIGITS[octet >> 4] as number;
    written[length++] = DIGITS[octet & 15] as number;
  }
  return String.fromCharCode.apply(null, written.subarray(0, length) as unknown as number[]);
}

/** The octets of a hex text; blanks are passed over. Throws `RangeError` on anything else. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) throw new RangeError("not a hex text");
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

/** A wire number as `0x` and as many digits as its field has octets. */
export function hexNumber(value: number | bigint, octets: number): string {
  return `0x${value.toString(16).padStart(2 * octets, "0")}`;
}
