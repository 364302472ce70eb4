/** The sentences of notes about octets that were left out or came twice, made from their count. */
import { counted, type Note } from "../fault/note.ts";

/** QUIC Initial packets for which not all keys were tried. */
export function untriedWords(count: number): string {
  return `${counted(count, "QUIC Initial packet")} not held against every connection's keys, because thousands before opened with none`;
}

/** IP fragments that repeated a place with other contents. */
export function rewrittenFragments(count: number): string {
  return `${counted(count, "IP fragment")} with other octets than came first in ${count === 1 ? "its" : "their"} place; those that came first count`;
}

/** Segments that repeated a place with other contents. What came first is what the receiver had when it acted; which copy another stack takes is unknown. */
export function rewrittenNote(count: number): Note {
  const message = `${counted(count, "segment")} with other octets than came first in ${count === 1 ? "its" : "their"} place; those that came first count`;
  return { code: "rewritten", count, message };
}

/** Messages of one connection beyond the limit. */
export function leftOutNote(count: number): Note {
  return { code: "left-out", count, message: `${counted(count, "more message")} not read: a connection may have only so many` };
}

/** Holes that were given up. */
export function queueWords(count: number): string {
  return `gaps no longer waited for ${count === 1 ? "once" : `${count} times`}, because too much was queued behind them`;
}
