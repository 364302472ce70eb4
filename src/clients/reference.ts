/**
 * References: recorded hellos in place of a second capture. A name such as `openssl-3.0` or `go` comes in, a {@link Capture} with one
 * handshake goes out that holds nothing but the client's offer: it has no server side.
 */
import { fromHex } from "../bytes/hex.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { decodeMessage } from "../message/decode-message.ts";
import type { ClientHello } from "../message/message.ts";
import { codePoint } from "../registry/codepoint.ts";
import { identifyClient } from "./identify.ts";
import { libraryEntries, type LibraryEntry } from "./library.ts";
import { byVersion } from "./versions.ts";

/** Short names that people type for the clients of the library. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["chrome", "chromium"],
  ["golang", "go"],
  ["nodejs", "node"],
  ["jsse", "java"],
]);

type Protocol = "tls" | "dtls" | "quic";

/** By the first character of a shape's text. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = { t: "tls", d: "dtls", q: "quic" };

/** A client of the library, as `tls-diff clients` lists it. */
export interface Client {
  /** Its name after the `@`. */
  readonly id: string;
  readonly stack: string;
  readonly version?: string;
  readonly program?: string;
  readonly programVersion?: string;
  /** What it imitates. */
  readonly imitates?: string;
  /** Its variants: their names after the `@`, and the setting of each. */
  readonly variants: readonly { readonly id: string; readonly setting: string }[];
}

/** Every client of the library with its variants, sorted by stack, program and version. */
export function listClients(): Client[] {
  const entries = libraryEntries();
  return entries
    .filter((entry) => entry.base === undefined)
    .map(({ id, stack, version, program, programVersion, imitates }) => ({
      id,
      stack,
      ...(version === undefined ? {} : { version }),
      ...(program === undefined ? {} : { program }),
      ...(programVersion === undefined ? {} : { programVersion }),
      ...(imitates === undefined ? {} : { imitates }),
      variants: entries.flatMap((entry) => (entry.base === id && entry.knob !== undefined ? [{ id: entry.id, setting: entry.knob }] : [])),
    }))
    .toSorted((a, b) => order(a, b));
}

function order(a: Client, b: Client): number {
  const kind = (client: Client): string => `${client.imitates === undefined ? 0 : 1} ${client.stack} ${client.program ?? ""}`;
  if (kind(a) !== kind(b)) return kind(a) < kind(b) ? -1 : 1;
  return byVersion(versionOf(a), versionOf(b)) || (a.id < b.id ? -1 : 1);
}

/**
 * The entry that `name` (without `@`) means: the one with that id, or the newest whose id continues `name` after a hyphen, apart from
 * variants and imitators. `undefined` if there is none.
 */
export function findClient(name: string): LibraryEntry | undefined {
  const word = name.toLowerCase();
  const entries = libraryEntries();
  const exact = entries.find(({ id }) => id.toLowerCase() === word);
  if (exact !== undefined) return exact;
  const stem = ALIASES.get(word) ?? word;
  return entries
    .filter(({ id, knob, imitates }) => knob === undefined && imitates === undefined && (id === stem || id.startsWith(`${stem}-`)))
    .toSorted(
      (a, b) => byVersion(versionOf(b), versionOf(a)) || byVersion(b.version ?? "", a.version ?? "") || a.id.length - b.id.length,
    )[0];
}

/** The version of the program, or of the library if there is no program. */
function versionOf({ program, programVersion = "", version = "" }: Client | LibraryEntry): string {
  return program === undefined ? version : programVersion;
}

/** The reference that `name` (without `@`) means, as a capture with one handshake; `undefined` if there is none. */
export async function readReference(name: string): Promise<Capture | undefined> {
  const entry = findClient(name);
  if (entry === undefined) return undefined;
  const protocol = PROTOCOLS[entry.shapeText[0] ?? ""] ?? "tls";
  const hello = await recordedHello(entry.id, protocol);
  const clientStack = identifyClient({ messages: [hello], protocol });
  const nobody = { address: "", port: 0 };
  const handshake: Handshake = {
    id: 1,
    protocol,
    transport: { protocol: protocol === "tls" ? "tcp" : "udp", client: nobody, server: nobody },
    stream: 0,
    reference: entry.id,
    outcome: "incomplete",
    negotiated: {},
    ...(clientStack === undefined ? {} : { clientStack }),
    fingerprints: {},
    messages: [hello],
    events: [],
  };
  return { file: `@${entry.id}`, notes: [], handshakes: [handshake] };
}

/** The decoded hello of an entry. Randoms, session id and key shares are zeros. */
async function recordedHello(id: string, protocol: Protocol): Promise<ClientHello> {
  const { octets, parts } = await import("./tables/octets.ts");
  const line = octets.split("\n").find((candidate) => candidate.startsWith(`${id}|`)) ?? "";
  const kept = parts.trim().split("\n");
  const [, time = "", record = "", places = ""] = line.split("|");
  const hex = places
    .split(".")
    .map((place) => unpacked(kept[Number.parseInt(place, 36)] ?? ""))
    .join("");
  const body = fromHex(hex);
  const fields = {
    type: "client_hello" as const,
    from: "client" as const,
    packet: 1,
    packets: [1],
    time,
    length: body.length,
    ...(record === "" ? {} : { recordVersion: codePoint("versions", Number(record)) }),
  };
  return decodeMessage(1, body, { protocol, from: "client", version: 0, cipherSuite: -1 }, fields) as unknown as ClientHello;
}

/** `(12)` is twelve octets of zeros. */
function unpacked(text: string): string {
  return text.replaceAll(/\((\d+)\)/g, (_, count: string) => "00".repeat(Number(count)));
}
