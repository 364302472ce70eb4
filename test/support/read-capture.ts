/** Reads a capture in memory, in one piece or in chunks, to plain packets that a test can compare. */
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import { type CaptureErrorCode, CaptureError } from "../../src/fault/errors.ts";
import { type Note, Notes } from "../../src/fault/note.ts";
import { toHex } from "../../src/bytes/hex.ts";

/** A packet as it was given to the sink. */
export interface ReadPacket {
  readonly number: number;
  readonly time: number;
  readonly nanos: number;
  readonly digits: number;
  readonly linkType: number;
  readonly wireLength: number;
  /** Hex. */
  readonly octets: string;
}

/** Everything that reading a capture gave. */
export interface ReadCapture {
  readonly format: string | undefined;
  readonly packets: readonly ReadPacket[];
  readonly count: number;
  readonly octets: number;
  readonly linkTypes: readonly number[];
  readonly secrets: readonly { readonly type: number; readonly octets: string }[];
  readonly notes: readonly Note[];
  readonly error?: { readonly code: CaptureErrorCode; readonly message: string };
}

/** `cuts` are offsets at which a new chunk begins. Each chunk lies in memory of its own that is overwritten after use. */
export function readCapture(file: Uint8Array, cuts: readonly number[] = []): ReadCapture {
  const notes = new Notes();
  const packets: ReadPacket[] = [];
  const secrets: { type: number; octets: string }[] = [];
  const reader = new CaptureReader({
    notes,
    frame({ bytes, start, end, wireLength, time, nanos, digits, number, linkType }) {
      packets.push({ number, time, nanos, digits, linkType, wireLength, octets: toHex(bytes, start, end) });
    },
    secrets: ({ type, octets }) => secrets.push({ type, octets: toHex(octets) }),
  });
  let error: ReadCapture["error"];
  try {
    let at = 0;
    for (const cut of [...cuts, file.length]) {
      const chunk = file.slice(at, cut);
      reader.push(chunk);
      chunk.fill(0xee);
      at = cut;
    }
    reader.end();
  } catch (thrown) {
    if (!(thrown instanceof CaptureError)) throw thrown;
    error = { code: thrown.code, message: thrown.message };
  }
  const { format, octets, packets: count, linkTypes } = reader;
  return { format, packets, count, octets, linkTypes: [...linkTypes], secrets, notes: notes.list(), ...(error && { error }) };
}

/** Codes of the notes, for a test that is about no words. */
export function codesOf(capture: ReadCapture): string[] {
  return capture.notes.map(({ code }) => code);
}
