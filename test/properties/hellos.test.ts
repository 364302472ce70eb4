import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, readAll, segmentsOf } from "../support/conversation.ts";
import { clientHelloFields, clientHellos, serverHelloFields, serverHellos } from "../support/hello-arbitraries.ts";
import { join } from "../support/packet-writer.ts";
import { handshake, record } from "../support/records.ts";
import { encodeClientHello, encodeServerHello } from "../support/wire.ts";

/** Sizes of pieces, over and over. */
const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });

function inPieces(octets: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < octets.length;) {
    const length = lengths[pieces.length % lengths.length] as number;
    pieces.push(octets.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** Hellos of TLS: those of DTLS have numbers for their versions that no TLS stream begins with. */
const offers = clientHellos.filter(({ cookie, legacyVersion }) => cookie === undefined && legacyVersion < 0xfe00);
const answers = serverHellos.filter(({ legacyVersion }) => legacyVersion < 0xfe00);

describe("any two hellos", () => {
  it("are read whatever the records and segments into which they are cut", () => {
    fc.assert(
      fc.property(offers, answers, sizes, sizes, (offer, answer, records, segments) => {
        const inRecords = (message: Uint8Array): Uint8Array => join(...inPieces(message, records).map((piece) => record(22, piece)));
        const said = [
          { from: "client" as const, octets: inRecords(handshake(1, encodeClientHello(offer))) },
          { from: "server" as const, octets: inRecords(handshake(2, encodeServerHello(answer))) },
        ];
        const [read] = readAll(pcap(framesOf(segmentsOf(said, (octets) => inPieces(octets, segments)))));
        expect(read?.messages).toMatchObject([clientHelloFields(offer), serverHelloFields(answer)]);
      }),
      { numRuns: 150 },
    );
  });
});
