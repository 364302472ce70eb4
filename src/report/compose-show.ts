/**
 * One handshake to a document: the verdict, what was agreed, and every field of every message with
 * its packets and times. Fields that this code does not know are told all the same, by their keys.
 */
import type { Capture, DialogueLine, Handshake, TransportEvent } from "../handshake/handshake.ts";
import type { Extension, Message } from "../message/message.ts";
import { chainLines } from "./chain-words.ts";
import { noteBlocks } from "./compose-list.ts";
import { code, plain, span } from "./document.ts";
import type { Block, Column, Document, Field, Lines, Span } from "./document.ts";
import { echLines } from "./ech-words.ts";
import { verdict } from "./sentence.ts";
import {
  clockText,
  codePointText,
  countText,
  endpointText,
  fileText,
  isCodePoint,
  isRecord,
  keyWords,
  microsecondsBetween,
  protocolText,
  valueText,
} from "./words.ts";

/** The handshake as a document. */
export function composeShow(capture: Capture, handshake: Handshake): Document {
  const start = handshake.messages[0]?.time;
  return {
    blocks: [
      verdict([{ text: handshake.snapshot ? `handshake ${handshake.id}` : fileText(capture.file), tone: "strong" }], handshake),
      { kind: "fields", fields: summary(handshake) },
      ...dialogueBlocks(handshake.dialogue ?? []),
      ...handshake.messages.map((message) => (handshake.snapshot ? keptBlock(message) : messageBlock(message, start))),
      ...transportBlocks(handshake.events),
      ...noteBlocks(capture),
      ...(handshake.notes ?? []).map((note): Block => ({ kind: "note", text: [span(note.message)] })),
    ],
  };
}

/** Keys of a message that its heading tells, or that stand apart. */
const HEADER = new Set(["type", "from", "packet", "packets", "time", "length", "octets", "malformed", "decrypted"]);

function summary(handshake: Handshake): Field[] {
  const { transport, negotiated, fingerprints } = handshake;
  const connection = [
    field("handshake", `${handshake.id}, ${protocolText(handshake)} over ${transport.protocol.toUpperCase()} stream ${handshake.stream}`),
    field("client", endpointText(transport.client)),
    field("server", endpointText(transport.server)),
  ];
  const fields: (Field | null)[] = [
    ...(handshake.snapshot ? [field("protocol", protocolText(handshake))] : connection),
    field("server name", handshake.serverName),
    field("STARTTLS", handshake.startTls),
    field("via", handshake.via),
    field("proxy target", handshake.proxyTarget),
    field("proxy source", handshake.proxySource),
    field("tunnels", handshake.tunnels),
    ...Object.entries(negotiated).map(([key, value]) => field(keyWords(key), value)),
    handshake.ech === undefined ? null : { label: "ECH", value: echLines(handshake.ech) },
    handshake.certificateChain?.server === undefined
      ? null
      : { label: "server chain", value: chainLines(handshake.certificateChain.server) },
    handshake.certificateChain?.client === undefined
      ? null
      : { label: "client chain", value: chainLines(handshake.certificateChain.client) },
    ...Object.entries(fingerprints).map(([key, value]) => field(keyWords(key), value)),
  ];
  return fields.filter((one) => one !== null);
}

function field(label: string, value: unknown): Field | null {
  return value === undefined ? null : { label, value: [[code(valueText(value))]] };
}

function messageBlock(message: Message, start: string | undefined): Block {
  const fields: Field[] = [];
  if (message.malformed !== undefined) fields.push({ label: "malformed", value: [plain(message.malformed, "bad")] });
  for (const [key, value] of Object.entries(message)) {
    if (HEADER.has(key) || value === undefined) continue;
    fields.push(key === "extensions" ? extensionsField(value as readonly Extension[]) : valueField(keyWords(key), value));
  }
  const blocks: Block[] = [
    { kind: "heading", level: 2, text: [code(message.type), span(` from ${message.from}`)], detail: messageDetail(message, start) },
  ];
  if (fields.length > 0) blocks.push({ kind: "fields", fields });
  if (message.octets !== undefined && message.octets !== "") blocks.push({ kind: "octets", hex: message.octets });
  return { kind: "details", title: `${message.type} (packet ${message.packet})`, blocks };
}

/** A message of a snapshot: without packets, times and sizes. */
function keptBlock({ random, ...message }: Message & { random?: string }): Block {
  const kept = { ...(random === "" ? {} : { random }), ...message } as Message;
  const block = messageBlock(kept, undefined);
  if (block.kind !== "details") return block;
  const [heading, ...rest] = block.blocks;
  const detail = message.decrypted ? [span("decrypted", "muted")] : [];
  return { ...block, title: message.type, blocks: heading?.kind === "heading" ? [{ ...heading, detail }, ...rest] : block.blocks };
}

