/** How the servers answered Encrypted Client Hello, if both sides show it. The offer is compared with the client's hello. */
import { isFields } from "../identity.ts";
import type { View } from "../view.ts";
import { compareValues } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const ech: Facet = {
  name: "ech",
  about: "Encrypted Client Hello: accepted or rejected.",
  compare: ({ left, right }) => {
    const [ours, theirs] = [answerOf(left), answerOf(right)];
    return ours === undefined || theirs === undefined ? [] : compareValues("ech.answer", ours, theirs);
  },
};

function answerOf({ handshake }: View): unknown {
  return isFields(handshake["ech"]) ? handshake["ech"]["answer"] : undefined;
}
