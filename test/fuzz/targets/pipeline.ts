/** Whole capture files to handshakes, with everything that can be read of them: the same whatever the chunks, every text printable. */
import { CaptureError } from "../../../src/fault/errors.ts";
import { identifyClient } from "../../../src/clients/identify.ts";
import type { Handshake } from "../../../src/handshake/handshake.ts";
import { decompressCertificate } from "../../../src/node/certificate-compression.ts";
import { nodeDecipher } from "../../../src/node/decipher.ts";
import { type CaptureSummary, HandshakeReader } from "../../../src/pipeline.ts";
import { Decryptor } from "../../../src/secrets/decryptor.ts";
import { describeCertificate, describeName } from "../../../src/x509/certificate.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { inChunks, Input } from "../input.ts";
import { captures, isPrintable } from "../material.ts";

/** What a capture gave, or why it is none. */
export interface ReadFile {
  readonly handshakes: readonly Handshake[];
  readonly summary: CaptureSummary | null;
}

export const pipeline: Target = {
  name: "pipeline",
  longest: 6_000,
  bound: (length) => 2_000 * length + 200_000,
  seeds: () => captures(5_000, 6).map((file) => Uint8Array.from([250, 3, ...file])),
  run(octets) {
    const input = new Input(octets);
    const sizes = [input.u8() + 1, 16 * input.u8() + 1];
    const file = input.rest();
    const whole = readFile([file]);
    demandSame(readFile(inChunks(file, sizes)), whole, "chunks make a difference");
    demandSound(whole);
  },
};

/** What must hold of whatever was read. */
export function demandSound({ handshakes, summary }: ReadFile): void {
  demand(isPrintable(JSON.stringify([handshakes, summary])), "what was read is not printable");
  // A packet, or a block of pcapng that has a number like one, has 12 octets at least.
  const packets = Math.ceil((summary?.bytes ?? 0) / 12);
  for (const { messages, events, failure } of handshakes) {
    for (const { type, packet, packets: all, time } of messages) {
      demand(packet >= 1 && packet <= packets, `a ${type} in packet ${packet} of ${packets}`);
      demand(all.length > 0 && all.every((number) => number >= 1 && number <= packets), `a ${type} in packets ${all.join()}`);
      demand(!Number.isNaN(Date.parse(time)), `a ${type} at ${time}`);
    }
    demand(
      events.every(({ packet }) => packet >= 1 && packet <= packets),
      "an event in no packet",
    );
    demand(failure === undefined || (failure.packet >= 0 && failure.packet <= packets), `a failure in packet ${failure?.packet}`);
  }
  demand(
    handshakes.every(({ id }, index) => id === index + 1),
    "handshakes are not numbered from 1",
  );
  demand(summary?.notes.every(({ count, message }) => count > 0 && message !== "") !== false, "a note without words");
}

/** Reads a file in these chunks, which are overwritten after use. */
export function readFile(chunks: readonly Uint8Array[]): ReadFile {
  const handshakes: Handshake[] = [];
  const reader = new HandshakeReader((handshake) => handshakes.push(handshake), {
    octets: true,
    describe: { certificate: describeCertificate, name: describeName },
    identify: identifyClient,
    decompress: decompressCertificate,
    decryptor: new Decryptor({ decipher: nodeDecipher }),
  });
  let summary: CaptureSummary | null = null;
  try {
    for (const chunk of chunks) {
      const copy = chunk.slice();
      reader.push(copy);
      copy.fill(0xee);
    }
    summary = reader.end();
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    demand(isPrintable(error.message), "an error is not printable");
  }
  return { handshakes: summary === null ? [] : handshakes.sort((a, b) => a.id - b.id), summary };
}
