/**
 * Which messages each side sent, in order. An attempt that ended early naturally lacks
 * the rest: if its messages are the beginning of the other's, nothing is reported here.
 */
import type { Difference } from "../difference.ts";
import type { Side } from "../../message/message.ts";
import type { Sides, View } from "../view.ts";
import { compareLists } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const sequence: Facet = {
  name: "sequence",
  about: "The types of the messages of each side, in order; alerts apart.",
  compare: (sides) => [...compareSequence("client", sides), ...compareSequence("server", sides)],
};

function compareSequence(from: Side, { left, right }: Sides): Difference[] {
  const both = left.decrypted && right.decrypted;
  const [ours, theirs] = [typesOf(left, from, both), typesOf(right, from, both)];
  if (endsEarly(left, ours, theirs) || endsEarly(right, theirs, ours)) return [];
  return compareLists(`messages.${from}`, ours, theirs);
}

/** Decrypted messages count only if both sides were read with a key log. */
function typesOf(view: View, from: Side, decrypted: boolean): unknown[] {
  return view.messages
    .filter((message) => message["from"] === from && message["type"] !== "alert" && (decrypted || message["decrypted"] !== true))
    .map((message) => message["type"]);
}

function endsEarly(view: View, own: readonly unknown[], other: readonly unknown[]): boolean {
  return view.handshake["outcome"] !== "established" && own.every((type, index) => type === other[index]);
}
