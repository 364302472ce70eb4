import { gcm } from "@noble/ciphers/aes.js";
import { describe, expect, it } from "vitest";
import { hashNamed, type Hash } from "../../src/crypto/hash.ts";
import { expandLabel } from "../../src/crypto/hkdf.ts";
import { LIMITS } from "../../src/fault/limits.ts";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, segmentsOf } from "../support/conversation.ts";
import { handshake, join, record } from "../support/records.ts";
import { readWith } from "../support/vectors.ts";
import { Wire } from "../support/wire.ts";

const OUTER = new Uint8Array(32).fill(0xaa);
const INNER = "bb".repeat(32);
const SECRET = new Uint8Array(32).fill(7);

/** A hello that offers TLS 1.3, with `encrypted_client_hello` if it `mayBeOuter`. */
function clientHello(mayBeOuter: boolean): Uint8Array {
  const hello = new Wire()
    .u16(0x0303)
    .raw(OUTER)
    .vector8(() => {})
    .vector16((suites) => suites.u16(0x1301))
    .vector8((methods) => methods.u8(0))
    .vector16((extensions) => {
      extensions.u16(43).vector16((body) => body.vector8((versions) => versions.u16(0x0304)));
      if (mayBeOuter) extensions.u16(0xfe0d).vector16((body) => body.raw("00 0001 0001 05 0000 0001 00"));
    });
  return record(22, handshake(1, hello.octets()));
}

const SERVER_HELLO = record(
  22,
  handshake(
    2,
    new Wire()
      .u16(0x0303)
      .raw(new Uint8Array(32).fill(0xcc))
      .vector8(() => {})
      .u16(0x1301)
      .u8(0)
      .vector16((extensions) => extensions.u16(43).vector16((body) => body.u16(0x0304)))
      .octets(),
  ),
);

/** EncryptedExtensions without any, under the server's handshake keys. */
function sealed(): Uint8Array {
  const hash = hashNamed("SHA256") as Hash;
  const key = expandLabel(hash, SECRET, "tls13 key", 16);
  const iv = expandLabel(hash, SECRET, "tls13 iv", 12);
  const inner = join(handshake(8, [0, 0]), [22]);
  const header = [23, 3, 3, 0, inner.length + 16];
  return join(header, gcm(key, iv, Uint8Array.from(header)).encrypt(inner));
}

function typesOf(mayBeOuter: boolean, keyLog: string): string[] | undefined {
  const said = [
    { from: "client", octets: clientHello(mayBeOuter) },
    { from: "server", octets: join(SERVER_HELLO, sealed()) },
  ] as const;
  return readWith(pcap(framesOf(segmentsOf(said))), keyLog)[0]?.messages.map(({ type }) => type);
}

const line = (random: string, secret = "07".repeat(32)): string => `SERVER_HANDSHAKE_TRAFFIC_SECRET ${random} ${secret}\n`;
const others = (count: number): string =>
  Array.from({ length: count }, (_, index) => line(index.toString(16).padStart(64, "0"), "08".repeat(32))).join("");

describe("a key log that names the hello inside of the one that is seen", () => {
  it("opens the connection, whatever else it holds", () => {
    expect(typesOf(true, others(20) + line(INNER) + others(20))).toEqual(["client_hello", "server_hello", "encrypted_extensions"]);
  });

  it("is not tried where no hello can be inside", () => {
    expect(typesOf(false, line(INNER))).toEqual(["client_hello", "server_hello"]);
  });

  it("is tried so often and no more", () => {
    expect(typesOf(true, line(INNER) + others(LIMITS.innerRandoms - 1))).toContain("encrypted_extensions");
    expect(typesOf(true, line(INNER) + others(LIMITS.innerRandoms))).not.toContain("encrypted_extensions");
  });
});
