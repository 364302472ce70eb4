/** The printed handshakes of `fixtures/vectors`, read with their key logs. */
import { readdirSync, readFileSync } from "node:fs";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { nodeDecipher } from "../../src/node/decipher.ts";
import { HandshakeReader } from "../../src/pipeline.ts";
import { Decryptor } from "../../src/secrets/decryptor.ts";
import { KeyLog } from "../../src/secrets/key-log.ts";
import { fixturePath } from "./fixtures.ts";

/** Names of the captures that have a key log beside them. */
export const VECTORS: readonly string[] = readdirSync(fixturePath("vectors"))
  .filter((name) => name.endsWith(".keylog"))
  .map((name) => name.replace(/\.keylog$/, ""))
  .sort();

/** The octets of a capture. */
export function vector(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(`vectors/${name}.pcap`)));
}

/** The text of its key log. */
export function keyLogText(name: string): string {
  return readFileSync(fixturePath(`vectors/${name}.keylog`), "latin1");
}

/** A key log of this text. */
export function keyLogOf(text: string): KeyLog {
  const log = new KeyLog();
  log.add(new TextEncoder().encode(text));
  return log;
}

/** Reads a capture with a key log of this text, or with none. */
export function readWith(file: Uint8Array, text?: string): Handshake[] {
  const found: Handshake[] = [];
  const keys = text === undefined ? {} : { decryptor: new Decryptor({ keyLog: keyLogOf(text), decipher: nodeDecipher }) };
  const reader = new HandshakeReader((handshake) => found.push(handshake), { octets: true, ...keys });
  reader.push(file);
  reader.end();
  return found.sort((a, b) => a.id - b.id);
}
