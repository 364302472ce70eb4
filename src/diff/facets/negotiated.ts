/** What was agreed: version, suite, group, signature scheme, ALPN, resumption. */
import { isWhole, type View } from "../view.ts";
import { compareFields } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const negotiated: Facet = {
  name: "negotiated",
  about: "The server's choices.",
  compare: ({ left, right }) => {
    const unseen = new Set([...unseenOn(left, right), ...unseenOn(right, left)]);
    return compareFields("negotiated", left.negotiated, right.negotiated, "semantic", unseen);
  },
};

/** Agreed in messages that TLS 1.3 encrypts. */
const HIDDEN: ReadonlySet<string> = new Set(["alpn", "signatureScheme"]);

/** Choices that only the other side shows, although this side may have made them as well. */
function unseenOn(view: View, other: View): string[] {
  const missing = Object.keys(other.negotiated).filter((key) => view.negotiated[key] === undefined);
  if (!isWhole(view)) return missing;
  return view.hidesAnswers && !view.decrypted ? missing.filter((key) => HIDDEN.has(key)) : [];
}
