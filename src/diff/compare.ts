/**
 * Compares two captures, or the failed with the working connections of one; reports and diagnosis read the
 * result. Throws nothing but a `RangeError` for a `server` that cannot be parsed.
 */
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { ClientHello, Message } from "../message/message.ts";
import { compareHandshakes } from "./compare-handshakes.ts";
import type { Comparison, Pair, PairSide } from "./difference.ts";
import { gather } from "./kinds.ts";
import { pairHandshakes, type HandshakePair, type Pairing, withoutBystanders } from "./pair.ts";
import { selectHandshakes, type Selection } from "./selection.ts";

export { compareHandshakes, isRelevant } from "./compare-handshakes.ts";

/** What to compare, and how much to report. */
export interface CompareOptions extends Selection {
  /** Include noise. */
  readonly all?: boolean;
}

/** Compares two captures. Its `identical` is also false if a handshake has no partner. */
export function compare(left: Capture, right: Capture, options: CompareOptions = {}): Comparison {
  const [ours, theirs] = [withoutBystanders(left.handshakes, right.handshakes), withoutBystanders(right.handshakes, left.handshakes)];
  const pairing = pairHandshakes(ours, theirs, options);
  return comparisonOf(left.file, right.file, pairing, options, ({ counts }) => Math.max(counts.left, counts.right));
}

/**
 * Compares the failed connections of one capture (left) with its working ones (right). A connection
 * selected by its number takes its side however it ended; `stream` selects the failed one. Working
 * connections that no failed one needed are not reported as unpaired, and a pair's `count` is that of the
 * failed ones.
 */
export function compareWithin(capture: Capture, options: CompareOptions = {}): Comparison {
  const { stream, leftStream = stream, rightStream, ...others } = options;
  const pick = (outcome: Handshake["outcome"], number: number | undefined): Handshake[] =>
    number === undefined
      ? selectHandshakes(capture.handshakes, others, "left").filter((handshake) => handshake.outcome === outcome)
      : selectHandshakes(capture.handshakes, { ...others, stream: number }, "left");
  const failed = withoutBystanders(pick("failed", leftStream), capture.handshakes);
  const working = pick("established", rightStream).filter((handshake) => !failed.includes(handshake));
  const bothPicked = leftStream !== undefined && rightStream !== undefined;
  const pairing = pairHandshakes(failed, working, bothPicked ? { leftStream, rightStream } : {});
  const told = { ...pairing, unpaired: { ...pairing.unpaired, right: [] } };
  return comparisonOf(capture.file, capture.file, told, options, ({ counts }) => counts.left);
}

/**
 * Compares a capture with a reference, on either side: what each failed connection offers (each connection, if none
 * failed) with what the reference offers. What depends on the destination (server name, ALPN) and everything after the hello is left out.
 */
export function compareWithReference(left: Capture, right: Capture, options: CompareOptions = {}): Comparison {
  const side = left.handshakes[0]?.reference === undefined ? "left" : "right";
  const [subject, reference] = side === "left" ? [left, right] : [right, left];
  const [model] = reference.handshakes;
  const offers = selectHandshakes(subject.handshakes, options, side).filter(({ messages }) => messages.some(isHello));
  const failed = offers.filter(({ outcome }) => outcome === "failed");
  const pairs = gather(failed.length > 0 ? failed : offers).flatMap(({ first, members }) => {
    if (model === undefined) return [];
    const [own, other] = [offerOf(first), offerOf(model)];
    const pair = side === "left" ? { left: own, right: other } : { left: other, right: own };
    const found = comparePair({ ...pair, pairedBy: "selection", counts: { left: 1, right: 1 } }, members.length, options);
    // A reference has no transport.
    return [{ ...found, differences: found.differences.filter((difference) => difference.class !== "transport") }];
  });
  const counted = { file: subject.file, handshakes: offers.length };
  const single = { file: reference.file, handshakes: 1 };
  return {
    left: side === "left" ? counted : single,
    right: side === "left" ? single : counted,
    identical: pairs.every(({ identical }) => identical),
    pairs,
    unpaired: { left: [], right: [] },
  };
}

/** What the client alone decides: its first hello without the extensions that depend on the destination or on an earlier session. */
function offerOf(handshake: Handshake): Handshake {
  const hello = handshake.messages.find(isHello);
  if (hello === undefined) return { ...handshake, messages: [] };
  const extensions = hello.extensions?.filter(({ id }) => !OF_DESTINATION.has(id)) ?? [];
  const { id, transport, stream, clientStack, reference } = handshake;
  const messages = [{ ...hello, extensions }];
  return {
    id,
    protocol: "tls",
    transport,
    stream,
    ...(reference === undefined ? {} : { reference }),
    outcome: "incomplete",
    negotiated: {},
    ...(clientStack === undefined ? {} : { clientStack }),
    fingerprints: {},
    messages,
    events: [],
  };
}

/** server_name, ALPN, padding, pre_shared_key, early_data, cookie, QUIC's parameters. */
const OF_DESTINATION: ReadonlySet<string> = new Set(["0x0000", "0x0010", "0x0015", "0x0029", "0x002a", "0x002c", "0x0039"]);

function isHello(message: Message): message is ClientHello {
  return message.type === "client_hello";
}

function comparisonOf(
  left: string,
  right: string,
  { pairs: paired, unpaired, selected }: Pairing,
  options: CompareOptions,
  countOf: (pair: HandshakePair) => number,
): Comparison {
  const pairs = paired.map((pair) => comparePair(pair, countOf(pair), options));
  return {
    left: { file: left, handshakes: selected.left },
    right: { file: right, handshakes: selected.right },
    identical: pairs.every(({ identical }) => identical) && unpaired.left.length + unpaired.right.length === 0,
    pairs,
    unpaired: { left: unpaired.left.map(idOf), right: unpaired.right.map(idOf) },
  };
}

function comparePair({ left, right, pairedBy }: HandshakePair, count: number, options: CompareOptions): Pair {
  const { identical, differences, hidden } = compareHandshakes(left, right, options);
  return {
    left: sideOf(left),
    right: sideOf(right),
    pairedBy,
    ...(count > 1 ? { count } : {}),
    identical,
    differences,
    hidden,
    diagnosis: [],
  };
}

/** A side of a pair; a saved report may lack fields of the model. */
function sideOf({ id, clientStack, reference }: Handshake): PairSide {
  return { id, ...(clientStack === undefined ? {} : { clientStack }), ...(reference === undefined ? {} : { reference }) };
}

function idOf({ id }: Handshake): { readonly id: number } {
  return { id };
}
