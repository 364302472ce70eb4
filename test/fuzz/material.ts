/** What the seeds are made of: recorded captures, and what both sides of them said. */
import { readFileSync } from "node:fs";
import { fromHex } from "../../src/bytes/hex.ts";
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import { Notes } from "../../src/fault/note.ts";
import { HandshakeReader } from "../../src/pipeline.ts";
import { type Utterance, utterancesOf } from "../support/conversation.ts";
import { fixtureNames, fixturePath } from "../support/fixtures.ts";

/** Uncompressed captures of at most so many octets, at most so many of each folder of fixtures. */
export function captures(longest: number, ofEach = 3): Uint8Array[] {
  const taken = new Map<string, number>();
  return fixtureNames()
    .filter((name) => /\.(pcap|pcapng|snoop)$/.test(name))
    .map((name) => ({ folder: name.split("/").slice(0, 2).join("/"), octets: new Uint8Array(readFileSync(fixturePath(name))) }))
    .filter(({ folder, octets }) => {
      const before = taken.get(folder) ?? 0;
      if (octets.length > longest || before === ofEach) return false;
      taken.set(folder, before + 1);
      return true;
    })
    .map(({ octets }) => octets);
}

/** A packet of a capture. */
export interface SeedPacket {
  readonly linkType: number;
  readonly octets: Uint8Array;
}

/** The packets of captures. */
export function packetsIn(files: readonly Uint8Array[]): SeedPacket[] {
  const packets: SeedPacket[] = [];
  for (const file of files) {
    const reader = new CaptureReader({
      notes: new Notes(),
      frame: ({ bytes, start, end, linkType }) => packets.push({ linkType, octets: bytes.slice(start, end) }),
      secrets: () => undefined,
    });
    reader.push(file);
    reader.end();
  }
  return packets;
}

/** What was said over TCP in captures, those left out in which nothing was. */
export function conversations(files: readonly Uint8Array[]): Utterance[][] {
  return files.map((file) => utterancesOf(file)).filter((said) => said.length > 0);
}

/** A handshake message: its type, the side that sent it, its body. */
export interface SeedMessage {
  readonly type: string;
  readonly protocol: string;
  readonly from: "client" | "server";
  readonly octets: Uint8Array;
}

/** The messages of captures, each once. */
export function messagesIn(files: readonly Uint8Array[]): SeedMessage[] {
  const messages = new Map<string, SeedMessage>();
  for (const file of files) {
    const reader = new HandshakeReader(
      ({ protocol, messages: list }) => {
        for (const { type, from, octets } of list) {
          if (octets !== undefined) messages.set(octets, { type, protocol, from, octets: fromHex(octets) });
        }
      },
      { octets: true },
    );
    reader.push(file);
    reader.end();
  }
  return [...messages.values()];
}

/** The DER of a certificate of the tests. */
export function certificate(name: string): Uint8Array {
  const pem = readFileSync(fixturePath(`../test/x509/certificates/${name}.pem`), "utf8");
  return Uint8Array.from(Buffer.from(/-----BEGIN CERTIFICATE-----([^-]+)-/.exec(pem)?.[1] ?? "", "base64"));
}

/** Text that may go anywhere: printable ASCII. */
export function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
