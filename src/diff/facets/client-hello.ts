/**
 * What the clients offered: every field of the hello, and of the second hello after a retry or a
 * cookie. What the second hello repeats is reported once, for the first.
 */
import { compareMessage } from "../compare-message.ts";
import type { Difference } from "../difference.ts";
import { messageOf, type Sides } from "../view.ts";
import { canonical } from "../identity.ts";
import type { Facet } from "./contract.ts";

export const clientHello: Facet = {
  name: "client-hello",
  about: "Versions, cipher suites, extensions and their contents, as offered.",
  compare: (sides) => {
    const first = compareHello("clientHello", sides, 0);
    const told = new Set(first.map((difference) => tellingOf(difference, "clientHello")));
    const second = compareHello("secondClientHello", sides, 1);
    return [...first, ...second.filter((difference) => !told.has(tellingOf(difference, "secondClientHello")))];
  },
};

function compareHello(path: string, { left, right }: Sides, index: number): Difference[] {
  const ours = messageOf(left, "client_hello", undefined, index);
  const theirs = messageOf(right, "client_hello", undefined, index);
  return ours === undefined || theirs === undefined ? [] : compareMessage(path, ours, theirs);
}

/** A difference as text, without the message that it is in. */
function tellingOf(difference: Difference, message: string): string {
  return canonical({ ...difference, path: difference.path.slice(message.length) });
}
