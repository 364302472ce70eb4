/**
 * Writes plain data as readable JSON: what fits on a line is put on one line, so that a code
 * point is one line and a list of them a column. Written in pieces, because the JSON of a large
 * capture may exceed the longest string.
 */

const LINE = 120;
const PIECE = 65_536;
/** Levels that are written member by member: the document, its captures, a capture, its handshakes. */
const IN_PIECES = 4;

/** The value as indented JSON with a line end, in pieces. */
export function* writeJson(value: unknown): Generator<string> {
  let piece = "";
  for (const part of parts(value, 0, 0)) {
    piece += part;
    if (piece.length >= PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield `${piece}\n`;
}

function* parts(value: unknown, indent: number, used: number): Generator<string> {
  const short = onOneLine(value, LINE - used);
  if (short !== null || indent >= 2 * IN_PIECES) {
    yield short ?? onLines(value, indent, used);
    return;
  }
  const isList = Array.isArray(value);
  let separator = isList ? "[\n" : "{\n";
  for (const [name, member] of membersOf(value as object)) {
    const head = " ".repeat(indent + 2) + name;
    yield separator + head;
    yield* parts(member, indent + 2, head.length);
    separator = ",\n";
  }
  yield `\n${" ".repeat(indent)}${isList ? "]" : "}"}`;
}

/** The value, to be put after `used` characters of a line that is indented by `indent`. */
function onLines(value: unknown, indent: number, used: number): string {
  const short = onOneLine(value, LINE - used);
  if (short !== null) return short;
  const isList = Array.isArray(value);
  let text = isList ? "[\n" : "{\n";
  let separator = "";
  for (const [name, member] of membersOf(value as object)) {
    const head = " ".repeat(indent + 2) + name;
    text += separator + head + onLines(member, indent + 2, head.length);
    separator = ",\n";
  }
  return `${text}\n${" ".repeat(indent)}${isList ? "]" : "}"}`;
}

/** The value on one line, or null if it needs more than `room` characters. A value that cannot be broken is never too long. */
function onOneLine(value: unknown, room: number): string | null {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  let text = "";
  for (const [name, member] of membersOf(value)) {
    const part = onOneLine(member, room - text.length);
    if (part === null) return null;
    text += (text === "" ? "" : ", ") + name + part;
    if (text.length + 4 > room) return null;
  }
  if (text === "") return isList ? "[]" : "{}";
  return isList ? `[${text}]` : `{ ${text} }`;
}

/** The members with what precedes each: nothing in a list, its key in an object. */
function* membersOf(value: object): Generator<readonly [name: string, member: unknown]> {
  if (Array.isArray(value)) {
    for (const member of value) yield ["", member];
    return;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined && Object.hasOwn(value, key)) yield [`${JSON.stringify(key)}: `, member];
  }
}
