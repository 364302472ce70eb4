import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { readPackets } from "../../src/redaction/packets.ts";
import { redact, type Redaction } from "../../src/redaction/redact.ts";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, segmentsOf, type Utterance } from "../support/conversation.ts";
import { latin1, prelogin, tdsPacket } from "../support/dialogue.ts";
import { dtlsRecord, fragment } from "../support/dtls.ts";
import { ethernet, ipv4, tcp, udp } from "../support/packet-writer.ts";
import { handshake, join, record } from "../support/records.ts";
import { analyse, KEY } from "../support/redacted.ts";
import { encodeClientHello, encodeServerHello, type ExtensionSpec, wire } from "../support/wire.ts";

const SECRET = latin1("Operated by Somebody at 14 Hidden Street, Nowhere");
const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => 0x40 + index);

const clientHello = (extensions: readonly ExtensionSpec[] = [], cookie?: Uint8Array): Uint8Array =>
  encodeClientHello({
    legacyVersion: cookie === undefined ? 0x0303 : 0xfefd,
    random: RANDOM,
    sessionId: RANDOM.toReversed(),
    ...(cookie === undefined ? {} : { cookie }),
    cipherSuites: [0xc02f, 0x0035],
    compressionMethods: [0],
    extensions,
  });
const serverHello = encodeServerHello({
  legacyVersion: 0x0303,
  random: RANDOM.toReversed(),
  sessionId: RANDOM,
  cipherSuite: 0x0035,
  compressionMethod: 0,
  extensions: [],
});

/** A message with no certificate in it but octets; `length` of them. */
const certificate = (length: number): Uint8Array =>
  wire((body) =>
    body.vector24((list) => list.vector24((one) => one.raw(Uint8Array.from({ length }, (_, at) => SECRET[at % SECRET.length] as number)))),
  );

const said = (from: "client" | "server", octets: Uint8Array | string): Utterance => ({
  from,
  octets: typeof octets === "string" ? latin1(octets) : octets,
});

const redactFile = (file: Uint8Array): Promise<Redaction> => redact(file, { key: KEY, read: analyse });

async function redactTalk(...utterances: Utterance[]): Promise<{ text: string; hex: string; capture: Capture }> {
  const { octets } = await redactFile(pcap(framesOf(segmentsOf(utterances, cut))));
  return { text: Buffer.from(octets).toString("latin1"), hex: toHex(octets), capture: await analyse(octets, { octets: true }) };
}

/** Segments of 700 octets. */
function cut(octets: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(octets.length / 700) }, (_, index) => octets.subarray(index * 700, (index + 1) * 700));
}

/** Octets in packets of TDS. */
const wrapped = (octets: Uint8Array): Uint8Array =>
  join(
    ...Array.from({ length: Math.ceil(octets.length / 500) }, (_, index) =>
      latin1(tdsPacket(18, String.fromCharCode(...octets.subarray(index * 500, (index + 1) * 500)))),
    ),
  );

/** An Ethernet frame with a datagram of one of both sides. */
const datagram = (octets: Uint8Array, isClient = true): Uint8Array =>
  ethernet(
    isClient
      ? ipv4(udp(octets), { source: [192, 0, 2, 1], target: [192, 0, 2, 2] })
      : ipv4(udp(octets, { sourcePort: 443, targetPort: 40_000 }), { source: [192, 0, 2, 2], target: [192, 0, 2, 1] }),
  );
const hello = (extensions: readonly ExtensionSpec[] = []): Uint8Array => clientHello(extensions, new Uint8Array(0));

