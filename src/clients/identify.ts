/**
 * Whose hello is it? The first ClientHello of a handshake comes in, a {@link ClientStack} goes out: the TLS library whose recorded hello has
 * the same shape, or, if settings were changed, the only library with a similar one. If several fit, all are reported; if none fits, none.
 */
import type { ClientStack, Handshake } from "../handshake/handshake.ts";
import type { ClientHello } from "../message/message.ts";
import { deviations } from "./deviations.ts";
import { distance, UNLIKE } from "./distance.ts";
import { entriesOf, entriesWith, entryWith, libraryEntries, type LibraryEntry, shapeOfEntry } from "./library.ts";
import { type Shape, shapeOf, shapeText } from "./shape.ts";
import { versionRanges } from "./versions.ts";

/** Beyond this distance a hello is not similar. */
const NEAR = 4;
/** The distance allowed per member of the hello's lists: a short hello must match more exactly. */
const NEAR_BY_MEMBER = 0.16;
/** The nearest stack must be this much nearer than every other. */
const MARGIN = 1.5;
/** Shapes whose answers are kept; most connections come from a few clients. */
const KEPT = 1_024;

/** Answers by shape; frozen, because handshakes share them. */
const answers = new Map<string, ClientStack>();
/** Answers by protocol and outline, including `undefined` for a hello without a shape. */
const byOutline = new Map<Handshake["protocol"], Map<string, ClientStack | undefined>>();

/** The client stack of a handshake; `undefined` if it has no complete ClientHello. `outline` is that of its first one, see `outlineOf`. */
export function identifyClient(handshake: Pick<Handshake, "messages" | "protocol">, outline?: string): ClientStack | undefined {
  const { protocol } = handshake;
  if (outline === undefined) return identifyMessages(handshake.messages, protocol);
  const kept = byOutline.get(protocol) ?? new Map<string, ClientStack | undefined>();
  const known = kept.get(outline);
  if (known !== undefined || kept.has(outline)) return known;
  const answer = identifyMessages(handshake.messages, protocol);
  if (kept.size === KEPT) kept.clear();
  byOutline.set(protocol, kept.set(outline, answer));
  return answer;
}

function identifyMessages(messages: Handshake["messages"], protocol: Handshake["protocol"]): ClientStack | undefined {
  const hello = messages.find((message): message is ClientHello => message.type === "client_hello");
  const shape = hello === undefined ? undefined : shapeOf(hello, protocol);
  if (shape === undefined) return undefined;
  const text = shapeText(shape);
  const known = answers.get(text);
  if (known !== undefined) return known;
  const answer = Object.freeze(identifyShape(shape));
  if (answers.size < KEPT) answers.set(text, answer);
  return answer;
}

/** The client stack of a shape, from the entries of the library for which `admits` holds. */
export function identifyShape(shape: Shape, admits: (entry: LibraryEntry) => boolean = () => true): ClientStack {
  const equal = entriesWith(shape).filter(admits);
  return equal.length > 0 ? exactly(equal, shape) : nearly(shape, admits);
}

const NONE: ClientStack = { name: null, match: "none", candidates: [], deviations: [] };

/** The answer where recorded hellos have this shape. Entries with default settings take precedence, as do those that imitate nobody. */
function exactly(equal: readonly LibraryEntry[], shape: Shape): ClientStack {
  const own = preferred(equal, (entry) => entry.imitates === undefined);
  const plain = preferred(own, (entry) => entry.knob === undefined);
  // An imitator may use another library than the client that it imitates.
  const names = new Set(plain.map((entry) => (isLike(entry) ? entry.stack : null)));
  const stack = names.size === 1 ? ([...names][0] as string | null) : null;
  // Another version may send the same with a setting.
  const versions = new Set(plain.map(({ version }) => version));
  const turned = own.filter((entry) => entry.stack === stack && entry.knob !== undefined && !versions.has(entry.version));
  const told = [...plain, ...turned.filter((entry) => !plain.includes(entry))];
  const imitators = equal.filter((entry) => entry.imitates !== undefined && !told.includes(entry));
  const base = baseOf(plain[0] as LibraryEntry);
  return {
    name: stack,
    ...versionsOf(stack, told),
    match: "exact",
    candidates: candidatesOf([...told, ...imitators], stack),
    deviations: plain[0]?.knob === undefined ? [] : deviations(shape, shapeOfEntry(base), base.shuffled),
    ...settingsOf(told),
  };
}

