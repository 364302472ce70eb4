/**
 * Code points in the shape of the model and the JSON: a number comes
 * in, its hex text and its name go out, as one shared object for each number. A number without
 * a name is not an error: its name is `null`.
 */
import { hexNumber } from "../bytes/hex.ts";
import { registries, type RegistryName } from "./registries.ts";
import { entriesOf, type TableEntry } from "./table.ts";

export type { RegistryName } from "./registries.ts";

/** A number of a registry with its name, or `null` if the registry has none. */
export interface CodePoint {
  /** `0x` and as many lower-case hex digits as the field has octets. */
  readonly id: string;
  /** As IANA spells it; `GREASE` for RFC 8701 values. */
  readonly name: string | null;
  /** Cipher suites only: the name that OpenSSL uses. */
  readonly openssl?: string;
}

/** Numbers of one registry that are kept: enough for a two-octet field. Only hostile input has more; those objects are not shared. */
const KEPT = 65_536;

/**
 * The code point of `value`, the same frozen object every time (as long as fewer than {@link KEPT} numbers
 * of the registry were seen). `value` is what the wire carries; a bigint where a QUIC integer exceeds 2^53.
 * In a registry of variable-length integers the id has the fewest digits that make whole octets.
 */
export function codePoint(registry: RegistryName, value: number | bigint): CodePoint {
  const names = (opened[registry] ??= open(registry));
  const key = typeof value === "bigint" && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  const known = names.points.get(key);
  if (known !== undefined) return known;
  const point = make(registry, key, names);
  if (names.points.size < KEPT) names.points.set(key, point);
  return point;
}

/** The numbers that IANA has assigned in a registry, ascending; ranges, GREASE, and private values are not among them. */
export function registered(registry: RegistryName): number[] {
  const single = entriesOf(registries[registry].table.assigned).filter((entry) => entry.first === entry.last);
  return single.map((entry) => entry.first).filter((value) => typeof value === "number");
}

/** Is there a number of a registry with this name, IANA's or OpenSSL's, in any letter case? */
export function isKnownName(registry: RegistryName, name: string): boolean {
  const { assigned, seen } = registries[registry].table;
  const wanted = name.toLowerCase();
  const names = [...entriesOf(assigned), ...entriesOf(seen)].flatMap((entry) => [entry.name, entry.openssl ?? ""]);
  return wanted === "grease" || names.some((known) => known.toLowerCase() === wanted);
}

/** A registry whose table has been read. */
interface Names {
  readonly points: Map<number | bigint, CodePoint>;
  readonly ranges: readonly TableEntry[];
}

const opened: { [registry in RegistryName]?: Names } = {};

function open(registry: RegistryName): Names {
  const { octets, assigned, seen } = registries[registry].table;
  const points = new Map<number | bigint, CodePoint>();
  const ranges: TableEntry[] = [];
  for (const entry of [...entriesOf(assigned), ...entriesOf(seen)]) {
    if (entry.first !== entry.last) ranges.push(entry);
    else points.set(entry.first, freeze(hex(entry.first, octets), entry.name, entry.openssl));
  }
  return { points, ranges };
}

function make(registry: RegistryName, value: number | bigint, names: Names): CodePoint {
  const { table, isGrease, isGreaseUnlessNamed } = registries[registry];
  const id = hex(value, table.octets);
  if (typeof value === "number" && isGrease?.(value)) return freeze(id, "GREASE");
  const range = names.ranges.find((entry) => value >= entry.first && value <= entry.last);
  if (range !== undefined) return freeze(id, range.name);
  return freeze(id, isGreaseUnlessNamed?.(value) ? "GREASE" : null);
}

function hex(value: number | bigint, octets: number): string {
  return hexNumber(value, octets === 0 ? Math.ceil(value.toString(16).length / 2) : octets);
}

function freeze(id: string, name: string | null, openssl?: string): CodePoint {
  return Object.freeze(openssl === undefined ? { id, name } : { id, name, openssl });
}