describe("a redacted stream", () => {
  it("has nothing of a certificate in packets of TDS, whose headers stay", async () => {
    const flight = join(
      record(22, handshake(2, serverHello)),
      record(22, join(handshake(11, certificate(3000)), handshake(14, new Uint8Array(0)))),
    );
    const { text, capture } = await redactTalk(
      said("client", prelogin(18, 1)),
      said("server", prelogin(4, 1)),
      said("client", wrapped(record(22, handshake(1, clientHello())))),
      said("server", wrapped(flight)),
    );
    const [one] = capture.handshakes;
    expect(one?.startTls).toBe("tds");
    expect(one?.messages.map(({ type }) => type)).toEqual(["client_hello", "server_hello", "certificate", "server_hello_done"]);
    for (const secret of [RANDOM, SECRET.subarray(0, 16)]) expect(text).not.toContain(Buffer.from(secret).toString("latin1"));
    expect(text).not.toMatch(/Hidden|Somebody|Street/);
  });

  it("has other challenges and session ids in hellos of SSL 2.0, and noise behind them", async () => {
    const challenge = RANDOM.subarray(0, 16);
    const body = join([1, 3, 1, 0, 6, 0, 16, 0, 16], [0, 0, 0x35, 1, 0, 0x80], SECRET.subarray(0, 16), challenge);
    const { hex, text, capture } = await redactTalk(said("client", join([0x80, body.length], body)), said("client", SECRET));
    const [message] = capture.handshakes[0]?.messages ?? [];
    expect(message).toMatchObject({ type: "client_hello", sslv2: true });
    expect(hex).not.toContain(toHex(challenge));
    expect(text).not.toMatch(/Operated|Somebody|Hidden/);
  });

  it("has noise where a record cannot be told from what a hole in the capture left", async () => {
    const flight = record(22, join(handshake(2, serverHello), handshake(11, certificate(4000))));
    const segments = segmentsOf([said("client", record(22, handshake(1, clientHello()))), said("server", flight)], cut);
    const missing = segments.findIndex(({ from, octets }) => from === "server" && octets.length === 700) + 1;
    const { octets } = await redactFile(pcap(framesOf(segments.filter((_, index) => index !== missing))));
    expect(Buffer.from(octets).toString("latin1")).not.toMatch(/Operated|Somebody|Hidden|Street/);
  });

  it("has nothing of an extension that nobody knows, of encrypted names and of authorities' keys", async () => {
    const extensions = [
      { type: 0x1234, body: SECRET },
      {
        type: 0xfe0d,
        body: wire((body) =>
          body
            .raw([0, 0, 1, 0, 1, 7])
            .vector16((key) => key.raw(SECRET))
            .vector16((rest) => rest.raw(RANDOM)),
        ),
      },
      { type: 3, body: wire((body) => body.vector16((list) => list.u8(1).raw(SECRET.subarray(0, 20)))) },
      { type: 12, body: wire((body) => body.vector8((name) => name.raw(latin1("somebody")))) },
      { type: 35, body: SECRET },
    ];
    const { text, hex, capture } = await redactTalk(said("client", record(22, handshake(1, clientHello(extensions)))));
    expect(text).not.toMatch(/Operated|[Ss]omebody|Hidden/);
    expect(hex).not.toContain(toHex(RANDOM));
    const [offer] = capture.handshakes[0]?.messages ?? [];
    expect(offer?.malformed).toBeUndefined();
    expect((offer?.type === "client_hello" ? (offer.extensions ?? []) : []).filter(({ malformed }) => malformed !== undefined)).toEqual([]);
  });

  it("has no name, in plaintext, that a protocol's word is part of", async () => {
    const { text, capture } = await redactTalk(
      said("server", "220 mail.hidden.example ESMTP Postfix\r\n"),
      said("client", "EHLO client.hidden.example\r\n"),
      said("server", "250-mail.hidden.example\r\n250 STARTTLS\r\n"),
      said("client", "STARTTLS\r\n"),
      said("server", "220 2.0.0 Ready to start TLS, somebody@hidden.example at [2001:db8::17]\r\n"),
      said("client", record(22, handshake(1, clientHello()))),
    );
    expect(capture.handshakes[0]?.startTls).toBe("smtp");
    expect(text).toContain("Ready to start TLS");
    expect(text).not.toMatch(/mail\.|client\.|hidden|somebody|2001:db8/i);
  });

  it("keeps to a connection although another SYN-ACK came for it", async () => {
    const segments = segmentsOf([
      said("client", record(22, handshake(1, clientHello()))),
      said("server", record(22, handshake(2, serverHello))),
    ]);
    const answer = segments.findIndex(({ from }) => from === "server");
    const other = { ...(segments[answer] as (typeof segments)[number]), sequence: 3_000_000_000 };
    const { octets } = await redactFile(pcap(framesOf([...segments.slice(0, answer + 1), other, ...segments.slice(answer + 1)])));
    expect((await analyse(octets)).handshakes[0]?.messages.map(({ type }) => type)).toEqual(["client_hello", "server_hello"]);
  });

  it("has no option of TCP that may hold an address or a cookie", async () => {
    const options = [2, 4, 5, 0xb4, 30, 8, 0x30, 1, 10, 20, 30, 40, 34, 6, 0xca, 0xfe, 0xba, 0xbe, 1, 0];
    const file = pcap([
      { octets: ethernet(ipv4(tcp("", { flags: 2, options }))) },
      { octets: ethernet(ipv4(tcp(record(22, handshake(1, clientHello())), { sequence: 1 }))) },
    ]);
    const [syn] = readPackets((await redactFile(file)).octets).packets;
    expect([...(syn?.header.subarray(20) ?? [])]).toEqual([2, 4, 5, 0xb4, ...Array.from({ length: 15 }, () => 1), 0]);
  });
});

