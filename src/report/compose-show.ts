/**
 * Makes a document of one handshake: the verdict, what was agreed, and every field of every message with
 * its packets and times. Fields unknown to this code are shown as well, by their keys.
 */
import type { Capture, DialogueLine, Handshake, TransportEvent } from "../handshake/handshake.ts";
import type { Message } from "../message/message.ts";
import { chainLines } from "./chain-words.ts";
import { noteBlocks } from "./compose-list.ts";
import { code, plain, span } from "./document.ts";
import type { Block, Column, Document, Field, Lines, Span } from "./document.ts";
import { echLines } from "./ech-words.ts";
import { messageFields } from "./message-fields.ts";
import { verdict } from "./sentence.ts";
import {
  clockText,
  countText,
  endpointText,
  fileText,
  keyWords,
  microsecondsBetween,
  protocolText,
  settingsText,
  stackText,
  valueText,
} from "./words.ts";

/** The handshake as a document. */
export function composeShow(capture: Capture, handshake: Handshake): Document {
  const start = handshake.messages[0]?.time;
  return {
    blocks: [
      verdict([{ text: handshake.snapshot ? `handshake ${handshake.id}` : fileText(capture.file), tone: "strong" }], handshake),
      { kind: "fields", fields: summary(handshake) },
      { kind: "sequence", parties: [{ name: span(fileText(capture.file), "strong"), handshake }] },
      ...dialogueBlocks(handshake.dialogue ?? []),
      ...handshake.messages.map((message) => (handshake.snapshot ? keptBlock(message) : messageBlock(message, start))),
      ...transportBlocks(handshake.events),
      ...noteBlocks(capture),
      ...(handshake.notes ?? []).map((note): Block => ({ kind: "note", text: [span(note.message)] })),
    ],
  };
}

function summary(handshake: Handshake): Field[] {
  const { transport, negotiated, fingerprints } = handshake;
  const connection = [
    field("handshake", `${handshake.id}, ${protocolText(handshake)} over ${transport.protocol.toUpperCase()} stream ${handshake.stream}`),
    field("client", handshake.reference === undefined ? endpointText(transport.client) : `@${handshake.reference}, as recorded`),
    ...stackFields(handshake),
    field("server", handshake.reference === undefined ? endpointText(transport.server) : undefined),
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

function stackFields(handshake: Handshake): (Field | null)[] {
  const { clientStack } = handshake;
  if (clientStack === undefined) return [];
  const stack = stackText(handshake);
  if (stack === "") return [field("client stack", `unknown; ${settingsText(handshake)}`)];
  return [
    field("client stack", stack),
    field("settings", settingsText(handshake)),
    field("sent by", clientStack.candidates.length > 1 ? clientStack.candidates : undefined),
  ];
}

function field(label: string, value: unknown): Field | null {
  return value === undefined ? null : { label, value: [[code(valueText(value))]] };
}

function messageBlock(message: Message, start: string | undefined): Block {
  const fields = messageFields(message);
  const blocks: Block[] = [
    { kind: "heading", level: 2, text: [code(message.type), span(` from ${message.from}`)], detail: messageDetail(message, start) },
  ];
  if (fields.length > 0) blocks.push({ kind: "fields", fields });
  if (message.octets !== undefined && message.octets !== "") blocks.push({ kind: "octets", hex: message.octets });
  return { kind: "details", title: `${message.type} (packet ${message.packet})`, blocks };
}

/** A message of a snapshot, which has no packets, times or sizes. */
function keptBlock({ random, ...message }: Message & { random?: string }): Block {
  const kept = { ...(random === "" ? {} : { random }), ...message } as Message;
  const block = messageBlock(kept, undefined);
  if (block.kind !== "details") return block;
  const [heading, ...rest] = block.blocks;
  const detail = message.decrypted ? [span("decrypted", "muted")] : [];
  return { ...block, title: message.type, blocks: heading?.kind === "heading" ? [{ ...heading, detail }, ...rest] : block.blocks };
}

/** Its packets, its time, its length; times are relative to `start`. */
export function messageDetail(message: Message, start: string | undefined): Span[] {
  const packets = message.packets.length > 1 ? `packets ${ranges(message.packets)}` : `packet ${message.packet}`;
  const since = start === undefined ? Number.NaN : microsecondsBetween(start, message.time);
  const after = Number.isNaN(since) || since <= 0 ? "" : `, +${(since / 1000).toFixed(3)} ms`;
  const parts = [packets, `${clockText(message.time, 6)}${after}`, countText(message.length, "octet")];
  if (message.decrypted) parts.push("decrypted");
  return [span(parts.join(", "), "muted")];
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

/** A transport event in words. */
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
