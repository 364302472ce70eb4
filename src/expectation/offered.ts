/** The lists of a client hello as a user names them: code points in wire order, wherever in the hello they are. */
import { isCodePoint, isFields, type Fields } from "../diff/identity.ts";
import type { Handshake } from "../handshake/handshake.ts";
import type { OfferedList } from "./expectation.ts";

/** A member of a list, with every name for it; the first one is shown. */
export interface Offered {
  readonly label: string;
  /** In lower case. */
  readonly names: readonly string[];
  /** The number of a code point; -1 for a text. */
  readonly number: number;
}

/** The members of a list in the first client hello, in wire order; empty if it is absent. */
export function offeredIn(handshake: Handshake, list: OfferedList): Offered[] {
  const hello = handshake.messages.find(({ type }) => type === "client_hello") as unknown as Fields | undefined;
  return hello === undefined ? [] : membersOf(hello, list).flatMap(offered);
}

/** The highest version that the client offers, its name; `undefined` without a hello. */
export function highestVersion(handshake: Handshake): Offered | undefined {
  const hello = handshake.messages.find(({ type }) => type === "client_hello") as unknown as Fields | undefined;
  if (hello === undefined) return undefined;
  const versions = offeredIn(handshake, "versions").filter(({ label }) => label !== "GREASE");
  const rank = ({ number }: Offered): number => (number >= 0xfe00 ? 0x1_0000 - number : number);
  const best = versions.toSorted((a, b) => rank(b) - rank(a))[0];
  return best ?? offered(hello["legacyVersion"])[0];
}

/** Is the member called that? */
export function isNamed(member: Offered, name: string): boolean {
  return member.names.includes(name.toLowerCase());
}

/** Where to find the lists that are not fields of the hello: the extension's number, and the key in its data. */
const PLACES: Readonly<Partial<Record<OfferedList, readonly [id: string, key: string]>>> = {
  versions: ["0x002b", "versions"],
  groups: ["0x000a", "groups"],
  keyShares: ["0x0033", "entries"],
  signatureSchemes: ["0x000d", "schemes"],
  alpn: ["0x0010", "protocols"],
};

function membersOf(hello: Fields, list: OfferedList): readonly unknown[] {
  const place = PLACES[list];
  if (place === undefined) return listOf(hello[list]);
  const extension = listOf(hello["extensions"]).find((member) => isCodePoint(member) && member.id === place[0]);
  const data = isFields(extension) ? extension["data"] : undefined;
  return isFields(data) ? listOf(data[place[1]]) : [];
}

function offered(member: unknown): Offered[] {
  if (typeof member === "string") return [{ label: member, names: [member.toLowerCase()], number: -1 }];
  if (isCodePoint(member)) {
    const { id, name, openssl } = member as { id: string; name?: unknown; openssl?: unknown };
    const names = [id, name, openssl].filter((word) => typeof word === "string");
    return [{ label: typeof name === "string" ? name : id, names: names.map((word) => word.toLowerCase()), number: Number(id) }];
  }
  return isFields(member) && isCodePoint(member["group"]) ? offered(member["group"]) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
