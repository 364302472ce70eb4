/** Captures explained one by one: each failed handshake with its diagnosis; those that failed in the same way are shown once. */
import type { Finding } from "../diagnosis/contract.ts";
import type { Note } from "../fault/note.ts";
import type { Handshake } from "../handshake/handshake.ts";
import { diagnosisBlocks, type SideName } from "./compose-diagnosis.ts";
import { ignoredBlocks } from "./compose-list.ts";
import { span } from "./document.ts";
import type { Block, Document } from "./document.ts";
import { verdict } from "./sentence.ts";
import { countText, endpointText, fileText } from "./words.ts";

/** A capture whose handshakes carry their diagnosis. */
export interface ExplainedCapture {
  readonly file: string;
  readonly notes: readonly Note[];
  readonly handshakes: readonly Explained[];
}

type Explained = Handshake & { readonly diagnosis: readonly Finding[] };

/** One capture has no sides. */
const NOBODY: SideName = () => span("");

/** Composes the captures one after the other. */
export function composeExplain(captures: readonly ExplainedCapture[], all: boolean): Document {
  const blocks = captures.flatMap((capture): Block[] => {
    const told = capture.handshakes.filter(({ diagnosis }) => diagnosis.length > 0);
    const several = capture.handshakes.length > 1 || captures.length > 1;
    const file = fileText(capture.file).split("/").at(-1) ?? capture.file;
    const parts = groupAlike(told).flatMap(([handshake, ...others]): Block[] => {
      const label = several ? `${file}#${handshake.id}` : file;
      const heading: Block[] = several ? [{ kind: "heading", level: 1, text: [span(label)] }] : [];
      const found = diagnosisBlocks(handshake.diagnosis, NOBODY, all);
      return [...heading, ...found, verdict([span(label, "strong")], handshake), ...otherBlocks(others)];
    });
    return [...parts, ...quietBlocks(capture, told.length), ...ignoredBlocks(span(file), capture)];
  });
  return { blocks };
}

/** Groups the handshakes with the same explanation: a client that tries again and again fails in the same way each time. */
function groupAlike(handshakes: readonly Explained[]): (readonly [Explained, ...Explained[]])[] {
  const groups = new Map<string, [Explained, ...Explained[]]>();
  for (const handshake of handshakes) {
    const { protocol, transport, serverName, outcome, failure, clientStack, diagnosis } = handshake;
    const told = [protocol, transport.server, serverName, outcome, failure, clientStack?.name, clientStack?.versions, diagnosis];
    const key = JSON.stringify(told, (name, value: unknown) => (name === "packet" ? undefined : value));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [handshake]);
    else group.push(handshake);
  }
  return [...groups.values()];
}

/** How many of those that failed in the same way are named. */
const NAMED = 5;

function otherBlocks(others: readonly Explained[]): Block[] {
  if (others.length === 0) return [];
  const names = others.slice(0, NAMED).map((handshake) => {
    const packet = handshake.failure?.packet ?? 0;
    return `#${handshake.id} from ${endpointText(handshake.transport.client)}${packet > 0 ? ` (packet ${packet})` : ""}`;
  });
  const more = others.length > NAMED ? ` and ${countText(others.length - NAMED, "more", "more")}` : "";
  return [
    { kind: "note", text: [span(`It failed in the same way ${countText(others.length, "more time")}: ${names.join(", ")}${more}.`)] },
  ];
}

/** Says in how many handshakes, besides those that are shown, nothing failed. */
function quietBlocks({ file, handshakes }: ExplainedCapture, told: number): Block[] {
  const quiet = handshakes.length - told;
  if (quiet === 0) return [];
  const text = `${countText(quiet, told === 0 ? "handshake" : "more handshake")} of ${fileText(file)}: nothing failed.`;
  return [{ kind: told === 0 ? "paragraph" : "note", text: [span(text)] }];
}