function messageDetail(message: Message, start: string | undefined): Span[] {
  const packets = message.packets.length > 1 ? `packets ${ranges(message.packets)}` : `packet ${message.packet}`;
  const since = start === undefined ? Number.NaN : microsecondsBetween(start, message.time);
  const after = Number.isNaN(since) || since <= 0 ? "" : `, +${(since / 1000).toFixed(3)} ms`;
  const parts = [packets, `${clockText(message.time, 6)}${after}`, countText(message.length, "octet")];
  if (message.decrypted) parts.push("decrypted");
  return [span(parts.join(", "), "muted")];
}

function extensionsField(extensions: readonly Extension[]): Field {
  return {
    label: `extensions (${extensions.length})`,
    fields: extensions.map((extension): Field => {
      // A snapshot tells the length of none that was decoded.
      const size = (extension.length as number | undefined) === undefined ? "" : `, ${countText(extension.length, "octet")}`;
      const label = `${codePointText(extension)}${size}`;
      const parts: Field[] = [];
      if (extension.malformed !== undefined) parts.push({ label: "malformed", value: [plain(extension.malformed, "bad")] });
      if (extension.hex !== undefined && extension.hex !== "") parts.push({ label: "hex", value: [[code(extension.hex)]] });
      for (const [key, value] of Object.entries(extension.data ?? {}))
        if (value !== undefined) parts.push(valueField(keyWords(key), value));
      return parts.length === 0 ? { label } : { label, fields: parts };
    }),
  };
}

/** A value as a line; a list as a line for each member; an object as fields of its own. */
function valueField(label: string, value: unknown): Field {
  if (Array.isArray(value)) {
    const counted = `${label} (${value.length})`;
    if (value.length === 0) return { label, value: [plain("empty", "muted")] };
    if (value.every(isSimple)) return { label: counted, value: value.map((member) => [code(valueText(member))]) };
    return {
      label: counted,
      fields: value.map((member, index): Field => {
        if (isSimple(member)) return { label: valueText(member) };
        return { label: String(index + 1), fields: Object.entries(member as object).flatMap(([key, part]) => objectField(key, part)) };
      }),
    };
  }
  if (isRecord(value) && !isSimple(value)) return { label, fields: Object.entries(value).flatMap(([key, part]) => objectField(key, part)) };
  return { label, value: [[code(valueText(value))]] };
}

function objectField(key: string, part: unknown): Field[] {
  if (part === undefined) return [];
  if (key === "extensions" && Array.isArray(part)) return [extensionsField(part as Extension[])];
  return [valueField(keyWords(key), part)];
}

/** One line is enough for it. */
function isSimple(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return false;
  if (isCodePoint(value) && !("data" in value)) return true;
  const parts = Object.values(value);
  return parts.length <= 3 && parts.every((part) => typeof part !== "object" || isCodePoint(part));
}

/** What was said in plaintext before TLS, or instead of it. */
function dialogueBlocks(dialogue: readonly DialogueLine[]): Block[] {
  if (dialogue.length === 0) return [];
  const columns: Column[] = [{ title: plain("packet"), align: "right" }, { title: plain("from") }, { title: plain("what"), breaks: true }];
  const rows = dialogue.map(({ from, packet, text }): Lines[] => [[plain(String(packet))], [plain(from)], [[code(text)]]]);
  return [
    {
      kind: "details",
      title: "Dialogue",
      blocks: [
        { kind: "heading", level: 2, text: [span("Dialogue")], detail: [span("in plaintext, before TLS or instead of it", "muted")] },
        { kind: "table", headed: true, columns, rows },
      ],
    },
  ];
}

function transportBlocks(events: readonly TransportEvent[]): Block[] {
  if (events.length === 0) return [];
  const columns: Column[] = [
    { title: plain("packet"), align: "right" },
    { title: plain("time (UTC)") },
    { title: plain("from") },
    { title: plain("what") },
  ];
  const rows = events.map((event): Lines[] => [
    [plain(String(event.packet))],
    [plain(clockText(event.time, 6))],
    [plain(event.from)],
    [plain(eventText(event), event.kind === "rst" || event.kind === "gap" ? "bad" : undefined)],
  ]);
  return [
    {
      kind: "details",
      title: "Transport",
      blocks: [
        { kind: "heading", level: 2, text: [span("Transport")], detail: [span(countText(events.length, "event"), "muted")] },
        { kind: "table", headed: true, columns, rows },
      ],
    },
  ];
}

function eventText(event: TransportEvent): string {
  const how = event.decrypted === true ? "decrypted" : "encrypted";
  const parts = [event.content === undefined ? event.kind.toUpperCase() : `${how} ${event.content}`];
  if (event.kind === "gap" || event.kind === "segment" || event.kind === "retransmission") parts[0] = event.kind;
  if (event.length !== undefined && event.length > 0) parts.push(countText(event.length, "octet"));
  if (event.ttl !== undefined) parts.push(`TTL ${event.ttl}`);
  return parts.join(", ");
}

/** `4-6, 9`. */
function ranges(packets: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < packets.length;) {
    let end = at;
    while (packets[end + 1] === (packets[end] as number) + 1) end++;
    parts.push(end === at ? String(packets[at]) : `${packets[at]}-${packets[end]}`);
    at = end + 1;
  }
  return parts.join(", ");
}
