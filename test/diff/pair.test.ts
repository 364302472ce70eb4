import { describe, expect, it } from "vitest";
import { compare, compareWithin, type CompareOptions } from "../../src/diff/compare.ts";
import type { Comparison } from "../../src/diff/difference.ts";
import { pairHandshakes } from "../../src/diff/pair.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { capture, clientHello, handshake, handshakeOf, point, points, refused } from "../support/handshake-builder.ts";

/** A connection in few letters: `name@server`, either of them empty; `-` in front: it failed; `!`: refused before a hello; `/x`: its hello. */
function conn(text: string): Handshake {
  const [, mark = "", name = "", server = "9", suite = "1301"] = /^([-!?]?)([^@/]*)(?:@(\w+))?(?:\/(\w+))?$/.exec(text) ?? [];
  const hello = clientHello({ cipherSuites: points(`0x${suite}`), extensions: [] });
  const transport = {
    protocol: "tcp" as const,
    client: { address: "10.0.0.1", port: 40_000 },
    server: { address: `10.0.0.${server}`, port: 443 },
  };
  const { serverName: _, ...rest } = make(mark, hello);
  return { ...rest, transport, ...(name === "" ? {} : { serverName: name }) };
}

/** Handshakes that look alike at a glance, each unlike the others. */
function unlike(first: string): Handshake[] {
  return Array.from({ length: 400 }, (_, index) => {
    const hello = clientHello({ recordVersion: point(`0x${first}${index}`) });
    return handshakeOf(hello, { id: index + 1 });
  });
}

function make(mark: string, hello: ReturnType<typeof clientHello>): Handshake {
  switch (mark) {
    case "-":
      return refused(hello);
    case "!":
      return handshake({ outcome: "failed", failure: { kind: "refused", by: "server", packet: 1 }, negotiated: {}, messages: [] });
    case "?":
      return handshake({ outcome: "incomplete", negotiated: {}, messages: [hello] });
    default:
      return handshakeOf(hello);
  }
}

function captureOf(text: string): ReturnType<typeof capture> {
  return capture("x.pcap", ...(text === "" ? [] : text.split(" ").map(conn)));
}

/** `1-2 server-name x3` for each pair, `left 4` and `right 5` for what has no partner. */
function told({ pairs, unpaired }: Comparison): string[] {
  return [
    ...pairs.map(({ left, right, pairedBy, count }) => `${left.id}-${right.id} ${pairedBy}${count === undefined ? "" : ` x${count}`}`),
    ...unpaired.left.map(({ id }) => `left ${id}`),
    ...unpaired.right.map(({ id }) => `right ${id}`),
  ];
}

