/**
 * Makes a capture that may be shared: only the packets of its handshakes, with addresses, names, session ids, tickets,
 * randoms, certificates, plaintext and ciphertext replaced. The result is analysed before it is returned: if it no
 * longer shows what the original shows, `redact` throws `CaptureError` instead, as it does for what is not a capture.
 */
import { CaptureError } from "../fault/errors.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { connectionOf, type Packet, readPackets } from "./packets.ts";
import { Pseudonyms } from "./pseudonym.ts";
import { redactPackets } from "./redact-packets.ts";
import { changesOf, lostWithSecrets } from "./verify.ts";
import { writePackets } from "./write-packets.ts";

/** The port of the discard service, which never answers (RFC 863). */
const DISCARD = 9;

/** How to redact. */
export interface RedactOptions {
  /** At least 16 random octets, from which replacements are derived. Anyone who knows them can test guesses of names. */
  readonly key: Uint8Array;
  /** Server names, and the texts of certificates, stay. */
  readonly keepNames?: boolean;
  /** Analyses a capture file, with only the secrets in it. */
  readonly read: (octets: Uint8Array) => Promise<Capture>;
}

/** The result. */
export interface Redaction {
  /** A pcapng file. */
  readonly octets: Uint8Array;
  /** Packets written, and packets of the original. */
  readonly packets: number;
  readonly of: number;
  readonly handshakes: number;
  /** Blocks with secrets that were left out. */
  readonly secrets: number;
}

/** Packets of a connection that are kept after the last relevant one, to show that it went on. */
const TAIL = 8;
/** What is kept: little at first; if the result would show something else, more, and how long the capture went on. */
const ATTEMPTS = [
  { tail: TAIL, isTimed: false },
  { tail: TAIL, isTimed: true },
  { tail: Number.POSITIVE_INFINITY, isTimed: true },
] as const;

/**
 * Redacts an uncompressed capture. Throws `CaptureError` if there is nothing to redact, or the result would show something
 * else than the original; the message says what.
 */
export async function redact(octets: Uint8Array, options: RedactOptions): Promise<Redaction> {
  const { packets, count, secrets } = readPackets(octets);
  const original = await options.read(writePackets(packets));
  const handshakes = original.handshakes.filter((handshake) => handshake.messages.length > 0 || handshake.outcome === "failed");
  if (handshakes.length === 0) throw new CaptureError("unsupported", "has no handshake to redact");
  const lost = secrets === 0 ? [] : lostWithSecrets((await options.read(octets)).handshakes, original.handshakes);
  if (lost.length > 0) {
    const advice = "take them out first (editcap --discard-all-secrets) to redact what is left";
    throw new CaptureError("unsupported", `says more with the secrets in it, which would be dropped: ${few(lost)}; ${advice}`);
  }
  const rules = { names: new Pseudonyms(options.key), keepNames: options.keepNames === true, addresses: addressesIn(packets) };
  let changes: readonly string[] = [];
  for (const { tail, isTimed } of ATTEMPTS) {
    const kept = redactPackets(chosen(packets, handshakes, tail), rules);
    const last = packets.at(-1);
    if (isTimed && last !== undefined) kept.push(silent(last));
    const file = writePackets(kept);
    const result = await options.read(file);
    changes = changesOf(handshakes, result.handshakes);
    if (changes.length === 0) return { octets: file, packets: kept.length, of: count, handshakes: handshakes.length, secrets };
  }
  throw new CaptureError("unsupported", `would say something else when redacted: ${few(changes)}`);
}

function few(sentences: readonly string[]): string {
  return sentences.slice(0, 3).join("; ");
}

/** The packets of the handshakes' connections, up to a few after the last that a handshake names. */
function chosen(packets: readonly Packet[], handshakes: readonly Handshake[], tail: number): Packet[] {
  const last = new Map<string, number>();
  for (const { transport, messages, events, failure, dialogue = [] } of handshakes) {
    const ends = [`${transport.client.address} ${transport.client.port}`, `${transport.server.address} ${transport.server.port}`];
    const key = `${transport.protocol} ${ends.toSorted().join(" ")}`;
    const named = [
      ...messages.flatMap((message) => message.packets),
      ...events.map(({ packet }) => packet),
      ...dialogue.map(({ packet }) => packet),
      failure?.packet ?? 0,
    ];
    last.set(
      key,
      named.reduce((most, number) => Math.max(most, number), last.get(key) ?? 0),
    );
  }
  const after = new Map<string, number>();
  // The packets were renumbered when all of them were written.
  return packets.filter((packet, index) => {
    const key = connectionOf(packet);
    const end = last.get(key);
    if (end === undefined) return false;
    if (index + 1 <= end) return true;
    const beyond = (after.get(key) ?? 0) + 1;
    after.set(key, beyond);
    return beyond <= tail;
  });
}

/** A packet that carries nothing but its time: the lack of an answer shows in how long nothing came. */
function silent({ number, time, nanos }: Packet): Packet {
  const nobody = new Uint8Array(4);
  const nothing = new Uint8Array(0);
  const ports = { sourcePort: DISCARD, targetPort: DISCARD };
  const octets = { source: nobody, target: nobody, header: nothing, payload: nothing };
  return { number, time, nanos, protocol: "udp", ...ports, ...octets, ttl: 1, sequence: 0, flags: 0, missing: 0 };
}

/** Each once. */
function addressesIn(packets: readonly Packet[]): Uint8Array[] {
  return [...new Map(packets.flatMap(({ source, target }) => [source, target]).map((address) => [address.join("."), address])).values()];
}
