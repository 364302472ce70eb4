/**
 * Snapshots as files: what `diff/snapshot.ts` keeps of handshakes, as text with one item per line, so that a
 * change of one cipher suite changes one line; and back to a capture that can be used like any other.
 */
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { isRecord } from "./words.ts";

/** Where the schema of a snapshot is published. */
const SNAPSHOT_SCHEMA = "https://unpkg.com/tls-diff@0/src/report/schema/snapshot.v1.json";

/** The version of the format. */
const SNAPSHOT_VERSION = 1;
/** Characters of the longest object that is put on one line. */
const LINE = 120;

/** Is the value a snapshot of any version? */
export function isSnapshot(value: unknown): boolean {
  return isRecord(value) && "snapshotVersion" in value;
}

/** The file of a snapshot: every list member has its own line, and so has every key with a plain value. */
export function snapshotText(handshakes: readonly object[]): string {
  return `${lines({ $schema: SNAPSHOT_SCHEMA, snapshotVersion: SNAPSHOT_VERSION, handshakes }, "")}\n`;
}

/** A snapshot as a capture; `value` fits the schema. What a snapshot does not keep is empty, zero or the year 1970. */
export function snapshotCapture(value: { readonly handshakes: readonly object[] }, file: string): Capture {
  return { file, format: "snapshot", notes: [], handshakes: value.handshakes.map(restored) };
}

const NOBODY = { address: "0.0.0.0", port: 0 } as const;
const NEVER = "1970-01-01T00:00:00Z";

function restored(kept: object, index: number): Handshake {
  const { messages, failure, ...others } = kept as Partial<Handshake>;
  return {
    negotiated: {},
    fingerprints: {},
    ...others,
    ...(failure === undefined ? {} : { failure: { ...failure, packet: 0 } }),
    id: index + 1,
    stream: index,
    transport: { protocol: others.protocol === "dtls" || others.protocol === "quic" ? "udp" : "tcp", client: NOBODY, server: NOBODY },
    messages: (messages ?? []).map(restoredMessage),
    events: [],
    snapshot: true,
  } as Handshake;
}

function restoredMessage(message: Handshake["messages"][number]): Handshake["messages"][number] {
  const { type } = message;
  const isHello = type === "client_hello" || type === "server_hello" || type === "hello_retry_request";
  const { random = "", sessionId = "" } = message as { random?: string; sessionId?: string };
  const hello = isHello ? { random, sessionId } : {};
  const chain = type === "certificate" ? { certificates: [] } : {};
  return Object.assign({}, message, hello, chain, { packet: 0, packets: [], time: NEVER, length: 0 });
}

function lines(value: unknown, margin: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  const members = isList ? value.map((member: unknown) => ["", member] as const) : Object.entries(value).map(named);
  if (members.length === 0) return isList ? "[]" : "{}";
  if (!isList && margin.length > 0) {
    const short = shortObject(value);
    if (short !== null && margin.length + short.length < LINE) return short;
  }
  const inner = `${margin}  `;
  const text = members.map(([name, member]) => `${inner}${name}${lines(member, inner)}`).join(",\n");
  return isList ? `[\n${text}\n${margin}]` : `{\n${text}\n${margin}}`;
}

function named([key, member]: readonly [string, unknown]): readonly [string, unknown] {
  return [`${JSON.stringify(key)}: `, member];
}

/** An object of plain values, or of such objects, on one line; `null` for one that holds a list with members. */
function shortObject(value: object): string | null {
  const parts: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    const isPlain = typeof member !== "object" || member === null || (Array.isArray(member) && member.length === 0);
    const text = isPlain ? JSON.stringify(member) : Array.isArray(member) ? null : shortObject(member as object);
    if (text === null) return null;
    parts.push(`${JSON.stringify(key)}: ${text}`);
  }
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
