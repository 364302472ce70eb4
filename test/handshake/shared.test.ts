import { describe, expect, it } from "vitest";
import type { ClientHello, Certificate } from "../../src/message/message.ts";
import { type CertificateReader } from "../../src/handshake/assemble.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { HandshakeReader } from "../../src/pipeline.ts";
import { listLine } from "../../src/report/compose-list.ts";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, segmentsOf, type Utterance } from "../support/conversation.ts";
import { fixtureNames, readFixture } from "../support/fixtures.ts";
import { handshake, record } from "../support/records.ts";
import { encodeClientHello, encodeServerHello, wire } from "../support/wire.ts";

/** A handshake of TLS 1.2 with a chain of two certificates, made of one octet each. */
function conversation(random: number, ...certificates: number[]): Utterance[] {
  const hello = {
    legacyVersion: 0x0303,
    random: new Uint8Array(32).fill(random),
    sessionId: new Uint8Array(0),
    cipherSuites: [0xc02f, 0x009c],
    compressionMethods: [0],
    extensions: [{ type: 10, body: wire((body) => body.vector16((list) => list.u16(29).u16(23))) }],
  };
  const answer = {
    legacyVersion: 0x0303,
    random: new Uint8Array(32).fill(random),
    sessionId: new Uint8Array(0),
    cipherSuite: 0xc02f,
    compressionMethod: 0,
  };
  const chain = wire((body) =>
    body.vector24((list) => certificates.forEach((fill) => list.vector24((der) => der.raw(new Uint8Array(400).fill(fill))))),
  );
  return [
    { from: "client", octets: record(22, handshake(1, encodeClientHello(hello))) },
    { from: "server", octets: record(22, Uint8Array.from([...handshake(2, encodeServerHello(answer)), ...handshake(11, chain)])) },
  ];
}

/** Reads that many captures of one handshake each, with one reader of certificates; counts what that is asked. */
function readMany(count: number, certificatesOf: (index: number) => number[]): { read: Handshake[]; described: number } {
  const read: Handshake[] = [];
  let described = 0;
  const certificates: CertificateReader = {
    certificate: () => ({ subject: `CN=${++described}` }),
    name: () => "",
  };
  for (let index = 0; index < count; index++) {
    const reader = new HandshakeReader((one) => read.push(one), { describe: certificates });
    reader.push(pcap(framesOf(segmentsOf(conversation(index, ...certificatesOf(index))))));
    reader.end();
  }
  return { read, described };
}

const helloOf = ({ messages }: Handshake): ClientHello => messages[0] as ClientHello;
const chainOf = ({ messages }: Handshake): Certificate => messages[2] as Certificate;

describe("what many handshakes say", () => {
  it("is decoded once: their extensions and lists of suites are the same objects, which nobody can change", () => {
    const { read } = readMany(20, () => [1, 2]);
    const [first] = read as [Handshake];
    expect(new Set(read.map((one) => helloOf(one).extensions?.[0])).size).toBe(1);
    expect(new Set(read.map((one) => helloOf(one).cipherSuites)).size).toBe(1);
    expect(Object.isFrozen(helloOf(first).extensions?.[0])).toBe(true);
    expect(Object.isFrozen(helloOf(first).cipherSuites)).toBe(true);
    expect(helloOf(first).random).not.toBe(helloOf(read[1] as Handshake).random);
  });

  it("is described once: a certificate for all handshakes in which it is", () => {
    const { read, described } = readMany(50, () => [11, 12]);
    expect(described).toBe(2);
    expect(new Set(read.map((one) => chainOf(one).certificates?.[0])).size).toBe(1);
  });

  it("is described again where it is another certificate", () => {
    const { read, described } = readMany(10, (index) => [100 + index, 99]);
    expect(described).toBe(11);
    expect(new Set(read.map((one) => chainOf(one).certificates?.[0]?.subject)).size).toBe(10);
  });
});

describe("a summary", () => {
  it.each(fixtureNames())("has the line of the whole handshake: %s", async (name) => {
    const lines = async (summary: boolean | "line"): Promise<unknown> =>
      (await readFixture(name, { summary })).handshakes.filter(({ messages }) => messages.length > 0).map((one) => listLine(one));
    const whole = await lines(false);
    expect(await lines(true)).toEqual(whole);
    // The first time an outline is new, the second time it is known.
    expect(await lines("line")).toEqual(whole);
    expect(await lines("line")).toEqual(whole);
  });

  it.each(fixtureNames())("says of no message that it was cut that was not: %s", async (name) => {
    const cut = async (summary: boolean | "line"): Promise<unknown> =>
      (await readFixture(name, { summary })).handshakes.map(({ messages }) =>
        messages.map(({ packet, length, malformed }) => ({ packet, length, isCut: malformed?.startsWith("the capture holds") === true })),
      );
    const whole = await cut(false);
    expect(await cut(true)).toEqual(whole);
  });

  it.each(fixtureNames())("says in a line of the same messages that they were cut: %s", async (name) => {
    const cut = async (summary: boolean | "line"): Promise<unknown> =>
      (await readFixture(name, { summary })).handshakes.map(({ messages }) =>
        messages.map(({ type, from, malformed }) => ({ type, from, isCut: malformed?.startsWith("the capture holds") === true })),
      );
    expect(await cut("line")).toEqual(await cut(true));
  });
});
