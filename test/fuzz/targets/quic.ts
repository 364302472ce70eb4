/** QUIC datagrams as they come: headers, connection ids, versions, retries; and Initial packets sealed around any frames. */
import { quic as protocol } from "../../../src/record/quic-protocol.ts";
import { close, crypto, initial, negotiation, retry, sealedLong, sealedShort } from "../../support/quic.ts";
import { handshake, helloBody, join } from "../../support/records.ts";
import type { Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";
import { readDatagrams } from "./dtls.ts";

const CLIENT = [1, 2, 3, 4, 5, 6, 7, 8];
const SERVER = [9, 9, 9, 9];
const HELLO = handshake(1, helloBody(200));
const VERSIONS = [1, 0x6b3343cf, 0xff00001d, 0xff000016, 0xfaceb002, 0x54303530, 0x0a0a0a0a, 2];
/** Whose keys a packet of an unknown version has. */
const READABLE = new Set([1, 0x6b3343cf, 0xff00001d, 0xff000016, 0xfaceb002, 0x54303530]);

const bare = (side: number, octets: Uint8Array): Uint8Array => Uint8Array.from([side, ...octets]);

export const quic: Target = {
  name: "quic",
  longest: 2_048,
  bound: (length) => 3_000 * length + 100_000,
  seeds: () => [
    inPieces([
      bare(0, initial({ role: "client", keysFrom: CLIENT, target: CLIENT, source: [], frames: crypto(HELLO) })),
      bare(
        1,
        initial({
          role: "server",
          keysFrom: CLIENT,
          target: [],
          source: SERVER,
          frames: join(crypto(handshake(2, helloBody())), close(0x128, "no")),
        }),
      ),
      bare(1, sealedLong(2, [], SERVER)),
      bare(0, sealedShort(SERVER)),
    ]),
    inPieces([bare(1, retry([], SERVER)), bare(1, negotiation([], CLIENT, [1, 0x0a0a0a0a]))]),
    inPieces([Uint8Array.from([4, 0, 0, 0, ...crypto(HELLO)]), Uint8Array.from([5, 0, 1, 0, ...crypto(handshake(2, helloBody()))])]),
    inPieces([
      Uint8Array.from([4, 0, 0, 0, ...crypto(HELLO, 100)]),
      Uint8Array.from([4, 0, 1, 0, ...crypto(HELLO, 0, 120), 2, 3, 1, 1, 0, 0, 1]),
    ]),
    inPieces([Uint8Array.from([4, 5, 0, 0, 8, 0x40, 0, 0x40, 4, 1, 0, 0, 0]), Uint8Array.from([12, 7, 0, 0, 0x1c, 1, 6, 0])]),
  ],
  run(octets) {
    const pieces = new Input(octets).pieces(16);
    // A third bit in the side: what follows are the frames of an Initial packet, to be sealed here.
    readDatagrams(
      protocol,
      pieces.map((piece) => (((piece[0] ?? 0) & 4) === 0 ? piece : sealed(piece))),
    );
  },
};

function sealed(piece: Uint8Array): Uint8Array {
  const input = new Input(piece);
  const choice = input.u8();
  const isServer = (choice & 1) === 1;
  const version = input.pick(VERSIONS);
  const packetNumber = input.u8();
  const ids = input.u8();
  const target = isServer ? (ids & 1 ? [7] : []) : ids & 2 ? SERVER : CLIENT;
  const packet = initial({
    role: isServer ? "server" : "client",
    keysFrom: ids & 4 ? SERVER : CLIENT,
    target,
    source: isServer ? SERVER : ids & 1 ? [7] : [],
    frames: input.rest(),
    packetNumber,
    version,
    like: READABLE.has(version) ? version : 1,
    token: ids & 8 ? [1, 2, 3] : [],
  });
  return bare(choice & 1, packet);
}
