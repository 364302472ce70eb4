/** Does a redacted capture say what its original says? Both sides' handshakes come in, sentences about what changed come out. */
import { compareHandshakes } from "../diff/compare-handshakes.ts";
import { diagnoseHandshake } from "../diagnosis/diagnose.ts";
import type { Handshake } from "../handshake/handshake.ts";

/** Where redaction is meant to change something. */
const MEANT = /server_name|authorities|pskIdentity|identit|\.user|\.login|certificate_authorities|proxy/i;

/** What differs and was not meant to; empty if nothing does. */
export function changesOf(originals: readonly Handshake[], redacted: readonly Handshake[]): string[] {
  const told = redacted.filter((handshake) => handshake.messages.length > 0 || handshake.outcome === "failed");
  if (originals.length !== told.length) return [`${originals.length} handshakes became ${told.length}`];
  return originals.flatMap((original, index) => changesIn(original, told[index] as Handshake));
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
