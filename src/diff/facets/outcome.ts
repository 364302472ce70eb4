/** How two handshakes ended: established or not, and what ended the one that was not. */
import { isFields, type Fields } from "../identity.ts";
import type { View } from "../view.ts";
import { compareFields, compareValues } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const outcome: Facet = {
  name: "outcome",
  about: "The end of the handshake; of a failure its kind, sender, alert and place.",
  compare: ({ left, right }) => [
    ...compareValues("outcome", left.handshake["outcome"], right.handshake["outcome"], "outcome"),
    ...compareFields("failure", failureOf(left), failureOf(right), "outcome", PLACE_IN_CAPTURE),
  ],
};

const PLACE_IN_CAPTURE: ReadonlySet<string> = new Set(["packet"]);

function failureOf(view: View): Fields {
  return isFields(view.handshake["failure"]) ? view.handshake["failure"] : {};
}
