/** The shape of a registry as text: small to load, and read only when its first number is looked up. */

/** One registry. In both texts each line is `hex|name` or `first-last|name`; a third field is OpenSSL's name of a suite (`=`: the same). */
export interface Table {
  /** Octets of a number on the wire; 0 where it is a variable-length integer (RFC 9000 §16). */
  readonly octets: number;
  /** What IANA has assigned. */
  readonly assigned: string;
  /** What is seen on wires but not assigned: drafts, private use, history. */
  readonly seen: string;
}

/** A line of a {@link Table}. */
export interface TableEntry {
  readonly first: number | bigint;
  readonly last: number | bigint;
  readonly name: string;
  readonly openssl: string | undefined;
}

/** The entries of one text of a table, in its order. Numbers beyond 2^53 are bigints. */
export function entriesOf(text: string): TableEntry[] {
  const list: TableEntry[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [span = "", name = "", alias] = line.split("|");
    const [low = "", high = low] = span.split("-");
    list.push({ first: numberOf(low), last: numberOf(high), name, openssl: alias === "=" ? name : alias });
  }
  return list;
}

function numberOf(digits: string): number | bigint {
  return digits.length > 13 ? BigInt(`0x${digits}`) : Number.parseInt(digits, 16);
}
