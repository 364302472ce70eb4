/** Does a redacted capture show what its original shows? The handshakes of both come in, sentences about what changed go out. */
import { compareHandshakes } from "../diff/compare-handshakes.ts";
import { diagnoseHandshake } from "../diagnosis/diagnose.ts";
import type { Handshake } from "../handshake/handshake.ts";

/** Paths that redaction is meant to change; `hex` is a message that cannot be decoded. */
const MEANT =
  /server_name|authorities|pskIdentity|identit|\.user|\.login|certificate_authorities|proxy|\.extensions\.0x[\da-f]{4}\.hex$|^\w+\.hex$/i;

/** What differs but should not; empty if nothing does. */
export function changesOf(originals: readonly Handshake[], redacted: readonly Handshake[]): string[] {
  const told = redacted.filter((handshake) => handshake.messages.length > 0 || handshake.outcome === "failed");
  if (originals.length !== told.length) return [`${originals.length} handshakes became ${told.length}`];
  // The order of two connections may depend on packets that were left out; their ports are unchanged.
  const others = told.toSorted(byPorts);
  return originals.toSorted(byPorts).flatMap((original, index) => changesIn(original, others[index] as Handshake));
}

/** What a capture shows only with the secrets in it: how a handshake ended, and why. */
export function lostWithSecrets(opened: readonly Handshake[], sealed: readonly Handshake[]): string[] {
  return opened.flatMap((handshake) => {
    const other = sealed.find(({ id }) => id === handshake.id);
    if (other === undefined) return [`handshake ${handshake.id} would be missing`];
    const [before, after] = [verdictOf(handshake), verdictOf(other)];
    return before === after ? [] : [`handshake ${handshake.id}, ${before}, would be ${after}`];
  });
}

function verdictOf(handshake: Handshake): string {
  const rules = rulesOf(handshake);
  return rules === "" ? handshake.outcome : `${handshake.outcome} (${rules})`;
}

function byPorts({ id: oneId, transport: one }: Handshake, { id: otherId, transport: other }: Handshake): number {
  return one.client.port - other.client.port || one.server.port - other.server.port || oneId - otherId;
}

function changesIn(original: Handshake, redacted: Handshake): string[] {
  const { differences } = compareHandshakes(original, redacted);
  const paths = differences
    .filter((difference) => ["outcome", "semantic", "order"].includes(difference.class) && !MEANT.test(difference.path))
    .map(({ path }) => `handshake ${original.id} differs in ${path}`);
  const [before, after] = [rulesOf(original), rulesOf(redacted)];
  if (before === after) return paths;
  return [...paths, `the cause of handshake ${original.id}, ${before === "" ? "none" : before}, became ${after === "" ? "none" : after}`];
}

function rulesOf(handshake: Handshake): string {
  return diagnoseHandshake(handshake)
    .map(({ rule }) => rule)
    .join(", ");
}
