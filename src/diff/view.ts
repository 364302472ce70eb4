/**
 * A handshake as the facets look at it. The model comes in, perhaps from a saved report that lacks
 * required fields; what is missing stays absent, nothing is thrown.
 */
import type { Handshake } from "../handshake/handshake.ts";
import type { Message, Side } from "../message/message.ts";
import { isCodePoint, isFields, type Fields } from "./identity.ts";

/** One side of a comparison. */
export interface View {
  readonly handshake: Fields;
  readonly negotiated: Fields;
  readonly messages: readonly Fields[];
  readonly events: readonly Fields[];
  /** Some of its messages were decrypted with a key log. */
  readonly decrypted: boolean;
  /** The messages after the hellos are encrypted: TLS 1.3 and QUIC. */
  readonly hidesAnswers: boolean;
}

/** The two sides of a comparison. */
export interface Sides {
  readonly left: View;
  readonly right: View;
}

/** The view of one handshake. */
export function viewOf(handshake: Handshake): View {
  const fields = handshake as unknown as Fields;
  const messages = fieldsIn(fields["messages"]);
  const negotiated = isFields(fields["negotiated"]) ? fields["negotiated"] : {};
  const version = isCodePoint(negotiated["version"]) ? negotiated["version"].id : "";
  return {
    handshake: fields,
    negotiated,
    messages,
    events: fieldsIn(fields["events"]),
    decrypted: messages.some((message) => message["decrypted"] === true),
    // TLS 1.3, its drafts (0x7f..), and DTLS 1.3.
    hidesAnswers: fields["protocol"] === "quic" || /^0x(?:0304|7f|7e|fb|fefc)/.test(version),
  };
}

/** The `index`-th message of a type, from 0. */
export function messageOf(view: View, type: Message["type"], from?: Side, index = 0): Fields | undefined {
  let before = index;
  return view.messages.find((message) => message["type"] === type && (from === undefined || message["from"] === from) && before-- === 0);
}

/** Did the capture show the end? If not, what is missing on this side may have been sent all the same. */
export function isWhole(view: View): boolean {
  return view.handshake["outcome"] !== "incomplete";
}

function fieldsIn(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter((member) => isFields(member)) : [];
}
