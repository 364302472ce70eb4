/** The real `Io`: the process's streams, environment, files and signals. */
import { existsSync, fstatSync, readFileSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { CaptureError } from "../fault/errors.ts";
import { ClosedPipe } from "./io.ts";
import type { Io, Sink } from "./io.ts";
import { FileError } from "./usage-error.ts";
import { openFile, writeFault, writeFile } from "./write-file.ts";

/** The Io of this process. The first SIGINT aborts it; a second one ends the process. */
export function processIo(): Io {
  const interrupt = new AbortController();
  let err: Sink | undefined;
  process.once("SIGINT", () => {
    interrupt.abort();
    process.stdin.destroy();
  });
  return {
    out: isFile(STANDARD_OUTPUT) ? fileSink(STANDARD_OUTPUT) : streamSink(process.stdout),
    get err() {
      // Most runs write nothing there.
      return (err ??= deafSink());
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
    writeFile: (path, content, options) => Promise.resolve().then(() => writeFile(path, content, options)),
    openFile: (path) => Promise.resolve().then(() => openFile(path)),
    readPage,
    get demo() {
      return demoPair();
    },
    // Loading `performance` takes longer than reading a capture.
    now: () => process.uptime() * 1000,
  };
}

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** Is it a file, or closed? Then there is no slow or vanishing reader, and it is written without a stream, which would take time to load. */
function isFile(descriptor: number): boolean {
  const status = fstatSync(descriptor);
  return status.isFile() || (status.isCharacterDevice() && status.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev);
}

function fileSink(descriptor: number): Sink {
  return {
    isTerminal: false,
    write(content) {
      try {
        for (let octets = octetsOf(content); octets.length > 0;) octets = octets.subarray(writeSync(descriptor, octets));
      } catch (error) {
        throw unwritten(error as NodeJS.ErrnoException);
      }
      return undefined;
    },
    done: () => Promise.resolve(),
  };
}

function octetsOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}

function streamSink(stream: NodeJS.WriteStream): Sink {
  let failure: Error | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error.code === "EPIPE" ? new ClosedPipe() : unwritten(error);
  });
  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  const written = (): Promise<void> =>
    new Promise((resolve) => {
      stream.write("", () => resolve());
    });
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write(content) {
      check();
      stream.write(content);
      // As long as the stream holds any of them, the caller must not reuse the octets: it waits for the promise. A pipe with enough room
      // has taken everything before this returns, however much it was.
      return stream.writableLength === 0 ? undefined : written();
    },
    async done() {
      check();
      await written();
      check();
    },
  };
}

/** A sink for messages besides the result: it does not matter whether anybody reads them. */
function deafSink(): Sink {
  /** Only a terminal needs Node's stream for standard error, which takes time to load. */
  let stream = fstatSync(STANDARD_ERROR).isCharacterDevice() && !isFile(STANDARD_ERROR) ? deafStream() : null;
  return {
    isTerminal: stream?.isTTY === true,
    get columns() {
      return stream?.isTTY === true ? stream.columns : undefined;
    },
    write(content) {
      let octets = octetsOf(content);
      try {
        if (stream === null) while (octets.length > 0) octets = octets.subarray(writeSync(STANDARD_ERROR, octets));
      } catch (error) {
        // The other end is not ready: from here on, a stream writes when it can.
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") stream = deafStream();
      }
      if (octets.length > 0) stream?.write(octets);
      return undefined;
    },
    done: () => Promise.resolve(),
  };
}

function deafStream(): NodeJS.WriteStream {
  return process.stderr.on("error", () => undefined);
}

function unwritten(error: NodeJS.ErrnoException): Error {
  const why = writeFault(error);
  return why === null ? error : new FileError(`cannot write to standard output: ${why}`, { cause: error });
}

/** Calls the Node face; its `CaptureError`s are problems that the user can fix. */
async function told<T>(read: (node: typeof import("../node.ts")) => Promise<T>): Promise<T> {
  try {
    return await read(await import("../node.ts"));
  } catch (error) {
    if (error instanceof CaptureError) throw new FileError(error.message, { cause: error });
    throw error;
  }
}

const DEMO = "fixtures/pairs/go-rsa-kex";

async function readPage(): Promise<Uint8Array> {
  try {
    return readFileSync(join(packageFolder(), "dist", "web.html"));
  } catch (error) {
    throw new FileError("the page has not been built: run npm run build", { cause: error });
  }
}

/** The folder of `package.json`, at whatever depth below it this code is. */
function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function demoPair(): Io["demo"] {
  const folder = packageFolder();
  return ["go.pcap", "openssl.pcap"].map((file) => ({ path: join(folder, DEMO, file), name: `${DEMO}/${file}` }));
}
