/** A world for command lines in tests: files that are captures already, streams that are arrays. */
import { ClosedPipe } from "../../src/cli/io.ts";
import type { Io } from "../../src/cli/io.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { run } from "../../src/cli/run.ts";
import type { Capture } from "../../src/index.ts";
import type { ReadOptions } from "../../src/node.ts";
import { KeyLog } from "../../src/secrets/key-log.ts";
import { goCapture, opensslCapture } from "./stories.ts";

export interface World {
  /** Captures by the word that names them. A word that is not there is a missing file. */
  readonly files?: Readonly<Record<string, readonly Capture[]>>;
  readonly environment?: Io["environment"];
  /** Cells of the terminal on standard output; absent: a pipe. */
  readonly terminal?: number;
  /** Standard error is a terminal. */
  readonly person?: boolean;
  readonly signal?: AbortSignal;
  readonly readCaptures?: Io["readCaptures"];
  readonly readKeyLog?: Io["readKeyLog"];
  readonly readConfig?: Io["readConfig"];
  readonly readOctets?: Io["readOctets"];
  /** Writes for real as well. */
  readonly writeFile?: Io["writeFile"];
  readonly now?: () => number;
  /** Writes that standard output takes before its reader goes away. */
  readonly patience?: number;
}

/** What a command line left behind. */
export interface Trace {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly written: Readonly<Record<string, string>>;
}

/** The files of the flagship story. */
export const STORY: Readonly<Record<string, readonly Capture[]>> = {
  "go.pcap": [goCapture],
  "openssl.pcap": [opensslCapture],
};

/** Runs a command line in a world. */
export async function execute(words: readonly string[], world: World = {}): Promise<Trace> {
  const out: string[] = [];
  const err: string[] = [];
  const written: Record<string, string> = {};
  const io: Io = {
    out: {
      isTerminal: world.terminal !== undefined,
      columns: world.terminal,
      write(text) {
        if (out.length >= (world.patience ?? Number.POSITIVE_INFINITY)) throw new ClosedPipe();
        out.push(typeof text === "string" ? text : Buffer.from(text).toString());
        return undefined;
      },
      done: () => Promise.resolve(),
    },
    err: {
      isTerminal: world.person === true,
      columns: world.person === true ? 80 : undefined,
      write(text) {
        err.push(typeof text === "string" ? text : Buffer.from(text).toString());
        return undefined;
      },
      done: () => Promise.resolve(),
    },
    environment: { LANG: "C.UTF-8", ...world.environment },
    signal: world.signal ?? new AbortController().signal,
    readCaptures: world.readCaptures ?? ((input, options) => Promise.resolve(readFake(input, world.files ?? STORY, options))),
    readKeyLog: world.readKeyLog ?? (() => Promise.resolve(new KeyLog())),
    readConfig: world.readConfig ?? ((path) => Promise.reject(new UsageError(`${path} does not exist`))),
    readOctets: world.readOctets ?? ((path) => Promise.reject(new UsageError(`${path} does not exist`))),
    async writeFile(path, content, options) {
      const pieces = [...content];
      const text = pieces.map((piece) => (typeof piece === "string" ? piece : Buffer.from(piece).toString("latin1"))).join("");
      written[path] = options?.append === true ? (written[path] ?? "") + text : text;
      await world.writeFile?.(path, pieces, options);
    },
    openFile(path) {
      let text = "";
      return Promise.resolve({
        write(piece) {
          text += typeof piece === "string" ? piece : Buffer.from(piece).toString("utf8");
          return undefined;
        },
        close() {
          written[path] = text;
        },
        discard: () => undefined,
      });
    },
    readPage: () => Promise.resolve(new TextEncoder().encode("<!doctype html>viewer")),
    demo: [
      { path: "go.pcap", name: "fixtures/go.pcap" },
      { path: "openssl.pcap", name: "fixtures/openssl.pcap" },
    ],
    now: world.now ?? ((): number => 0),
  };
  const status = await run(words, io);
  return { status, out: out.join(""), err: err.join(""), written };
}

/** As the real reader: handshakes go to the callback where there is one. */
function readFake(input: string, files: NonNullable<World["files"]>, options: ReadOptions): Capture[] {
  const captures = files[input];
  if (captures === undefined)
    return [{ file: input, notes: [], handshakes: [], error: { code: "missing-file", message: "does not exist" } }];
  return captures.map((capture) => {
    const { onHandshake, onCapture } = options;
    for (const handshake of onHandshake === undefined ? [] : capture.handshakes) void onHandshake?.(handshake, capture.file);
    const read = onHandshake === undefined ? { ...capture } : { ...capture, handshakes: [] };
    onCapture?.(read);
    return read;
  });
}
