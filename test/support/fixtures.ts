/** The recorded captures: where they lie, what they hold, and a command line that reads them by their names below `fixtures/`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Capture } from "../../src/handshake/handshake.ts";
import { readCaptures, readKeyLog, type ReadOptions } from "../../src/node.ts";
import { execute, type Trace } from "./io.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

/** Where a fixture lies; `name` is its path below `fixtures/`. */
export function fixturePath(name: string): string {
  return join(FIXTURES, name);
}

/** Every capture of some folders of `fixtures/`, sorted; without more words those which the golden files know. */
export function fixtureNames(folders: readonly string[] = ["captures", "pairs"]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(fixturePath(folder), { recursive: true }).map((name) => `${folder}/${String(name)}`.replaceAll("\\", "/")),
    )
    .filter((name) => /\.(pcap|pcapng|snoop)(\.gz|\.zst)?$/.test(name))
    .sort();
}

/** The capture, under its name below `fixtures/`. */
export async function readFixture(name: string, options: ReadOptions = {}): Promise<Capture> {
  const { onHandshake, onCapture } = options;
  const renamed = {
    ...(onHandshake === undefined
      ? {}
      : { onHandshake: ((handshake) => onHandshake(handshake, name)) satisfies ReadOptions["onHandshake"] }),
    ...(onCapture === undefined ? {} : { onCapture: (read: Capture) => onCapture({ ...read, file: name }) }),
  };
  const [capture] = await readCaptures(fixturePath(name), { ...options, ...renamed });
  if (capture === undefined) throw new Error(`nothing was read of ${name}`);
  return { ...capture, file: name };
}

/** Runs a command line in which captures are named as below `fixtures/`. */
export function executeOnFixtures(words: readonly string[]): Promise<Trace> {
  return execute(words, { readCaptures: async (input, options) => [await readFixture(input, options)], readKeyLog });
}
