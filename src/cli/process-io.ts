/** The world as the process has it: its streams, its environment, its files, its signals. */
import { appendFileSync, existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ClosedPipe } from "./io.ts";
import type { FileSink, Io, Sink } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** The Io of this process. The first SIGINT aborts it; a second one ends the process. */
export function processIo(): Io {
  const interrupt = new AbortController();
  let err: Sink | undefined;
  process.once("SIGINT", () => {
    interrupt.abort();
    process.stdin.destroy();
  });
  return {
    out: streamSink(process.stdout),
    get err() {
      // Mostly nothing is said there, and a stream takes its time to open.
      return (err ??= streamSink(process.stderr));
    },
    environment: process.env,
    signal: interrupt.signal,
    async readCaptures(input, options) {
      const { readCaptures } = await import("../node.ts");
      return readCaptures(input, options);
    },
    readKeyLog: (...paths) => told((node) => node.readKeyLog(...paths)),
    readOctets: (path) => told((node) => node.readOctets(path)),
    readConfig: (path) => told((node) => node.readConfig(path)),
    writeFile,
    openFile,
    readPage,
    get demo() {
      return demoPair();
    },
    // The clock of `performance` takes longer to load than a capture to read.
    now: () => process.uptime() * 1000,
  };
}

function streamSink(stream: NodeJS.WriteStream): Sink {
  let closed = false;
  let drained: Promise<void> | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
  });
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write(text) {
      if (closed) throw new ClosedPipe();
      if (stream.write(text)) return undefined;
      drained ??= new Promise<void>((resolve) => {
        const done = (): void => {
          stream.off("drain", done).off("error", done);
          drained = undefined;
          resolve();
        };
        stream.on("drain", done).on("error", done);
      });
      return drained;
    },
  };
}

/** What the Node face reads; what is wrong with it is the user's to mend. */
async function told<T>(read: (node: typeof import("../node.ts")) => Promise<T>): Promise<T> {
  try {
    return await read(await import("../node.ts"));
  } catch (error) {
    const { CaptureError } = await import("../fault/errors.ts");
    if (error instanceof CaptureError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function writeFile(path: string, content: Iterable<string | Uint8Array>, options: { append?: boolean } = {}): Promise<void> {
  try {
    const file = await open(path, options.append === true ? "a" : "w");
    try {
      for (const piece of content) await file.appendFile(piece);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asTold(path, error);
  }
}

/** Written synchronously: the pieces come while a capture is read, and must keep their order. */
async function openFile(path: string): Promise<FileSink> {
  try {
    const file = await open(path, "w");
    return {
      write(text) {
        try {
          appendFileSync(file.fd, text);
        } catch (error) {
          throw asTold(path, error);
        }
        return undefined;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw asTold(path, error);
  }
}

/** Why a file could not be written, where that is the user's to mend. */
function asTold(path: string, error: unknown): unknown {
  const why = WRITE_ERRORS[(error as NodeJS.ErrnoException).code ?? ""];
  return why === undefined ? error : new UsageError(`cannot write ${path}: ${why}`);
}

const WRITE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EISDIR: "it is a directory",
  ENOENT: "there is no such directory",
  ENOTDIR: "a part of its path is not a directory",
  ENOSPC: "no space is left",
};

const DEMO = "fixtures/pairs/go-rsa-kex";

async function readPage(): Promise<Uint8Array> {
  try {
    return await readFile(join(packageFolder(), "dist", "web.html"));
  } catch (error) {
    throw new UsageError("the page is not there: npm run build makes it", { cause: error });
  }
}

/** Where `package.json` lies, however deep below it this code was built to. */
function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function demoPair(): Io["demo"] {
  const folder = packageFolder();
  return ["go.pcap", "openssl.pcap"].map((file) => ({ path: join(folder, DEMO, file), name: `${DEMO}/${file}` }));
}