describe("handshakes of two captures", () => {
  it.each<{ what: string; left: string; right: string; pairs: string[] }>([
    {
      what: "a failure with what works at another address of its name, not with its like",
      left: "-a@1/1301",
      right: "-a@1/1302 a@2/1303",
      pairs: ["1-2 server-name", "right 1"],
    },
    {
      what: "the same the other way round",
      left: "-a@1/1302 -a@3/1304 a@2/1303",
      right: "-a@1/1301",
      pairs: ["3-1 server-name", "left 1", "left 2"],
    },
    {
      what: "in order where something works on both sides",
      left: "-a@1/1301 a@2/1304",
      right: "-a@1/1302 a@3/1303",
      pairs: ["1-1 server-name", "2-2 server-name"],
    },
    {
      what: "by server name, whatever its case, before anything else",
      left: "a@1 b@2",
      right: "B@1 A@2",
      pairs: ["1-2 server-name", "2-1 server-name"],
    },
    {
      what: "by the address before the order where one name stands for several services",
      left: "-a@1/1301 -a@2/1302",
      right: "a@2/1303 a@1/1304",
      pairs: ["1-2 server-name", "2-1 server-name"],
    },
    {
      what: "with what works at another address of the name, where at the same one nothing does",
      left: "-a@1/1301",
      right: "a@2/1302 -a@1/1303",
      pairs: ["1-1 server-name", "right 2"],
    },
    {
      what: "by the server's address where there is no name",
      left: "@1 @2/1302",
      right: "@2 @1/1302",
      pairs: ["1-2 server-address", "2-1 server-address"],
    },
    { what: "by the server's address where names differ", left: "a@1", right: "b@1", pairs: ["1-1 server-address"] },
    { what: "by order where nothing else is the same", left: "a@1", right: "b@2", pairs: ["1-1 order"] },
    { what: "by order in the order of the captures", left: "@1/1301 @2/1302", right: "@3/1303 @4/1304", pairs: ["1-1 order", "2-2 order"] },
    {
      what: "by order also beside names that match, where a name is missing",
      left: "a@1 @2",
      right: "a@1 @3",
      pairs: ["1-1 server-name", "2-2 order"],
    },
    {
      what: "not by order where names match and these do not",
      left: "a@1 b@2",
      right: "a@1 c@3",
      pairs: ["1-1 server-name", "left 2", "right 2"],
    },
    { what: "five equal retries against one that works as one pair", left: "-a -a -a -a -a", right: "a", pairs: ["1-1 server-name x5"] },
    { what: "equal ones on both sides as one pair", left: "a a a", right: "a a", pairs: ["1-1 server-name x3"] },
    {
      what: "kinds within a name in order",
      left: "-a/1301 -a/1302",
      right: "a/1303 a/1304",
      pairs: ["1-1 server-name", "2-2 server-name"],
    },
    {
      what: "retries without pushing the next kind from its partner",
      left: "-a/1301 -a/1301 -a/1302",
      right: "a/1303 a/1304",
      pairs: ["1-1 server-name x2", "3-2 server-name"],
    },
    {
      what: "working ones with their equals, also out of order",
      left: "a/1301 a/1302",
      right: "a/1302 a/1301",
      pairs: ["1-2 server-name", "2-1 server-name"],
    },
    { what: "a failure with what works, not with its like", left: "-a", right: "a -a", pairs: ["1-1 server-name", "right 2"] },
    { what: "two failures where nothing works", left: "-a/1301", right: "-a/1302", pairs: ["1-1 server-name"] },
    {
      what: "one that is left over with what the other side has more of",
      left: "-a/1301 -a/1301 a/1302",
      right: "a/1303 a/1303 a/1303",
      pairs: ["1-1 server-name x2", "3-3 server-name"],
    },
    {
      what: "one that is left over with the next, not the last, of what the other side has more of",
      left: "a/1301 -a/1302",
      right: "a/1303 a/1303 a/1303 a/1303",
      pairs: ["1-1 server-name x3", "2-2 server-name"],
    },
    {
      what: "a failure that is left over with a working one that has a partner",
      left: "a/1301 -a/1302",
      right: "a/1301",
      pairs: ["1-1 server-name", "2-1 server-name"],
    },
    { what: "the same, whichever side it is on", left: "a/1301", right: "a/1301 -a/1302", pairs: ["1-1 server-name", "1-2 server-name"] },
    { what: "no working one that is left over", left: "a/1301 a/1302", right: "a/1301", pairs: ["1-1 server-name", "left 2"] },
    { what: "attempts without a hello last", left: "!a a/1301", right: "a/1302", pairs: ["2-1 server-name", "left 1"] },
    { what: "attempts without a hello by their server", left: "!@1", right: "@1 @2", pairs: ["1-1 server-address", "right 2"] },
    { what: "attempts without a hello by order where nothing else is paired", left: "!@1", right: "a@2", pairs: ["1-1 order"] },
    {
      what: "attempts without a hello not by order beside others",
      left: "!@1 a@2",
      right: "a@2 b@3",
      pairs: ["2-1 server-name", "left 1", "right 2"],
    },
    { what: "nothing with nothing", left: "", right: "a", pairs: ["right 1"] },
    {
      what: "a failure with what works at its server, though that has a partner by its name",
      left: "-@1/1301 a@2/1302",
      right: "a@1/1303",
      pairs: ["1-1 server-address", "2-1 server-name"],
    },
    {
      what: "failures that look alike each with what works at its own server",
      left: "-@1/1301 -@2/1301 b@3/1302",
      right: "a@1/1303 b@2/1302",
      pairs: ["1-1 server-address", "2-2 server-address", "3-2 server-name"],
    },
    {
      what: "no failure so where the same capture has what works at that server",
      left: "-@1/1301 @1/1302 a@2/1303",
      right: "a@1/1304",
      pairs: ["3-1 server-name", "left 1", "left 2"],
    },
  ])("are paired: $what", ({ left, right, pairs }) => {
    const comparison = compare(captureOf(left), captureOf(right));
    expect(told(comparison)).toEqual(pairs);
    expect(comparison.left.handshakes + comparison.right.handshakes).toBe(`${left} ${right}`.trim().split(" ").length);
  });

  it("are identical only if all are, and none is alone", () => {
    expect(compare(captureOf("a b"), captureOf("a b")).identical).toBe(true);
    expect(compare(captureOf("a b"), captureOf("a -b")).identical).toBe(false);
    expect(compare(captureOf("a"), captureOf("a b@2/1302")).identical).toBe(false);
    expect(compare(captureOf(""), captureOf("")).identical).toBe(true);
  });

  it.each<{ options: CompareOptions; pairs: string[] }>([
    { options: { sni: "b" }, pairs: ["2-2 server-name"] },
    { options: { server: "10.0.0.1" }, pairs: ["1-1 server-name"] },
    { options: { stream: 1 }, pairs: ["2-2 selection"] },
    { options: { leftStream: 0, rightStream: 1 }, pairs: ["1-2 selection"] },
    { options: { stream: 0, rightStream: 1 }, pairs: ["1-2 selection"] },
    { options: { leftStream: 1 }, pairs: ["2-2 server-name", "right 1"] },
    { options: { sni: "c" }, pairs: [] },
    { options: { stream: 7 }, pairs: [] },
  ])("can be picked: $options", ({ options, pairs }) => {
    expect(told(compare(captureOf("a@1 b@2"), captureOf("a@1 b@2"), options))).toEqual(pairs);
  });

  it("are compared with the noise if it is asked for", () => {
    const other = capture("y.pcap", handshakeOf(clientHello({ random: "77".repeat(32) })));
    const [hidden] = compare(capture("x.pcap", handshake()), other).pairs;
    const [all] = compare(capture("x.pcap", handshake()), other, { all: true }).pairs;
    expect(hidden).toEqual({
      left: { id: 1 },
      right: { id: 1 },
      pairedBy: "server-name",
      identical: true,
      differences: [],
      hidden: { noise: 1 },
      diagnosis: [],
    });
    expect(all).toMatchObject({ hidden: { noise: 0 }, differences: [{ path: "clientHello.random", class: "noise" }] });
  });

  it("are all paired or told, each once, in linear time", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => handshake({ id: index + 1, serverName: `host${index % 7}.test` }));
    const start = performance.now();
    const { pairs, unpaired } = pairHandshakes(many, many.slice(0, 1_000));
    expect(pairs).toHaveLength(7);
    expect(pairs.reduce((sum, { counts }) => sum + counts.left, 0)).toBe(3_000);
    expect(unpaired).toEqual({ left: [], right: [] });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("are each paired once, also where too many look alike to be compared with all", () => {
    const [a, b, c, d, e] = unlike("a").slice(0, 5) as [Handshake, Handshake, Handshake, Handshake, Handshake];
    const { pairs, unpaired } = pairHandshakes([a, b, c, d, e, { ...e, id: 6 }], [e]);
    expect(pairs.map(({ left, right }) => [left.id, right.id])).toEqual([[5, 5]]);
    expect(unpaired.left.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6]);
  });

  it("do not cost the square of their number where each is unlike the others", () => {
    const start = performance.now();
    expect(pairHandshakes(unlike("a"), unlike("b")).pairs).toHaveLength(400);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});

describe("plaintext to a server that demands TLS", () => {
  const failure = { kind: "not-tls", by: "client", packet: 4, text: "GET / HTTP/1.1" } as const;
  const plain = { ...conn("!@1"), outcome: "failed" as const, failure };
  const answered = { ...conn("!@1"), outcome: "incomplete" as const };

  it("is compared with TLS on another port where it is all that its capture has", () => {
    expect(told(compare(capture("x.pcap", plain), captureOf("a@2")))).toEqual(["1-1 order"]);
    expect(told(compare(captureOf("a@2"), capture("x.pcap", plain)))).toEqual(["1-1 order"]);
  });

  it("is left out beside hellos, and where the server just answered", () => {
    expect(told(compare(capture("x.pcap", plain, conn("a@2")), captureOf("a@2")))).toEqual(["2-1 server-name"]);
    const { failure: _, ...rest } = answered as typeof answered & { failure?: unknown };
    expect(told(compare(capture("x.pcap", rest), captureOf("a@2")))).toEqual(["right 1"]);
  });
});

describe("the failed and the working handshakes of one capture", () => {
  it.each<{ what: string; text: string; options?: CompareOptions; pairs: string[] }>([
    { what: "each failure with what works at its server", text: "-a b a -b", pairs: ["1-3 server-name", "4-2 server-name"] },
    { what: "equal failures as one, counted without the working ones", text: "-a -a a a a", pairs: ["1-3 server-name x2"] },
    {
      what: "several kinds of failure with the one that works",
      text: "-a/1301 -a/1302 a/1303",
      pairs: ["1-3 server-name", "2-3 server-name"],
    },
    {
      what: "each with what works at its own address, also where others of the name were tried first",
      text: "a@1/1303 -a@1/1301 a@2/1304 -a@2/1301 -a@2/1302 a@2/1305",
      pairs: ["2-1 server-name", "4-3 server-name", "5-6 server-name"],
    },
    { what: "by order in the end", text: "-a@1 b@2", pairs: ["1-2 order"] },
    {
      what: "what never works alone, and nothing that no failure needs",
      text: "-a@1 -b@2/1302 a@1/1303 c@3",
      pairs: ["1-3 server-name", "left 2"],
    },
    { what: "nothing that is incomplete", text: "?a a", pairs: [] },
    { what: "nothing where nothing failed", text: "a b", pairs: [] },
    { what: "those of one name", text: "-a -b a b", options: { sni: "b" }, pairs: ["2-4 server-name"] },
    { what: "the failure that was picked", text: "-a/1301 -a/1302 a/1303", options: { stream: 1 }, pairs: ["2-3 server-name"] },
    {
      what: "two that were picked, however they ended",
      text: "a b -c",
      options: { leftStream: 0, rightStream: 1 },
      pairs: ["1-2 selection"],
    },
    { what: "one that was picked, never with itself", text: "a a/1302", options: { leftStream: 0 }, pairs: ["1-2 server-name"] },
  ])("are paired: $what", ({ text, options, pairs }) => {
    expect(told(compareWithin(captureOf(text), options))).toEqual(pairs);
  });

  it("count as two sides of the same file", () => {
    const comparison = compareWithin(captureOf("-a -a b a"));
    expect(comparison.left).toEqual({ file: "x.pcap", handshakes: 2 });
    expect(comparison.right).toEqual({ file: "x.pcap", handshakes: 2 });
    expect(comparison.identical).toBe(false);
  });
});
