import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, compareHandshakes, compareWithin } from "../../src/diff/compare.ts";
import type { Difference } from "../../src/diff/difference.ts";
import { canonical } from "../../src/diff/identity.ts";
import { pairHandshakes } from "../../src/diff/pair.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import {
  alert,
  bare,
  certificate,
  clientHello,
  extension,
  handshake,
  opaqueExtension,
  point,
  serverHello,
} from "../support/handshake-builder.ts";

const IDS = ["0x0a0a", "0x1a1a", "0x001d", "0x0017", "0x0018", "0x1301", "0x1302"] as const;

const pointOf = fc.constantFrom(...IDS).map((id) => point(id));
const pointsOf = fc.array(pointOf, { maxLength: 5 });
const hexOf = fc.constantFrom("", "00", "0102", `${"22".repeat(24)}444f574e47524401`);
const whyOf = fc.option(fc.constantFrom("why", "because"), { nil: undefined, freq: 8 });

const extensionOf = fc.oneof(
  fc.record({ groups: pointsOf }).map((data) => extension("supported_groups", data)),
  fc.record({ schemes: pointsOf }).map((data) => extension("signature_algorithms", data)),
  fc.array(fc.record({ group: pointOf, length: fc.nat(3) }), { maxLength: 3 }).map((entries) => extension("key_share", { entries })),
  fc
    .array(fc.constantFrom("h2", "http/1.1", "**"), { maxLength: 3 })
    .map((protocols) => extension("application_layer_protocol_negotiation", { protocols })),
  fc.nat(2).map((ticketLength) => extension("session_ticket", { ticketLength })),
  fc.tuple(fc.constantFrom("0x0a0a", "0x2a2a", "0x1234"), hexOf).map(([id, hex]) => opaqueExtension(id, hex)),
  fc.jsonValue({ maxDepth: 3 }).map((value) => extension("quic_transport_parameters", { parameters: value })),
  fc.constant(extension("pre_shared_key", {}, { malformed: "why" })),
);

const helloOf = fc
  .record({
    legacyVersion: pointOf,
    random: hexOf,
    sessionId: hexOf,
    length: fc.nat(3),
    cipherSuites: pointsOf,
    compressionMethods: pointsOf,
    extensions: fc.array(extensionOf, { maxLength: 6 }),
    malformed: whyOf,
  })
  .map((fields) => withoutAbsent(clientHello(fields as never)));

const messageOf = fc.oneof(
  helloOf,
  fc.record({ random: hexOf, cipherSuite: pointOf, malformed: whyOf }).map((fields) => withoutAbsent(serverHello(fields as never))),
  fc.array(fc.constantFrom("aa", "bb", "cc"), { maxLength: 3 }).map((digests) => certificate(digests.map((sha256) => ({ sha256 })))),
  fc.constantFrom("0x28", "0x70").map((description) => alert("server", description)),
  fc.boolean().map((decrypted) => bare("finished", "client", decrypted ? { decrypted: true } : {})),
  fc.constant(bare("server_hello_done", "server")),
);

const handshakeOf: fc.Arbitrary<Handshake> = fc
  .record({
    outcome: fc.constantFrom("established" as const, "failed" as const, "incomplete" as const),
    failure: fc.option(fc.record({ kind: fc.constantFrom("alert", "reset"), by: fc.constant("server"), packet: fc.nat(9) }), {
      nil: undefined,
    }),
    serverName: fc.option(fc.constantFrom("a.test", "A.test", "b.test"), { nil: undefined }),
    negotiated: fc.record({ version: pointOf, cipherSuite: pointOf, alpn: fc.constantFrom("h2", "http/1.1") }, { requiredKeys: [] }),
    messages: fc.array(messageOf, { maxLength: 5 }),
    address: fc.constantFrom("10.0.0.8", "10.0.0.9"),
    port: fc.nat(2),
  })
  .map(({ address, port, ...rest }) => {
    const transport = { protocol: "tcp" as const, client: { address: "10.0.0.1", port }, server: { address, port: 443 } };
    return withoutAbsent(handshake({ ...rest, transport } as never));
  });

const captureOf = fc
  .array(handshakeOf, { maxLength: 6 })
  .map((handshakes) => ({ file: "x", notes: [], handshakes: handshakes.map((each, index) => Object.assign({}, each, { id: index + 1 })) }));

/** A handshake as a careless program or a curious person may leave it: any of its parts gone or replaced. */
const brokenOf = fc.tuple(handshakeOf, fc.infiniteStream(fc.nat(29)), fc.jsonValue({ maxDepth: 2 })).map(([whole, dice, junk]) => {
  const damage = (value: unknown): unknown => {
    const throwOf = dice.next().value as number;
    if (throwOf === 0) return undefined;
    if (throwOf === 1) return junk;
    if (Array.isArray(value)) return value.map(damage).filter((member) => member !== undefined);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, damage(member)]));
  };
  return Object.fromEntries(Object.entries(whole).map(([key, member]) => [key, damage(member)])) as unknown as Handshake;
});

/** A hello with an extension that is nested deeper than any stack. */
function deep(bottom: string): Handshake {
  let value: unknown = bottom;
  for (let level = 0; level < 20_000; level++) value = level % 2 === 0 ? { value } : [value];
  const nested = { id: "0x0000", name: "server_name", length: 1, data: { value } };
  return handshake({ messages: [clientHello({ extensions: [nested] })] });
}

