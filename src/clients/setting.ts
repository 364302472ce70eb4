/**
 * What a setting changes in a hello, learnt from the library, where the same client was recorded with and without it. The shape of a
 * hello comes in, and goes out as it would be with the setting, so that a rule can compare it with what the server chose.
 */
import type { ClientHello } from "../message/message.ts";
import { entryWith, libraryEntries, type LibraryEntry, shapeOfEntry } from "./library.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** The lists of an offer that settings change. */
const LISTS = ["suites", "groups", "schemes", "versions", "keyShares", "extensions", "pointFormats"] as const;

/** The shape `hello` with the changes that the setting of `variant` (an entry with one) made to its own client. */
export function applySetting(hello: Shape, variant: LibraryEntry): Shape {
  const base = variant.base === undefined ? undefined : entryWith(variant.base);
  if (base === undefined) return hello;
  const [before, after] = [shapeOfEntry(base), shapeOfEntry(variant)];
  const changed = LISTS.map((list) => [list, changedList(hello[list], before[list], after[list])] as const);
  const legacyVersion = before.legacyVersion === after.legacyVersion ? hello.legacyVersion : after.legacyVersion;
  return { ...hello, legacyVersion, ...Object.fromEntries(changed) };
}

/**
 * What `hello` would be with `setting` (as one types it) in the client `id`. `undefined`, that is unknown, if the library has no recording of
 * that client with that setting, or the hello was not read completely.
 */
export function helloWith(hello: ClientHello, id: string, setting: string): Shape | undefined {
  const variant = libraryEntries().find((entry) => entry.base === id && entry.knob === setting);
  const shape = shapeOf(hello, "tls");
  return variant === undefined || shape === undefined ? undefined : applySetting(shape, variant);
}

/** `list` with the members that `after` has and `before` has not, each after its predecessor there, and without those that only `before` has. */
function changedList(list: readonly string[], before: readonly string[], after: readonly string[]): readonly string[] {
  if (list.join() === before.join()) return after;
  const kept = list.filter((member) => after.includes(member) || !before.includes(member));
  for (const [place, member] of after.entries()) {
    if (before.includes(member) || kept.includes(member)) continue;
    const earlier = after.slice(0, place).findLast((other) => kept.includes(other));
    kept.splice(earlier === undefined ? 0 : kept.indexOf(earlier) + 1, 0, member);
  }
  return kept;
}
