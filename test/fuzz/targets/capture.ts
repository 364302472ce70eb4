/** Capture files of all formats: the same packets whatever the chunks, none longer than the file. */
import { toHex } from "../../../src/bytes/hex.ts";
import { CaptureReader } from "../../../src/capture/capture-reader.ts";
import { CaptureError } from "../../../src/fault/errors.ts";
import { Notes } from "../../../src/fault/note.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { inChunks, Input } from "../input.ts";
import { captures, isPrintable } from "../material.ts";

export const capture: Target = {
  name: "capture",
  longest: 4_096,
  bound: (length) => 200 * length + 10_000,
  seeds: () => captures(4_000, 6).map((file) => Uint8Array.from([7, 200, 3, ...file])),
  run(octets) {
    const input = new Input(octets);
    const sizes = [input.u8() + 1, input.u8() + 1, 16 * input.u8() + 1];
    const file = input.rest();
    const whole = read([file.slice()], file.length);
    demandSame(read(inChunks(file, sizes), file.length), whole, "chunks make a difference");
  },
};

function read(chunks: readonly Uint8Array[], length: number): unknown {
  const notes = new Notes();
  const seen: unknown[] = [];
  const secrets: unknown[] = [];
  let captured = 0;
  let last = 0;
  const reader = new CaptureReader({
    notes,
    frame({ bytes, start, end, wireLength, time, nanos, digits, number, linkType }) {
      demand(start >= 0 && start <= end && end <= bytes.length, `packet ${number} lies at ${start} to ${end} of ${bytes.length}`);
      demand(wireLength >= end - start, `packet ${number} is shorter on the wire than captured`);
      demand(Number.isSafeInteger(time) && nanos >= 0 && nanos < 1000, `packet ${number} has the time ${time} and ${nanos} ns`);
      demand(Number.isInteger(digits) && linkType >= 0 && linkType <= 0xffff, `packet ${number} has the link type ${linkType}`);
      captured += end - start;
      let sum = 0;
      for (let at = start; at < end; at++) sum = (Math.imul(sum, 31) + (bytes[at] as number)) | 0;
      seen.push([number, time, nanos, digits, linkType, wireLength, end - start, sum]);
      // Some blocks of pcapng that are no packets have numbers, too.
      demand(number > last, `packet ${number} comes after ${last}`);
      last = number;
    },
    secrets: ({ type, octets }) => secrets.push([type, toHex(octets)]),
  });
  let error = "";
  try {
    for (const chunk of chunks) {
      reader.push(chunk);
      chunk.fill(0xee);
    }
    reader.end();
  } catch (thrown) {
    if (!(thrown instanceof CaptureError)) throw thrown;
    error = thrown.message;
  }
  demand(captured <= length, `${captured} octets of packets in a file of ${length}`);
  const told = notes.list();
  demand(isPrintable(error) && told.every(({ message, count }) => isPrintable(message) && count > 0), "a note is not printable");
  return { format: reader.format, packets: reader.packets, linkTypes: [...reader.linkTypes], seen, secrets, notes: told, error };
}
