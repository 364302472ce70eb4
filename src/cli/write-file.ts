/**
 * Writes files under a temporary name in the same folder, and renames them once they are complete. So nobody ever finds half a
 * file, and an older file stays until then. What is not a regular file (a device, a pipe) is written directly.
 */
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { FileSink } from "./io.ts";
import { shown } from "./shown.ts";
import { FileError } from "./usage-error.ts";

/** Where a file is written, and its final path. */
interface Place {
  readonly descriptor: number;
  readonly temporary: string | null;
  readonly path: string;
}

/** Begins a file that is written in pieces. */
export function openFile(path: string): FileSink {
  const told = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw unwritten(path, error);
    }
  };
  const place = told(() => placeFor(path));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(place.descriptor);
    isOpen = false;
  };
  return {
    write(content) {
      told(() => writeAll(place.descriptor, content));
      return undefined;
    },
    close: () =>
      told(() => {
        close();
        if (place.temporary !== null) renameSync(place.temporary, place.path);
      }),
    discard() {
      close();
      if (place.temporary !== null) rmSync(place.temporary, { force: true });
    },
  };
}

/** Writes a file, or appends to it. */
export function writeFile(path: string, content: Iterable<string | Uint8Array>, options: { readonly append?: boolean } = {}): void {
  if (options.append === true) {
    appendFile(path, content);
    return;
  }
  const file = openFile(path);
  try {
    for (const piece of content) file.write(piece);
    file.close();
  } catch (error) {
    file.discard();
    throw error;
  }
}

function appendFile(path: string, content: Iterable<string | Uint8Array>): void {
  const pieces = [...content];
  try {
    const descriptor = openSync(path, "a");
    try {
      for (const piece of pieces) writeAll(descriptor, piece);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw unwritten(path, error);
  }
}

function placeFor(path: string): Place {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status !== undefined && !status.isFile()) return { descriptor: openSync(path, "w"), temporary: null, path };
  // The target of a symbolic link is replaced, not the link.
  const target = status === undefined ? path : realpathSync(path);
  // Created only if no file has the name, so it need not be hard to guess.
  const temporary = join(dirname(target), `.${basename(target).slice(0, 200)}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  return open(temporary, target, status);
}

function open(temporary: string, target: string, status: Stats | undefined): Place {
  try {
    return { descriptor: openSync(temporary, "wx", status === undefined ? 0o666 : status.mode & 0o777), temporary, path: target };
  } catch (error) {
    const mayReplace = status !== undefined && ["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "");
    // The file may be writable in a folder that is not.
    if (!mayReplace) throw error;
    return { descriptor: openSync(target, "w"), temporary: null, path: target };
  }
}

function writeAll(descriptor: number, content: string | Uint8Array): void {
  const octets = typeof content === "string" ? octetsOf(content) : content;
  for (let at = 0; at < octets.length;) at += writeSync(descriptor, octets, at, octets.length - at);
}

/** Characters of the longest text for which one buffer is reused: allocating one each time costs as much as writing it. */
const COMMON = 131_072;
/** UTF-8 takes at most three octets for one UTF-16 code unit. */
const LONGEST_UNIT = 3;
let room: Uint8Array | undefined;

/** The text in UTF-8; valid until the next call. */
function octetsOf(text: string): Uint8Array {
  const encoder = new TextEncoder();
  if (text.length > COMMON) return encoder.encode(text);
  room ??= new Uint8Array(LONGEST_UNIT * COMMON);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

/** Turns an error of the system into a `UsageError`; anything else is a bug, and is returned unchanged. */
function unwritten(path: string, error: unknown): unknown {
  const why = writeFault(error);
  return why === null ? error : new FileError(`cannot write ${shown(path)}: ${why}`, { cause: error });
}

/** Why the system refused to write; `null` if it was not the system. */
export function writeFault(error: unknown): string | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined) return null;
  return WORDS[code] ?? (syscall === undefined ? null : `the system says ${code}`);
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EISDIR: "it is a directory",
  ENOENT: "there is no such directory",
  ENOTDIR: "a part of its path is not a directory",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "too many symbolic links",
  ENOSPC: "no space is left",
  EDQUOT: "the quota is used up",
  EFBIG: "it would become too large",
  EIO: "input/output error",
};
