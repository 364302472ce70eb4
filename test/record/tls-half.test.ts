import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TlsHalf } from "../../src/record/tls-half.ts";
import { handshake, helloBody, join, record } from "../support/records.ts";

interface Seen {
  half: TlsHalf;
  said: string[];
  packets: number[][];
}

/** A half that writes down what it gives. */
function listen(): Seen {
  const said: string[] = [];
  const packets: number[][] = [];
  const half = new TlsHalf({
    handshake: (message) => {
      const lost = message.length - message.body.length;
      said.push(`handshake ${message.handshakeType} (${message.length})${lost > 0 ? ` lost ${lost}` : ""}`);
      packets.push([...message.packets]);
    },
    alert: (bytes, start, end) => said.push(`alert ${[...bytes.subarray(start, end)].join(" ")}`),
    changeCipherSpec: () => said.push("change_cipher_spec"),
    sslv2: (body) => said.push(`sslv2 ${body[0]} (${body.length})`),
    encrypted: (content, length) => {
      said.push(`encrypted ${content} (${length})`);
      return null;
    },
    plaintext: (bytes, start, end) => said.push(`plaintext ${new TextDecoder().decode(bytes.subarray(start, end))}`),
  });
  return { half, said, packets };
}

/** Gives the half one packet for each part. */
function feed({ half }: Seen, parts: readonly Uint8Array[]): void {
  for (const [index, part] of parts.entries()) {
    half.octets(part, 0, part.length, index + 1, { number: index + 1, time: 0, nanos: 0, digits: 6 });
  }
}

const HELLO = record(22, handshake(1, helloBody()));
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** The record with another version. */
function versioned(octets: Uint8Array, version: readonly number[]): Uint8Array {
  const changed = octets.slice();
  changed.set(version, 1);
  return changed;
}

