/** The alerts that both sides sent and that could be read, in order. */
import { isWhole, type Sides, type View } from "../view.ts";
import { canonical } from "../identity.ts";
import { compareLists } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const alerts: Facet = {
  name: "alerts",
  about: "Who sent which alert, in order.",
  compare: ({ left, right }) => {
    const { ours, theirs } = seenByBoth({ left, right });
    if (endsEarly(left, ours, theirs) || endsEarly(right, theirs, ours)) return [];
    return compareLists("alerts", ours, theirs);
  },
};

/** An alert as a list member. */
interface Told {
  readonly from: unknown;
  readonly level: unknown;
  readonly description: unknown;
}

/** Decrypted alerts count only if both sides were read with a key log. */
function seenByBoth({ left, right }: Sides): { ours: Told[]; theirs: Told[] } {
  const both = left.decrypted && right.decrypted;
  return { ours: alertsOf(left, both), theirs: alertsOf(right, both) };
}

function alertsOf(view: View, decrypted: boolean): Told[] {
  return view.messages
    .filter((message) => message["type"] === "alert" && (decrypted || message["decrypted"] !== true))
    .map((message) => ({ from: message["from"], level: message["level"], description: message["description"] }));
}

/** Does the capture of this side end before the alerts that the other one has? */
function endsEarly(view: View, own: readonly Told[], other: readonly Told[]): boolean {
  return !isWhole(view) && own.every((alert, index) => canonical(alert) === canonical(other[index]));
}
