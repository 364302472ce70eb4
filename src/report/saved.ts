/**
 * A saved report (`list` or `show` as JSON, or as lines) back to captures, so that it compares like
 * the capture it was made from. The text may come from anywhere: what the model promises is checked,
 * strings are made safe again. What is no report is a CaptureError that says where.
 */
import { safeText } from "../bytes/text.ts";
import { CaptureError } from "../fault/errors.ts";
import type { Capture } from "../handshake/handshake.ts";
import { SCHEMA_VERSION } from "./tool.ts";

/** The captures of a saved report. `file` names it where the report does not name the capture. Throws CaptureError. */
export function readSaved(json: string, file: string): Capture[] {
  const documents = parse(json);
  const captures: Loose[] = [];
  for (const document of documents) {
    if (document["schemaVersion"] !== SCHEMA_VERSION) {
      throw notSaved(document["schemaVersion"] === undefined ? "it has no schemaVersion" : `its schemaVersion is not ${SCHEMA_VERSION}`);
    }
    if (document["pairs"] !== undefined) throw notSaved("it is a comparison; save the output of list or show instead");
    if (Array.isArray(document["captures"])) captures.push(...list(document["captures"], "captures"));
    else captures.push(lineCapture(document, captures));
  }
  return [...new Set(captures)].map((capture, index) => checkedCapture(capture, `captures[${index}]`, file));
}

interface Loose {
  [key: string]: unknown;
}

/** Levels of a report that are read; the model has about ten. */
const DEPTH = 40;

/** One document, or one for each line. */
function parse(json: string): Loose[] {
  try {
    return [object(clean(JSON.parse(json), 0), "the report")];
  } catch (error) {
    if (error instanceof CaptureError) throw error;
  }
  const lines = json.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, index) => {
    try {
      return object(clean(JSON.parse(line), 0), `line ${index + 1}`);
    } catch (error) {
      if (error instanceof CaptureError) throw error;
      throw new CaptureError("not-a-capture", "begins like JSON, but is neither a report nor a capture");
    }
  });
}

/** Strings with nothing but printable ASCII; escapes that are there already stay. */
function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return safe(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH) throw notSaved(`it is nested more than ${DEPTH} levels deep`);
  if (Array.isArray(value)) return value.map((member) => clean(member, depth + 1));
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, member]) => [safe(key), clean(member, depth + 1)]));
}

function safe(value: string): string {
  return /[^ -~]/.test(value) ? value.replace(/[^ -~]+/g, safeText) : value;
}

/** The capture to which a line's handshake belongs. */
function lineCapture(line: Loose, captures: readonly Loose[]): Loose {
  const { schemaVersion: _, file, ...handshake } = line;
  if (handshake["id"] === undefined) throw notSaved("it has no captures");
  const known = captures.find((capture) => capture["file"] === file);
  if (known === undefined) return { file, notes: [], handshakes: [handshake] };
  (known["handshakes"] as unknown[]).push(handshake);
  return known;
}

function checkedCapture(capture: Loose, at: string, file: string): Capture {
  const notes = list(capture["notes"] ?? [], `${at}.notes`).filter(
    ({ code, count, message }) => typeof code === "string" && typeof count === "number" && typeof message === "string",
  );
  const handshakes = list(capture["handshakes"] ?? [], `${at}.handshakes`);
  const checked = handshakes.map((handshake, index) => checkedHandshake(handshake, `${at}.handshakes[${index}]`));
  return {
    ...capture,
    file: typeof capture["file"] === "string" ? capture["file"] : file,
    notes,
    handshakes: checked,
  } as unknown as Capture;
}

const OUTCOMES = ["established", "failed", "incomplete"];
const PROTOCOLS = ["tls", "dtls", "quic", "sslv2"];

