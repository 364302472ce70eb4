/**
 * Writes plain data as JSON octets, value by value: no string of the whole is made, and frozen values, which cannot change, are only
 * serialized once.
 */
import { Utf8Writer } from "../../bytes/utf8-writer.ts";

const SIGN = { comma: 0x2c, colon: 0x3a, list: 0x5b, listEnd: 0x5d, object: 0x7b, objectEnd: 0x7d } as const;

/** Writes the same as `JSON.stringify` of the value. */
export function writeJson(to: Utf8Writer, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    writeScalar(to, value);
    return;
  }
  const known = written.get(value);
  if (known === undefined) {
    if (Object.isFrozen(value)) written.set(value, ONCE);
    writeMembers(to, value, writeJson);
  } else if (known === ONCE) {
    const start = to.length;
    writeMembers(to, value, writeJson);
    written.set(value, to.octets.slice(start));
  } else to.copy(known);
}

/** The octets of frozen values that were met repeatedly, as long as the values live; for one met only once, an empty marker, as most never recur. */
const written = new WeakMap<object, Uint8Array>();
const ONCE = new Uint8Array();

/** The same for a value without shared parts, which are not looked up. */
export function writeUnsharedJson(to: Utf8Writer, value: unknown): void {
  if (typeof value !== "object" || value === null) writeScalar(to, value);
  else writeMembers(to, value, writeUnsharedJson);
}

/** Writes the key of a member that is not the first in its object. */
export function writeNextKey(to: Utf8Writer, key: string): void {
  to.sign(SIGN.comma);
  writeKey(to, key);
}

function writeKey(to: Utf8Writer, key: string): void {
  writeString(to, key);
  to.sign(SIGN.colon);
}

type Write = (to: Utf8Writer, value: unknown) => void;

function writeMembers(to: Utf8Writer, value: object, write: Write): void {
  if (Array.isArray(value)) writeList(to, value, write);
  else writeObject(to, value as Readonly<Record<string, unknown>>, write);
}

function writeList(to: Utf8Writer, list: readonly unknown[], write: Write): void {
  to.sign(SIGN.list);
  for (let at = 0; at < list.length; at++) {
    if (at > 0) to.sign(SIGN.comma);
    write(to, list[at] ?? null);
  }
  to.sign(SIGN.listEnd);
}

function writeObject(to: Utf8Writer, members: Readonly<Record<string, unknown>>, write: Write): void {
  to.sign(SIGN.object);
  let isFirst = true;
  for (const key in members) {
    const member = members[key];
    if (member === undefined) continue;
    if (!isFirst) to.sign(SIGN.comma);
    isFirst = false;
    writeKey(to, key);
    write(to, member);
  }
  to.sign(SIGN.objectEnd);
}

function writeScalar(to: Utf8Writer, value: unknown): void {
  if (typeof value === "string") writeString(to, value);
  else if (typeof value === "number" && Number.isFinite(value)) to.number(value);
  else to.text(JSON.stringify(value));
}

function writeString(to: Utf8Writer, text: string): void {
  if (!to.quoted(text)) to.text(JSON.stringify(text));
}
