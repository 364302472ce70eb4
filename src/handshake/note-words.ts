/** The sentences of notes about octets that were left out or came twice, made from their count. */
import { counted, type Note } from "../fault/note.ts";

/** QUIC Initial packets for which not all keys were tried. */
export function untriedWords(count: number): string {
  return `${counted(count, "QUIC Initial packet")} not tried with every connection's keys, because thousands before had matched none`;
}

/** IP fragments that repeated a place with other contents. */
export function rewrittenFragments(count: number): string {
  return `${counted(count, "IP fragment")} with octets that differ from those that came first in ${count === 1 ? "its" : "their"} place; the first ones count`;
}

/** Segments that repeated a place with other contents. What came first is what the receiver had when it acted; which copy another stack takes is unknown. */
export function rewrittenNote(count: number): Note {
  const message = `${counted(count, "segment")} with octets that differ from those that came first in ${count === 1 ? "its" : "their"} place; the first ones count`;
  return { code: "rewritten", count, message };
}

/** Messages of one connection beyond the limit. */
export function leftOutNote(count: number): Note {
  return { code: "left-out", count, message: `${counted(count, "more message")} not read: the limit for one connection was reached` };
}

/** Holes that were given up. */
export function queueWords(count: number): string {
  return `${counted(count, "gap")} given up, because too much was queued behind ${count === 1 ? "it" : "them"}`;
}
