/**
 * A handshake as a line of JSON, without its line end. Lists of suites, extensions, code points and certificates are the same in many handshakes: the
 * model shares them, frozen, so that their text need be made only once. The rest is written as everywhere.
 */
import type { Handshake } from "../handshake/handshake.ts";
import type { Message } from "../message/message.ts";
import { SCHEMA_VERSION } from "./tool.ts";

/** `JSON.stringify` of {@link handshakeLine}. */
export function handshakeText(file: string, handshake: Handshake): string {
  let text = `{"schemaVersion":${SCHEMA_VERSION},"file":${JSON.stringify(file)}`;
  for (const key in handshake) {
    const value = handshake[key as keyof Handshake];
    if (value === undefined) continue;
    text += `,${JSON.stringify(key)}:${key === "messages" ? listText(value as Handshake["messages"], messageText) : textOf(value)}`;
  }
  return `${text}}`;
}

function messageText(message: Message): string {
  let text = "";
  for (const key in message) {
    const value: unknown = message[key as keyof Message];
    if (value === undefined) continue;
    const isMade = key === "extensions" || key === "certificates";
    // A saved report may have any.
    const name = /^\w+$/.test(key) ? `"${key}"` : JSON.stringify(key);
    text += `${text === "" ? "" : ","}${name}:${isMade ? listText(value as readonly object[], textOf) : textOf(value)}`;
  }
  return `{${text}}`;
}

function listText<T>(list: readonly T[], itemText: (item: T) => string): string {
  let text = "";
  for (let at = 0; at < list.length; at++) text += `${at === 0 ? "" : ","}${itemText(list[at] as T)}`;
  return `[${text}]`;
}

/** Texts of what is frozen, and so can be shared. */
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  if (Object.isFrozen(value)) texts.set(value, text);
  return text;
}