function withoutAbsent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The same difference seen from the other side; which of several equal members moved is no matter of order. */
function mirrored(difference: Difference): Difference {
  if (difference.kind === "list") {
    const { left, right, onlyLeft, onlyRight } = difference;
    return { ...difference, left: right, right: left, onlyLeft: onlyRight, onlyRight: onlyLeft };
  }
  const { left, right, ...rest } = difference;
  return { ...rest, ...("right" in difference ? { left: right } : {}), ...("left" in difference ? { right: left } : {}) };
}

function withSortedMoves(difference: Difference): Difference {
  return difference.kind === "list" ? { ...difference, moved: difference.moved.map((member) => canonical(member)).sort() } : difference;
}

describe("the comparison of two handshakes", () => {
  it("finds nothing between a handshake and itself, also read back from JSON", () => {
    fc.assert(
      fc.property(handshakeOf, (one) => {
        const nothing = { differences: [], hidden: { noise: 0 }, identical: true };
        expect(compareHandshakes(one, one, { all: true })).toEqual(nothing);
        expect(compareHandshakes(one, withoutAbsent(one), { all: true })).toEqual(nothing);
      }),
    );
  });

  it("is mirrored when the sides are swapped", () => {
    fc.assert(
      fc.property(handshakeOf, handshakeOf, (one, other) => {
        const there = compareHandshakes(one, other, { all: true });
        const back = compareHandshakes(other, one, { all: true });
        expect(back.differences.map(mirrored).map(withSortedMoves)).toEqual(there.differences.map(withSortedMoves));
        expect(back.identical).toBe(there.identical);
      }),
    );
  });

  it("is the same for handshakes that were saved and read back", () => {
    fc.assert(
      fc.property(handshakeOf, handshakeOf, (one, other) => {
        expect(compareHandshakes(withoutAbsent(one), withoutAbsent(other))).toEqual(compareHandshakes(one, other));
      }),
    );
  });

  it("can itself be saved and read back", () => {
    fc.assert(
      fc.property(handshakeOf, handshakeOf, (one, other) => {
        const found = compareHandshakes(one, other, { all: true });
        expect(withoutAbsent(found)).toEqual(found);
      }),
    );
  });

  it("tells with all what it hides without, and hides nothing but noise", () => {
    fc.assert(
      fc.property(handshakeOf, handshakeOf, (one, other) => {
        const all = compareHandshakes(one, other, { all: true }).differences;
        const some = compareHandshakes(one, other);
        expect(all.filter((difference) => difference.class !== "noise")).toEqual(some.differences);
        expect(all.length).toBe(some.differences.length + some.hidden.noise);
        expect(all.findLastIndex((difference) => difference.class !== "noise")).toBe(some.differences.length - 1);
      }),
    );
  });

  it("never throws and stays mirrored, whatever parts of the model are missing or replaced", () => {
    fc.assert(
      fc.property(brokenOf, brokenOf, (one, other) => {
        const there = compareHandshakes(one, other, { all: true }).differences;
        const back = compareHandshakes(other, one, { all: true }).differences;
        expect(back.length).toBe(there.length);
        expect(compareHandshakes(one, one, { all: true }).differences).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("does not follow a saved report into its depths", () => {
    expect(compareHandshakes(deep("a"), deep("b")).differences).toEqual([]);
  });
});

describe("the comparison of two captures", () => {
  it("finds nothing between a capture and itself", () => {
    fc.assert(
      fc.property(captureOf, (one) => {
        const { identical, pairs, unpaired } = compare(one, one);
        expect(unpaired).toEqual({ left: [], right: [] });
        expect(pairs.flatMap(({ differences }) => differences)).toEqual([]);
        expect(identical).toBe(true);
      }),
    );
  });

  it("pairs the same handshakes when the sides are swapped", () => {
    fc.assert(
      fc.property(captureOf, captureOf, (one, other) => {
        const there = compare(one, other);
        const back = compare(other, one);
        const pairsOf = (pairs: typeof there.pairs): string[] =>
          pairs.map(({ left, right, pairedBy, count }) => `${left.id} ${right.id} ${pairedBy} ${count}`);
        expect(pairsOf(back.pairs.map((pair) => ({ ...pair, left: pair.right, right: pair.left }))).toSorted()).toEqual(
          pairsOf(there.pairs).toSorted(),
        );
        expect(back.unpaired).toEqual({ left: there.unpaired.right, right: there.unpaired.left });
      }),
    );
  });

  it("forgets no handshake", () => {
    fc.assert(
      fc.property(captureOf, captureOf, (one, other) => {
        const { pairs, unpaired } = pairHandshakes(one.handshakes, other.handshakes);
        for (const side of ["left", "right"] as const) {
          const paired = pairs.reduce((sum, { counts }) => sum + counts[side], 0);
          const of = side === "left" ? one : other;
          // A working handshake may stand beside several failures of the other side.
          expect(paired + unpaired[side].length).toBeGreaterThanOrEqual(of.handshakes.length);
          const borrowed = pairs.length - new Set(pairs.map((pair) => pair[side].id)).size;
          expect(paired + unpaired[side].length - borrowed).toBe(of.handshakes.length);
        }
      }),
    );
  });

  it("within one capture puts what failed on the left and what worked on the right", () => {
    fc.assert(
      fc.property(captureOf, (one) => {
        const outcome = (id: number): string | undefined => one.handshakes.find((each) => each.id === id)?.outcome;
        for (const { left, right } of compareWithin(one).pairs)
          expect([outcome(left.id), outcome(right.id)]).toEqual(["failed", "established"]);
      }),
    );
  });
});
