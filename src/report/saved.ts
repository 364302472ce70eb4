/**
 * Reads a report that was saved as JSON or NDJSON back to captures, so that it can be used wherever a
 * capture can. A saved report is as untrusted as a capture: its shape is checked against the
 * published schema, and its texts are made safe again. What does not fit is a `CaptureError`.
 */
import { safeText } from "../bytes/text.ts";
import { CaptureError } from "../fault/errors.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { printable } from "./printable.ts";
import { isSnapshot, snapshotCapture } from "./snapshot.ts";
import { SCHEMA_VERSION } from "./tool.ts";

/** Validates a value against the published schema: `null` if it is valid, otherwise where it is not and why. */
export type SchemaCheck = (definition: "listing" | "handshakeLine" | "snapshot", value: unknown) => string | null;

/** Reads the output of `list`, `show` or `snapshot`; `file` names its captures if it is NDJSON without their names. */
export function readSaved(text: string, file: string, check: SchemaCheck): Capture[] {
  const whole = parse(text);
  if (isSnapshot(whole)) return [readSnapshot(whole, file, check)];
  if (whole !== undefined && !isLine(whole)) return readListing(whole, check);
  return readLines(text, file, check);
}

function readSnapshot(value: unknown, file: string, check: SchemaCheck): Capture {
  const fault = check("snapshot", value);
  if (fault !== null) throw new CaptureError("unsupported", `is a snapshot that does not fit its schema: ${safeText(fault)}`);
  return snapshotCapture(printable(value) as { handshakes: object[] }, file);
}

function readListing(value: unknown, check: SchemaCheck): Capture[] {
  demand(value, "listing", check);
  return (printable(value) as { captures: Capture[] }).captures;
}

function readLines(text: string, file: string, check: SchemaCheck): Capture[] {
  const captures = new Map<string, Handshake[]>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = parse(line);
    if (value === undefined)
      throw new CaptureError("not-a-capture", `is neither a capture nor a saved report: line ${index + 1} is not JSON`);
    demand(value, "handshakeLine", check);
    const { schemaVersion: _, file: named, ...handshake } = printable(value) as Handshake & { schemaVersion: number; file?: string };
    const list = captures.get(named ?? file);
    if (list === undefined) captures.set(named ?? file, [handshake]);
    else list.push(handshake);
  }
  return [...captures].map(([name, handshakes]) => ({ file: name, notes: [], handshakes }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): boolean {
  return typeof value === "object" && value !== null && "messages" in value;
}

function demand(value: unknown, definition: "listing" | "handshakeLine", check: SchemaCheck): void {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== SCHEMA_VERSION) {
    throw new CaptureError("not-a-capture", `is neither a capture nor a report of tls-diff list or show (schemaVersion ${SCHEMA_VERSION})`);
  }
  const fault = check(definition, value);
  if (fault !== null) throw new CaptureError("unsupported", `is a saved report that does not fit its schema: ${safeText(fault)}`);
}