describe("redacted DTLS", () => {
  it("has other connection ids, the same in the hello and in the records", async () => {
    const id = [0xca, 0xfe, 0xba, 0xbe, 0x99];
    const body = hello([{ type: 54, body: Uint8Array.of(id.length, ...id) }]);
    const sealed = new Uint8Array(40).fill(0xee);
    const withId = join([25, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 1], id, [0, sealed.length], sealed);
    const file = pcap(
      [datagram(dtlsRecord(22, fragment({ type: 1, sequence: 0, body }))), datagram(withId, false)].map((octets) => ({ octets })),
    );
    const { octets } = await redactFile(file);
    const [first, second] = readPackets(octets).packets.map(({ payload }) => toHex(payload)) as [string, string];
    expect(first + second).not.toContain(toHex(Uint8Array.from(id)));
    expect(second).not.toContain("eeeeeeee");
    const made = second.slice(22, 32);
    expect(first).toContain(`0036000605${made}`);
  });

  it("has every association's own hello, although they look the same from outside", async () => {
    const other = hello().with(2, 0x99);
    const file = pcap([hello(), other].map((body) => ({ octets: datagram(dtlsRecord(22, fragment({ type: 1, sequence: 0, body }))) })));
    const { handshakes } = await analyse((await redactFile(file)).octets);
    const randoms = handshakes.map(({ messages: [message] }) => (message?.type === "client_hello" ? message.random : ""));
    expect(new Set(randoms).size).toBe(2);
  });

  it("has nothing of what is plaintext and no handshake, as Heartbleed's answer, or stands behind the records", async () => {
    const file = pcap(
      [
        datagram(dtlsRecord(22, fragment({ type: 1, sequence: 0, body: hello() }))),
        datagram(join(dtlsRecord(24, SECRET), SECRET), false),
        datagram(dtlsRecord(22, join(fragment({ type: 1, sequence: 1, body: hello() }), SECRET))),
      ].map((octets) => ({ octets })),
    );
    expect(Buffer.from((await redactFile(file)).octets).toString("latin1")).not.toMatch(/Operated|Somebody|Hidden/);
  });
});

describe("a hello with a length that lies", () => {
  const name = { type: 0, body: wire((body) => body.vector16((list) => list.u8(0).vector16((host) => host.text("hidden.example.test")))) };
  const groups = { type: 10, body: wire((body) => body.vector16((list) => list.u16(29))) };
  const whole = clientHello([groups, name]);
  /** Where its lists and its first extension have their lengths. */
  const suites = 2 + 32 + 1 + 32;
  const places = { suites, compression: suites + 2 + 4, extension: suites + 2 + 4 + 2 + 2 + 2, list: suites + 2 + 4 + 2 + 2 + 4 + 4 + 4 };

  it.each(Object.entries(places))("keeps nothing of what follows it, or is refused: %s", async (_, at) => {
    let redacted = 0;
    for (const octet of [0xff, 0x7f, 0x20, 0x00]) {
      const lying = whole.with(at, octet).with(at + 1, octet);
      const file = pcap(framesOf(segmentsOf([said("client", record(22, handshake(1, lying)))])));
      const result = await redactFile(file).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result.message).toMatch(/^would say something else when redacted/);
        continue;
      }
      redacted++;
      expect(Buffer.from((result as Redaction).octets).toString("latin1")).not.toContain("hidden");
    }
    expect(redacted).toBeGreaterThan(1);
  });

  it("is no trouble behind a word of any length", async () => {
    const words = "a".repeat(300_000);
    const { text } = await redactTalk(said("client", `EHLO ${words}\r\n`), said("client", record(22, handshake(1, whole))));
    expect(text).not.toContain("aaaaaaaaaaaa");
  });
});
