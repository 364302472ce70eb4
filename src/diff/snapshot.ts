/**
 * A handshake without what differs in every connection: what a snapshot keeps of it. A handshake of the
 * model comes in; plain data goes out in the same shape, without addresses, times, packet numbers, sizes,
 * transport events and certificates, and without the values that `noise.ts` calls noise. A value of which
 * only the presence matters is `*`; the lists of a client that shuffles are sorted.
 */
import type { Handshake } from "../handshake/handshake.ts";
import { GREASE, identityOf, isBare, isCodePoint, isEmpty, isFields, isGrease, labelOf, type Fields } from "./identity.ts";
import { gather } from "./kinds.ts";
import { noiseAt, sentinelOf } from "./noise.ts";
import { permuterOf } from "./permutation.ts";

/** What is kept of a handshake; the keys are those of the model. */
export type SnapshotHandshake = Fields;

/** Stands for a value that is present and differs each time. */
const PRESENT = "*";

/** What is kept of a list of handshakes: each kind once, in the order of first occurrence. */
export function snapshotHandshakes(handshakes: readonly Handshake[]): SnapshotHandshake[] {
  return gather(handshakes).map(({ first }) => snapshotHandshake(first));
}

/** Keys of a message that belong to the capture, not to the handshake; certificates are renewed. */
const APART: ReadonlySet<string> = new Set(["packet", "packets", "time", "length", "octets", "certificates"]);

/** Keys of a message that are kept as they are, even if everything else in it is noise. */
const WHOLE: ReadonlySet<string> = new Set(["type", "from", "malformed", "decrypted"]);

function snapshotHandshake(handshake: Handshake): SnapshotHandshake {
  const { protocol, startTls, via, serverName, outcome, failure, negotiated, fingerprints, ech, messages } = handshake;
  return present({
    serverName,
    protocol,
    startTls,
    via,
    outcome,
    failure:
      failure === undefined
        ? undefined
        : present({ ...failure, packet: undefined, text: failure.text === undefined ? undefined : PRESENT }),
    negotiated: keep("negotiated", negotiated),
    fingerprints: present({ ja4: fingerprints.ja4 }),
    ech: ech === undefined ? undefined : present({ answer: (ech as unknown as Fields)["answer"] }),
    messages: messages.map((message) => keepMessage(message as unknown as Fields)),
  });
}

function keepMessage(message: Fields): Fields {
  const path = message["type"] === "client_hello" ? "clientHello" : camelCase(String(message["type"]));
  const isShuffled = permuterOf(message["type"] === "client_hello" ? message : undefined) !== undefined;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(message)) {
    if (APART.has(key)) continue;
    const whole = WHOLE.has(key) ? value : keep(`${path}.${key}`, value);
    kept[key] = key === "extensions" && isShuffled && Array.isArray(whole) ? unshuffled(whole) : whole;
  }
  return present(kept);
}

/** The part of a value that is the same in every connection of its kind; `undefined` if there is none. */
function keep(path: string, value: unknown): unknown {
  switch (noiseAt(path)) {
    case "always":
      return undefined;
    case "content":
      return isEmpty(value) ? value : PRESENT;
    case "random": {
      const sentinel = sentinelOf(value);
      return sentinel === "" ? undefined : `${PRESENT}${sentinel}`;
    }
    case "order":
      return Array.isArray(value) ? sorted(keepMembers(path, value)) : value;
    default:
      return keepParts(path, value);
  }
}

function keepParts(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return keepMembers(path, value);
  if (!isFields(value)) return value;
  if (isGrease(value)) return { id: "0x0a0a", name: GREASE };
  if (isCodePoint(value) && isBare(value)) return { id: value.id, name: value.name ?? null };
  return keepFields(path, value);
}

function keepFields(path: string, fields: Fields): Fields {
  return present(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, keep(`${path}.${key}`, value)])));
}

function keepMembers(path: string, list: readonly unknown[]): unknown[] {
  return list.map((member) => {
    if (!isFields(member) || (isCodePoint(member) && isBare(member))) return keepParts(path, member);
    const label = labelOf(member);
    if (path.endsWith(".extensions")) return keepExtension(`${path}.${label}`, member);
    const { id, name, group, ...others }: Fields = member;
    return present({ ...point(id, name), group: keepParts(path, group), ...keepFields(`${path}.${label}`, others) });
  });
}

/** An extension; if it was decoded, its length follows from its contents and is left out. */
function keepExtension(path: string, { id, name, data, hex, length, malformed }: Fields): Fields {
  const contents = isFields(data) ? { data: keepFields(path, data) } : { hex: keep(`${path}.hex`, hex) };
  const isUnread = data === undefined && hex === undefined;
  return present({ ...point(id, name), ...contents, length: isUnread ? keep(`${path}.length`, length) : undefined, malformed });
}

function point(id: unknown, name: unknown): Fields {
  return name === GREASE ? { id: "0x0a0a", name } : { id, name };
}

/** Extensions that a shuffling client keeps in place: GREASE, padding, and pre_shared_key, which is last. */
const IN_PLACE: ReadonlySet<string> = new Set([GREASE, "0x0015", "0x0029"]);

/** The shuffled members in sorted order, those with a fixed place in theirs, because that is characteristic of the client. */
function unshuffled(list: readonly unknown[]): unknown[] {
  const shuffled = sorted(list.filter((member) => !IN_PLACE.has(identityOf(member))));
  return list.map((member) => (IN_PLACE.has(identityOf(member)) ? member : shuffled.shift()));
}

function sorted(list: readonly unknown[]): unknown[] {
  return list.toSorted((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));
}

function present(fields: Record<string, unknown>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function camelCase(type: string): string {
  return type.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
