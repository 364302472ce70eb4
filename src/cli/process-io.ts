/** The world as the process has it: its streams, its environment, its files, its signals. */
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
      // Mostly nothing is said there.
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
    // The clock of `performance` takes longer to load than a capture to read.
    now: () => process.uptime() * 1000,
  };
}

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** Is it a file, or nothing? Then nobody is slow or goes away, and it is written without a stream, which takes its time to load. */
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
      // As long as the stream holds any of it, the octets are not the caller's: what comes behind them is written when they are. Pipes that
      // have room for all have taken it before this returns, however much it was.
      return stream.writableLength === 0 ? undefined : written();
    },
    async done() {
      check();
      await written();
      check();
    },
  };
}

/** What is said beside the result: nobody need listen, and nothing depends on it. */
function deafSink(): Sink {
  /** Only a terminal needs what Node makes of standard error, which takes its time to load. */
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
        // The other end does not want to be waited for: a stream writes when it can.
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

/** What the Node face reads; what is wrong with it is the user's to mend. */
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
    throw new FileError("the page is not there: npm run build makes it", { cause: error });
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
