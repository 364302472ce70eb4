/** What a capture format is: one file and one line in `formats.ts`. */
import type { Notes } from "../fault/note.ts";
import type { Frame } from "./frame.ts";

/** Secrets that a capture carries for its own decryption (pcapng Decryption Secrets Block). */
export interface CaptureSecrets {
  /** Secrets type: `0x544c534b` is a TLS key log. */
  readonly type: number;
  readonly octets: Uint8Array;
}

/** Where a format reader sends what it finds. */
export interface FrameSink {
  /** Called for each packet with the one reused frame. */
  frame(frame: Frame): void;
  secrets(secrets: CaptureSecrets): void;
  readonly notes: Notes;
}

/**
 * Reads one format. `read` gets a window that starts at the first octet not yet consumed; it reads
 * as many whole packets as there are and returns the number of octets it consumed. When it returns
 * less than the window holds, it is called again with the rest and more octets.
 */
export interface FormatReader {
  readonly name: string;
  read(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number;
  /** The input ended with `[start, end)` unconsumed: notes that it was cut, if it was. */
  end(bytes: Uint8Array, start: number, end: number, sink: FrameSink): void;
}

/** A capture format: how it is recognised and who reads it. */
export interface CaptureFormat {
  /** As it stands in the JSON: `pcap`, `pcapng`, `snoop`. */
  readonly name: string;
  /** Does a file that begins with these (at least four) octets have this format? */
  recognises(head: Uint8Array): boolean;
  create(): FormatReader;
}
