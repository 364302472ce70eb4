/** The recorded hellos of `fixtures/clients`: what is known of each, and what the program reads of it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shapeOf, shapeText } from "../../src/clients/shape.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { HandshakeReader } from "../../src/pipeline.ts";

export const RECORDINGS = join(import.meta.dirname, "../../fixtures/clients");

/** An entry of clients.json. */
export interface Recording {
  readonly id: string;
  readonly stack: string;
  readonly version?: string;
  readonly program?: string;
  readonly programVersion?: string;
  readonly base?: string;
  readonly knob?: string;
  readonly imitates?: string;
  readonly shuffled?: boolean;
  readonly package: string;
  readonly script: string;
}

/** Everything that was recorded. */
export const recordings = JSON.parse(readFileSync(join(RECORDINGS, "clients.json"), "utf8")) as readonly Recording[];

/** The captures that lie there, by their ids. */
export function recordedIds(): string[] {
  return readdirSync(RECORDINGS)
    .filter((name) => name.endsWith(".pcap"))
    .map((name) => name.slice(0, -5))
    .toSorted();
}

/** The handshake of a recording, with the octets of its messages. */
export function readRecording(id: string): Handshake {
  const found: Handshake[] = [];
  const reader = new HandshakeReader((handshake) => found.push(handshake), { octets: true });
  reader.push(readFileSync(join(RECORDINGS, `${id}.pcap`)));
  reader.end();
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${id} has ${found.length} handshakes`);
  return only;
}

/** The first hello of a handshake. */
export function helloOf({ messages }: Handshake): ClientHello {
  const hello = messages.find((message): message is ClientHello => message.type === "client_hello");
  if (hello === undefined) throw new Error("no hello");
  return hello;
}

/** The shape's text, the octets and the time of a recording, as the generator of the library takes them. */
export function shapeAndOctets(id: string): { shape: string; hex: string; time: string; record: string } {
  const handshake = readRecording(id);
  const hello = helloOf(handshake);
  const shape = shapeOf(hello, handshake.protocol);
  if (shape === undefined || hello.octets === undefined) throw new Error(`${id} has no shape`);
  return { shape: shapeText(shape), hex: hello.octets, time: hello.time, record: hello.recordVersion?.id ?? "" };
}