describe("a direction of a TLS connection", () => {
  it("finds several messages in one record, and one message in several records", () => {
    const seen = listen();
    const certificate = handshake(11, new Uint8Array(100));
    feed(seen, [
      join(record(22, join(handshake(2, helloBody()), certificate.subarray(0, 30)))),
      join(record(22, certificate.subarray(30, 50)), record(22, join(certificate.subarray(50), handshake(14, [])))),
    ]);
    expect(seen.said).toEqual(["handshake 2 (60)", "handshake 11 (100)", "handshake 14 (0)"]);
    expect(seen.packets).toEqual([[1], [1, 2], [2]]);
  });

  it("passes over encrypted bodies by their length", () => {
    const seen = listen();
    feed(seen, [
      HELLO,
      record(20, [1]),
      record(22, new Uint8Array(40).fill(0xee)),
      record(23, new Uint8Array(9_000)),
      record(21, new Uint8Array(26)),
    ]);
    expect(seen.said).toEqual(["handshake 1 (60)", "change_cipher_spec", "encrypted 22 (40)", "encrypted 23 (9000)", "encrypted 21 (26)"]);
  });

  it("reads a hello after change_cipher_spec: a HelloRetryRequest came before", () => {
    const seen = listen();
    feed(seen, [HELLO, record(20, [1]), HELLO]);
    expect(seen.said).toEqual(["handshake 1 (60)", "change_cipher_spec", "handshake 1 (60)"]);
  });

  it("does not take ciphertext for a message", () => {
    const seen = listen();
    feed(seen, [HELLO, record(22, new Uint8Array(40).fill(0x77))]);
    expect(seen.said).toEqual(["handshake 1 (60)", "encrypted 22 (40)"]);
  });

  it.each([
    ["zeros", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["a count after a type", [2, 0, 0, 0, 0, 0, 0, 0]],
    ["a long length", [11, 0x5d, 3, 0x24, 0, 0, 0, 0]],
  ])("does not take a nonce for a message where change_cipher_spec was not captured: %s", (_, nonce) => {
    const seen = listen();
    feed(seen, [record(22, join(nonce, new Uint8Array(32).fill(0x99)))]);
    expect(seen.said).toEqual(["encrypted 22 (40)"]);
  });

  it("reads a hello in the form of SSL 2.0, and the records after it", () => {
    const seen = listen();
    const hello = join([0x80, 9 + 3 + 16, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x35], new Uint8Array(16));
    feed(seen, [hello.subarray(0, 20), join(hello.subarray(20), record(22, handshake(16, [1, 2])))]);
    expect(seen.said).toEqual(["sslv2 1 (28)", "handshake 16 (2)"]);
  });

  it("reads a plaintext alert, and calls a longer one encrypted", () => {
    const seen = listen();
    feed(seen, [record(21, [2, 40]), record(21, new Uint8Array(16))]);
    expect(seen.said).toEqual(["alert 2 40", "encrypted 21 (16)"]);
  });

  it("reads plaintext records of whatever version", () => {
    const seen = listen();
    feed(seen, [
      versioned(HELLO, [3, 0x17]),
      versioned(record(22, handshake(16, [1, 2])), [0x16, 3]),
      versioned(record(21, [0x5a, 40]), [3, 9]),
      record(20, [1]),
      versioned(record(22, handshake(14, [])), [9, 9]),
    ]);
    expect(seen.said).toEqual(["handshake 1 (60)", "handshake 16 (2)", "alert 90 40", "change_cipher_spec"]);
    const other = listen();
    feed(other, [versioned(HELLO, [0x7f, 0x12]), record(21, [2, 40])]);
    expect(other.said).toEqual(["handshake 1 (60)", "alert 2 40"]);
    const answer = listen();
    feed(answer, [record(21, [0xfa, 40])]);
    expect(answer.said).toEqual(["alert 250 40"]);
  });

  it("keeps its place over a hole inside an encrypted body", () => {
    const seen = listen();
    const body = record(23, new Uint8Array(1_000));
    feed(seen, [HELLO, body.subarray(0, 300)]);
    seen.half.gap(500);
    feed(seen, [join(body.subarray(800), record(21, [1, 0]))]);
    expect(seen.said).toEqual(["handshake 1 (60)", "encrypted 23 (1000)", "alert 1 0"]);
  });

  it("gives what there is of a message with a hole, and finds the next record", () => {
    const seen = listen();
    const long = record(22, handshake(11, new Uint8Array(500)));
    feed(seen, [HELLO, long.subarray(0, 209)]);
    seen.half.gap(900);
    feed(seen, [text("not a record"), record(21, [2, 40])]);
    expect(seen.said).toEqual(["handshake 1 (60)", "handshake 11 (500) lost 300", "alert 2 40"]);
  });

  it("gives what there is of a message when the capture ends inside it", () => {
    const seen = listen();
    feed(seen, [HELLO.subarray(0, 40)]);
    seen.half.end();
    expect(seen.said).toEqual(["handshake 1 (60) lost 29"]);
  });

  it("finds TLS where a later packet begins with it, and tells the dialogue before", () => {
    const seen = listen();
    feed(seen, [text("EHLO me\r\n"), text("STARTTLS\r\n"), HELLO]);
    expect(seen.said).toEqual(["plaintext EHLO me\r\n", "plaintext STARTTLS\r\n", "handshake 1 (60)"]);
  });

  it("finds TLS after plaintext wherever its first record is cut", () => {
    for (let cut = 1; cut < HELLO.length; cut++) {
      const seen = listen();
      feed(seen, [text("STARTTLS\r\n"), HELLO.subarray(0, cut), HELLO.subarray(cut)]);
      expect(seen.said).toEqual(["plaintext STARTTLS\r\n", "handshake 1 (60)"]);
      // The first five octets are the record's, not the message's.
      expect(seen.packets).toEqual([cut > 5 ? [2, 3] : [3]]);
    }
  });

  it.each<[string, number[][]]>([
    ["a dialogue", [[0, 0x5a, 0x16]]],
    ["a port of 5635", [[0, 0x5a, 0x16, 0x03]]],
    ["two packets", [[0, 0x5a, 0x16], [0x16]]],
  ])("finds a server's hello behind %s whose end looks like the beginning of a record", (_, packets) => {
    const seen = listen();
    const hello = record(22, handshake(2, helloBody()));
    feed(seen, [...packets.map((octets) => Uint8Array.from(octets)), hello]);
    expect(seen.said.filter((said) => said.startsWith("handshake"))).toEqual(["handshake 2 (60)"]);
    expect(seen.half.isTls).toBe(true);
  });

  it("finds a hello in the middle of a packet, behind a PROXY header", () => {
    const seen = listen();
    feed(seen, [join(text("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"), HELLO)]);
    expect(seen.said).toEqual(["plaintext PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", "handshake 1 (60)"]);
  });

  it.each([
    ["text", text("GET / HTTP/1.1\r\n\r\n")],
    ["a record of another major version", Uint8Array.of(22, 2, 0, 0, 5, 1, 0, 0, 1, 0)],
    ["a record that is too long", Uint8Array.of(22, 3, 1, 0xff, 0xff, 1, 0, 0, 1, 0)],
    ["an unknown handshake type", Uint8Array.of(22, 3, 1, 0, 5, 99, 0, 0, 1, 0)],
  ])("does not take %s for TLS", (_, octets) => {
    const seen = listen();
    feed(seen, [octets]);
    expect(seen.said).toHaveLength(1);
    expect(seen.said[0]).toMatch(/^plaintext /);
  });

  it("gives the same for every way in which the octets may be cut into packets", () => {
    const stream = join(
      HELLO,
      record(22, handshake(11, new Uint8Array(700))),
      record(20, [1]),
      record(22, new Uint8Array(40).fill(0xee)),
      record(23, new Uint8Array(300)),
      record(21, [1, 0]),
    );
    const whole = listen();
    feed(whole, [stream]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 30 }), (cuts) => {
        const edges = [...new Set([0, ...cuts, stream.length])].sort((a, b) => a - b);
        const seen = listen();
        feed(
          seen,
          edges.slice(0, -1).map((start, index) => stream.subarray(start, edges[index + 1])),
        );
        expect(seen.said).toEqual(whole.said);
      }),
    );
  });

  it("survives any octets", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (parts) => {
        const seen = listen();
        feed(seen, [HELLO.subarray(0, 20), ...parts]);
        seen.half.gap(10);
        seen.half.end();
      }),
    );
  });
});
