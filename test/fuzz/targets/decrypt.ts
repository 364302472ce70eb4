/**
 * What a key log opens, with a cipher that leaves octets as they are: any records become plaintext, so that everything
 * behind decryption is reached, for TLS 1.3, TLS 1.2 with AEAD, and TLS 1.0 to 1.2 with block ciphers.
 */
import type { Decipher } from "../../../src/crypto/cipher.ts";
import { SealedStore } from "../../../src/record/sealed.ts";
import { TlsStream } from "../../../src/record/tls-stream.ts";
import { Decryptor } from "../../../src/secrets/decryptor.ts";
import { KeyLog } from "../../../src/secrets/key-log.ts";
import { join } from "../../support/packet-writer.ts";
import { handshake, record } from "../../support/records.ts";
import { encodeClientHello, encodeServerHello, type ExtensionSpec } from "../../support/wire.ts";
import { demand, type Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";

const RANDOM = new Uint8Array(32).fill(0x11);
const HEX = "11".repeat(32);
/** TLS_AES_128_CCM_SHA256; TLS_RSA with AES_128_CCM, CCM_8, 3DES and CAMELLIA; one that nobody has. */
const SUITES = [0x1304, 0xc09c, 0xc0a0, 0x000a, 0x0041, 0x1399];

const LENIENT: Decipher = {
  has: () => true,
  cbc: (_name, _key, _iv, octets) => octets.slice(),
  aead: (_name, { sealed, tagLength }) => (sealed[0] === 0xff ? null : sealed.slice(0, sealed.length - tagLength)),
};

const LOG = new KeyLog();
LOG.add(
  new TextEncoder().encode(
    [
      ...["CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"].map(
        (label) => `${label} ${HEX} ${"22".repeat(32)}`,
      ),
      `CLIENT_RANDOM ${HEX} ${"33".repeat(48)}`,
    ].join("\n"),
  ),
);

/** Octets of the tag that is taken off. */
const TAG = new Uint8Array(16);

export const decrypt: Target = {
  name: "decrypt",
  longest: 1_500,
  bound: (length) => 1_500 * length + 100_000,
  seeds: () => [
    fed(0, [1, ...handshake(8, [0, 0]), 22, ...TAG], [1, ...handshake(20, new Uint8Array(32)), 22, 0, 0, ...TAG], [0, 1, 0, 21, ...TAG]),
    fed(
      0,
      [1, ...handshake(11, [0, 0, 0, 5, 0, 0]), ...handshake(24, [0]), 22, ...TAG],
      [1, ...handshake(4, new Uint8Array(20)), 22, ...TAG],
    ),
    fed(1, [2], [0, 0, 0, 0, 0, 0, 0, 0, 0, ...handshake(20, new Uint8Array(12)), ...TAG], [3], [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, ...TAG]),
    fed(3, [2], [0, ...new Uint8Array(8), ...handshake(20, new Uint8Array(12)), ...new Uint8Array(20), 3, 3, 3, 3]),
  ],
  run(octets) {
    const input = new Input(octets);
    const suite = input.pick(SUITES);
    const choices = input.u8();
    const stream = new TlsStream(() => 1, Object.assign(new SealedStore(), { isHopeful: true }));
    let number = 0;
    const say = (side: 0 | 1, said: Uint8Array): void => {
      number++;
      stream.octets(side, said, 0, said.length, number, { number, time: number, nanos: 0, digits: 6 });
    };
    const modern: ExtensionSpec[] = [{ type: 43, body: Uint8Array.from([3, 4]) }];
    const older: ExtensionSpec[] = [22, 23, 4].filter((_, bit) => (choices >> bit) & 1).map((type) => ({ type, body: new Uint8Array(0) }));
    const fields = { legacyVersion: 0x0301 + ((choices >> 4) % 3), random: RANDOM, sessionId: new Uint8Array(0) };
    say(0, record(22, handshake(1, encodeClientHello({ ...fields, cipherSuites: [suite], compressionMethods: [0], extensions: [] }))));
    const extensions = suite === 0x1304 ? modern : older;
    say(1, record(22, handshake(2, encodeServerHello({ ...fields, cipherSuite: suite, compressionMethod: 0, extensions }))));
    let sent = 0;
    for (const piece of input.pieces(24)) {
      const choice = piece[0] ?? 0;
      const side = (choice & 1) as 0 | 1;
      const body = piece.slice(1);
      sent += body.length;
      if ((choice & 2) !== 0) say(side, join(record(20, [1]), body.length > 0 ? record(22, body) : []));
      else if (body.length > 0) say(side, record(suite === 0x1304 ? 23 : 20 + ((choice >> 2) & 3), body));
    }
    stream.end();
    const { exchange, note } = new Decryptor({ keyLog: LOG, decipher: LENIENT }).open(stream);
    const opened = exchange.messages.filter(({ decrypted }) => decrypted === true);
    demand(opened.reduce((sum, { body }) => sum + body.length, 0) <= sent, "more was opened than sent");
    for (const { packets, moment } of exchange.messages) {
      demand(moment.number >= 1 && moment.number <= number, `a message in packet ${moment.number} of ${number}`);
      demand(packets.length > 0 && packets.every((packet) => packet >= 1 && packet <= number), `a message in packets ${packets.join()}`);
    }
    demand(note === null || note.count > 0, "a note of nothing");
    exchange.release();
  },
};

function fed(suite: number, ...pieces: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([suite, 0x20, ...inPieces(pieces.map((piece) => Uint8Array.from(piece)))]);
}
