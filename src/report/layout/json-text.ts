/**
 * Plain data to JSON text that people can read: what fits on a line stands on a line, so a code
 * point is one line and a list of them a column. Written in pieces, because the JSON of a large
 * capture is longer than a string may be.
 */

const LINE = 120;
const PIECE = 65_536;

/** The value as indented JSON with a line end, in pieces. */
export function* writeJson(value: unknown): Generator<string> {
  let piece = "";
  for (const part of parts(value, 0, "")) {
    piece += part;
    if (piece.length >= PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield `${piece}\n`;
}

function* parts(value: unknown, indent: number, after: string): Generator<string> {
  const short = onOneLine(value, LINE - indent - after.length);
  if (short !== null) {
    yield short;
    return;
  }
  const margin = " ".repeat(indent + 2);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  let separator = `${open}\n`;
  for (const [key, member] of Object.entries(value as object)) {
    if (member === undefined) continue;
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    yield `${separator}${margin}${name}`;
    yield* parts(member, indent + 2, name);
    separator = ",\n";
  }
  yield `\n${" ".repeat(indent)}${close}`;
}

/** The value on one line, or null if it needs more than `room` cells. What cannot be broken is never too long. */
function onOneLine(value: unknown, room: number): string | null {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return isList ? "[]" : "{}";
  let text = "";
  for (const [key, member] of entries) {
    const part = onOneLine(member, room - text.length);
    if (part === null) return null;
    text += `${text === "" ? "" : ", "}${isList ? "" : `${JSON.stringify(key)}: `}${part}`;
    if (text.length + 4 > room) return null;
  }
  return isList ? `[${text}]` : `{ ${text} }`;
}