/** The settings of entries, with `default` for none; absent if all are the default. */
function settingsOf(entries: readonly LibraryEntry[]): { settings?: string[] } {
  const settings = [...new Set(entries.map(({ knob }) => knob ?? "default"))];
  return settings.length === 1 && settings[0] === "default" ? {} : { settings };
}

/** The answer where no recorded hello has this shape: the nearest ones, if they are similar enough and of one stack. */
function nearly(shape: Shape, admits: (entry: LibraryEntry) => boolean): ClientStack {
  const best = new Map<string, number>();
  const measured: [LibraryEntry, number][] = [];
  for (const entry of libraryEntries()) {
    if (!admits(entry) || !isLike(entry)) continue;
    const apart = distance(shape, shapeOfEntry(entry), entry.shuffled, NEAR + MARGIN);
    if (apart >= UNLIKE) continue;
    measured.push([entry, apart]);
    best.set(entry.stack, Math.min(best.get(entry.stack) ?? UNLIKE, apart));
  }
  const [nearest, next] = [...best].toSorted(([, a], [, b]) => a - b);
  const members = shape.suites.length + shape.extensions.length + shape.groups.length + shape.schemes.length;
  if (
    nearest === undefined ||
    nearest[1] > Math.min(NEAR, NEAR_BY_MEMBER * members) ||
    (next !== undefined && next[1] < nearest[1] + MARGIN)
  )
    return NONE;
  const [stack, apart] = nearest;
  const near = measured.filter(([entry, far]) => entry.stack === stack && far <= apart).map(([entry]) => entry);
  const plain = preferred(near, (entry) => entry.knob === undefined);
  const first = plain[0] as LibraryEntry;
  return {
    name: stack,
    ...versionsOf(stack, plain),
    match: "near",
    candidates: candidatesOf(plain, stack),
    deviations: deviations(shape, shapeOfEntry(first), first.shuffled),
    ...settingsOf([first]),
    distance: Math.round(apart * 10) / 10,
  };
}

/** Does the entry use the library that it appears to use? Imitators do if they imitate a browser on their own library: Chrome or Edge, on BoringSSL. */
function isLike({ imitates, stack }: LibraryEntry): boolean {
  return imitates === undefined || (stack === "BoringSSL" && /^(?:chrome|edge)/i.test(imitates));
}

/** The entries for which `holds`, or all if there are none. */
function preferred(entries: readonly LibraryEntry[], holds: (entry: LibraryEntry) => boolean): readonly LibraryEntry[] {
  const chosen = entries.filter(holds);
  return chosen.length > 0 ? chosen : entries;
}

/** The same client with default settings. */
function baseOf(entry: LibraryEntry): LibraryEntry {
  return (entry.base === undefined ? undefined : entryWith(entry.base)) ?? entry;
}

/** The versions of the stack among the entries, as ranges if every recorded version in between is among them. */
function versionsOf(stack: string | null, entries: readonly LibraryEntry[]): { versions?: string } {
  const versions = entries.flatMap(({ version }) => version ?? []);
  if (stack === null || versions.length === 0) return {};
  const known = entriesOf(stack).flatMap(({ version }) => version ?? []);
  return { versions: versionRanges(versions, known) };
}

/** `Python ssl 3.10 - 3.13`, `curl_cffi 0.17 as chrome131`: the programs among the entries, and the library itself if it sends the same. */
function candidatesOf(entries: readonly LibraryEntry[], stack: string | null): string[] {
  // A library alone need not be listed as its own candidate.
  if (stack !== null && entries.every(({ program }) => program === undefined)) return [];
  const groups = new Map<string, LibraryEntry[]>();
  for (const entry of entries) {
    const key = `${entry.program ?? entry.stack}|${entry.imitates ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const inOrder = [...groups.values()].toSorted(([a], [b]) => rankOf(a as LibraryEntry) - rankOf(b as LibraryEntry));
  return inOrder.map((group) => {
    const { program, stack: library, imitates } = group[0] as LibraryEntry;
    const version = (entry: LibraryEntry): string[] => [(program === undefined ? entry.version : entry.programVersion) ?? []].flat();
    const known = entriesOf(library).filter((entry) => entry.program === program);
    const ranges = versionRanges(group.flatMap(version), known.flatMap(version));
    return [program ?? library, ranges, ...(imitates === undefined ? [] : [`as ${imitates}`])].filter((part) => part !== "").join(" ");
  });
}

/** The library itself first, imitators last. */
function rankOf({ program, imitates }: LibraryEntry): number {
  if (imitates !== undefined) return 2;
  return program === undefined ? 0 : 1;
}
