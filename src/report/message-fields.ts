/**
 * Every field of any message as label and value: a list as one line for each member,
 * an object as subfields. Fields unknown to this code are shown by their keys.
 */
import type { Extension, Message } from "../message/message.ts";
import { code, plain } from "./document.ts";
import type { Field } from "./document.ts";
import { codePointText, countText, isCodePoint, isRecord, keyWords, valueText } from "./words.ts";

/** Keys of a message that its heading shows, or that are shown elsewhere. */
const HEADER = new Set(["type", "from", "packet", "packets", "time", "length", "octets", "malformed", "decrypted"]);

/** The fields of a message, in their order on the wire. */
export function messageFields(message: Message): Field[] {
  const fields: Field[] = [];
  if (message.malformed !== undefined) fields.push({ label: "malformed", value: [plain(message.malformed, "bad")] });
  for (const [key, value] of Object.entries(message)) {
    if (HEADER.has(key) || value === undefined) continue;
    fields.push(key === "extensions" ? extensionsField(value as readonly Extension[]) : valueField(keyWords(key), value));
  }
  return fields;
}

function extensionsField(extensions: readonly Extension[]): Field {
  return {
    label: `extensions (${extensions.length})`,
    key: "extensions",
    fields: extensions.map((extension): Field => {
      const name = codePointText(extension);
      const label = `${name}, ${countText(extension.length, "octet")}`;
      const parts: Field[] = [];
      if (extension.malformed !== undefined) parts.push({ label: "malformed", value: [plain(extension.malformed, "bad")] });
      if (extension.hex !== undefined && extension.hex !== "") parts.push({ label: "hex", value: [[code(extension.hex)]] });
      for (const [key, value] of Object.entries(extension.data ?? {}))
        if (value !== undefined) parts.push(valueField(keyWords(key), value));
      return parts.length === 0 ? { label, key: name } : { label, key: name, fields: parts };
    }),
  };
}

/** A value as a line; a list as one line for each member; an object as subfields. */
function valueField(label: string, value: unknown): Field {
  if (Array.isArray(value)) {
    const counted = `${label} (${value.length})`;
    if (value.length === 0) return { label, value: [plain("empty", "muted")] };
    if (value.every(isSimple)) return { label: counted, key: label, value: value.map((member) => [code(valueText(member))]) };
    return {
      label: counted,
      key: label,
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

/** Does it fit on one line? */
function isSimple(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return false;
  if (isCodePoint(value) && !("data" in value)) return true;
  const parts = Object.values(value);
  return parts.length <= 3 && parts.every((part) => typeof part !== "object" || isCodePoint(part));
}