function checkedHandshake(handshake: Loose, at: string): Loose {
  number(handshake["id"], `${at}.id`);
  oneOf(handshake["outcome"], OUTCOMES, `${at}.outcome`);
  oneOf(handshake["protocol"], PROTOCOLS, `${at}.protocol`);
  const transport = object(handshake["transport"], `${at}.transport`);
  text(transport["protocol"], `${at}.transport.protocol`);
  for (const side of ["client", "server"]) {
    const endpoint = object(transport[side], `${at}.transport.${side}`);
    text(endpoint["address"], `${at}.transport.${side}.address`);
    number(endpoint["port"], `${at}.transport.${side}.port`);
  }
  for (const key of ["startTls", "via", "serverName"]) if (handshake[key] !== undefined) text(handshake[key], `${at}.${key}`);
  const checked: Loose = {
    ...handshake,
    stream: handshake["stream"] ?? 0,
    negotiated: object(handshake["negotiated"] ?? {}, `${at}.negotiated`),
    fingerprints: object(handshake["fingerprints"] ?? {}, `${at}.fingerprints`),
    messages: list(handshake["messages"], `${at}.messages`).map((message, index) => checkedMessage(message, `${at}.messages[${index}]`)),
    events: list(handshake["events"] ?? [], `${at}.events`).map((event, index) => checkedEvent(event, `${at}.events[${index}]`)),
    notes: list(handshake["notes"] ?? [], `${at}.notes`),
  };
  number(checked["stream"], `${at}.stream`);
  checkNegotiated(checked["negotiated"] as Loose, `${at}.negotiated`);
  for (const [key, value] of Object.entries(checked["fingerprints"] as Loose)) text(value, `${at}.fingerprints.${key}`);
  if (handshake["failure"] !== undefined) checkFailure(object(handshake["failure"], `${at}.failure`), `${at}.failure`);
  if (handshake["notes"] === undefined) delete checked["notes"];
  return checked;
}

function checkNegotiated(negotiated: Loose, at: string): void {
  for (const key of ["version", "cipherSuite", "group", "signatureScheme"]) {
    if (negotiated[key] !== undefined) codePoint(negotiated[key], `${at}.${key}`);
  }
}

const KINDS = "alert reset close timeout not-tls version-negotiation refused proxy starttls-refused transport-error".split(" ");

function checkFailure(failure: Loose, at: string): void {
  oneOf(failure["kind"], KINDS, `${at}.kind`);
  oneOf(failure["by"], ["client", "server", "path"], `${at}.by`);
  number(failure["packet"], `${at}.packet`);
  if (failure["alert"] !== undefined) codePoint(failure["alert"], `${at}.alert`);
  for (const key of ["after", "text"]) if (failure[key] !== undefined) text(failure[key], `${at}.${key}`);
}

function checkedMessage(message: Loose, at: string): Loose {
  for (const key of ["type", "from", "time"]) text(message[key], `${at}.${key}`);
  for (const key of ["packet", "length"]) number(message[key], `${at}.${key}`);
  for (const key of ["malformed", "octets"]) if (message[key] !== undefined) text(message[key], `${at}.${key}`);
  const packets = message["packets"] ?? [message["packet"]];
  if (!Array.isArray(packets)) throw notSaved(`${at}.packets is no list`);
  for (const packet of packets) number(packet, `${at}.packets`);
  if (message["extensions"] !== undefined) checkExtensions(message["extensions"], `${at}.extensions`);
  return { ...message, packets };
}

function checkExtensions(extensions: unknown, at: string): void {
  for (const extension of list(extensions, at)) {
    codePoint(extension, at);
    number(extension["length"], `${at}.length`);
    if (extension["data"] !== undefined) object(extension["data"], `${at}.data`);
  }
}

function checkedEvent(event: Loose, at: string): Loose {
  for (const key of ["kind", "from", "time"]) text(event[key], `${at}.${key}`);
  number(event["packet"], `${at}.packet`);
  return event;
}

function codePoint(value: unknown, at: string): void {
  const { id, name } = object(value, at);
  text(id, `${at}.id`);
  if (name !== null) text(name, `${at}.name`);
}

function list(value: unknown, at: string): Loose[] {
  if (!Array.isArray(value)) throw notSaved(`${at} is no list`);
  return value.map((member, index) => object(member, `${at}[${index}]`));
}

function object(value: unknown, at: string): Loose {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notSaved(`${at} is no object`);
  return value as Loose;
}

function text(value: unknown, at: string): void {
  if (typeof value !== "string") throw notSaved(`${at} is no text`);
}

function number(value: unknown, at: string): void {
  if (typeof value !== "number") throw notSaved(`${at} is no number`);
}

function oneOf(value: unknown, known: readonly string[], at: string): void {
  if (typeof value !== "string" || !known.includes(value)) throw notSaved(`${at} is not one of ${known.join(", ")}`);
}

function notSaved(why: string): CaptureError {
  return new CaptureError("not-a-capture", `is JSON, but no saved report of tls-diff: ${why}`);
}
