/**
 * Makes a document of captures, with a line for each handshake. A handshake is reduced to its line, so that
 * nothing else of it need be kept.
 */
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { code, span } from "./document.ts";
import type { Block, Document, RecordColumn, Span } from "./document.ts";
import type { ListTroubles } from "./list-troubles.ts";
import { endText, handshakeCount, outcomeMark } from "./sentence.ts";
import { fileText, clockText, countText, endpointText, nameOf, plainName, protocolText, stackText } from "./words.ts";

/** A handshake as its cells, in the order of the columns. */
export type ListLine = readonly Span[];

/** A capture with the lines of its handshakes. */
export interface ListedCapture {
  readonly capture: Capture;
  readonly lines: readonly ListLine[];
  /** Handshakes that are not listed. */
  readonly hidden: number;
  /** What was ignored or damaged in the others. */
  readonly troubles: ListTroubles;
}

/** The columns of a list. */
export const COLUMNS: readonly RecordColumn[] = [
  { title: "id", align: "right", rank: 0 },
  { title: "", rank: 1 },
  { title: "packet", align: "right", rank: 2 },
  { title: "time (UTC)", rank: 7 },
  { title: "client", rank: 6, label: "from" },
  { title: "server", rank: 4 },
  { title: "name", rank: 5 },
  { title: "version", rank: 8 },
  { title: "end", rank: 3 },
  { title: "suite", rank: 9 },
  { title: "client stack", rank: 9.5, label: "stack" },
  { title: "JA4", rank: 10, label: "JA4" },
  { title: "JA3", rank: 11, label: "JA3" },
];

/** The line of one handshake. */
export function listLine(handshake: Handshake): ListLine {
  const { transport, negotiated, fingerprints, outcome } = handshake;
  // A snapshot keeps neither packets and times nor addresses.
  const isKept = handshake.snapshot === true;
  const first = isKept ? undefined : handshake.messages[0];
  const version = negotiated.version === undefined ? "" : nameOf(negotiated.version);
  const tone = outcome === "failed" ? "bad" : outcome === "established" ? "good" : "moved";
  const how = wayText(handshake.via) + wayText(handshake.startTls);
  return [
    span(String(handshake.id)),
    outcomeMark(handshake),
    span(String(first?.packet ?? handshake.events[0]?.packet ?? "")),
    span(clockText(first?.time ?? handshake.events[0]?.time ?? "", 3)),
    code(isKept ? "" : endpointText(transport.client)),
    code(isKept ? how.trimStart() : `${endpointText(transport.server)}${how}`),
    code(handshake.serverName ?? handshake.proxyTarget ?? ""),
    span(version === "" && handshake.protocol !== "tls" ? protocolText(handshake) : version),
    span(endText(handshake), tone),
    code(negotiated.cipherSuite === undefined ? "" : nameOf(negotiated.cipherSuite)),
    code(stackText(handshake)),
    code(fingerprints.ja4 ?? ""),
    code(fingerprints.ja3 ?? ""),
  ];
}

function wayText(protocol: string | undefined): string {
  return protocol === undefined ? "" : ` ${plainName(protocol)}`;
}

/** Captures with their lines as a document. */
export function composeList(captures: readonly ListedCapture[]): Document {
  return { blocks: captures.flatMap(captureBlocks) };
}

/** One capture with its lines. */
export function captureBlocks({ capture, lines, hidden, troubles }: ListedCapture): Block[] {
  const blocks: Block[] = [headingOf(capture.file, captureDetail(capture, lines.length))];
  if (lines.length > 0) blocks.push({ kind: "records", columns: COLUMNS, rows: lines });
  return [...blocks, ...noteBlocks(capture, troubles), ...hiddenBlocks(hidden)];
}

/** The line above a capture's handshakes. */
export function headingOf(file: string, detail: readonly Span[] = []): Block {
  return { kind: "heading", level: 1, text: [code(fileText(file))], detail };
}

/** How many attempts are hidden, and how to see them. */
export function hiddenBlocks(hidden: number): Block[] {
  if (hidden === 0) return [];
  const them = hidden === 1 ? "it" : "them";
  return [{ kind: "note", text: [span(`${countText(hidden, "attempt")} that never reached a TLS hello hidden; --all shows ${them}.`)] }];
}

/** What was ignored or damaged in a capture and its listed connections, one note each. */
export function noteBlocks(capture: Capture, troubles?: ListTroubles): Block[] {
  const sentences = [...capture.notes.map(({ message }) => message), ...(troubles?.sentences(capture.notes) ?? [])];
  const notes = sentences.map((message): Block => ({ kind: "note", text: [span(message)] }));
  if (capture.error === undefined) return notes;
  return [...notes, { kind: "note", text: [span(capture.error.message, "bad")] }];
}

/** What was ignored or damaged in a capture that another report is about: one note, after its name. */
export function ignoredBlocks(name: Span, { notes }: Pick<Capture, "notes">): Block[] {
  return notes.length === 0 ? [] : [{ kind: "note", text: [name, span(`: ${notes.map(({ message }) => message).join("; ")}`)] }];
}

/** Its format, and how much is in it; `count` handshakes, if known. */
export function captureDetail(capture: Capture, count?: number): Span[] {
  const parts: string[] = [];
  if (capture.format !== undefined) {
    parts.push(capture.compression === undefined ? capture.format : `${capture.format} in ${capture.compression}`);
  }
  if (capture.packets !== undefined) parts.push(countText(capture.packets, "packet"));
  if (count !== undefined && (capture.error === undefined || count > 0)) parts.push(handshakeCount(count));
  return [span(parts.join(", "), "muted")];
}
