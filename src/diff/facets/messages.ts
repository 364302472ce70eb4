/**
 * The fields of every message that has no facet of its own, whatever its type: a message
 * of a new type needs no change here. Only messages that both sides have are compared;
 * missing ones are reported by the sequence of messages.
 */
import { compareMessage } from "../compare-message.ts";
import type { DifferenceClass } from "../difference.ts";
import type { Fields } from "../identity.ts";
import type { View } from "../view.ts";
import type { Facet } from "./contract.ts";

export const messages: Facet = {
  name: "messages",
  about: "The server's hello, its parameters, its requests, and the rest.",
  compare: ({ left, right }) => {
    const [ours, theirs] = [firstOfEach(left), firstOfEach(right)];
    return [...ours.keys()].sort().flatMap((name) => {
      const [mine, other] = [ours.get(name), theirs.get(name)];
      if (mine === undefined || other === undefined) return [];
      return compareMessage(name, mine, other, classOf(mine));
    });
  },
};

/** Types with a facet of their own. */
const ELSEWHERE: ReadonlySet<unknown> = new Set(["client_hello", "certificate", "alert"]);

/** Types that belong to the server; from a client they are named `client…`. */
const EITHER: ReadonlySet<string> = new Set([
  "certificate_verify",
  "finished",
  "change_cipher_spec",
  "key_update",
  "compressed_certificate",
]);

/** The first message of each kind, by its name in a path. */
function firstOfEach(view: View): Map<string, Fields> {
  const first = new Map<string, Fields>();
  for (const message of view.messages) {
    const type = message["type"];
    if (typeof type !== "string" || ELSEWHERE.has(type)) continue;
    // The chain inside is compared like any other.
    const { certificates: _, requestContext: __, ...envelope } = message;
    const name = EITHER.has(type) && message["from"] === "client" ? camelCase(`client_${type}`) : camelCase(type);
    if (!first.has(name)) first.set(name, type === "compressed_certificate" ? envelope : message);
  }
  return first;
}

function classOf(message: Fields): DifferenceClass {
  return message["type"] === "certificate_status" || message["type"] === "compressed_certificate" ? "certificate" : "semantic";
}

function camelCase(type: string): string {
  return type.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
