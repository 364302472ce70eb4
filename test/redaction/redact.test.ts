import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import { Notes } from "../../src/fault/note.ts";
import { isRelevant } from "../../src/diff/compare-handshakes.ts";
import type { Capture, Handshake } from "../../src/handshake/handshake.ts";
import { compare, diagnoseHandshake, diagnosePair } from "../../src/index.ts";
import { readOctets } from "../../src/node.ts";
import { readPackets } from "../../src/redaction/packets.ts";
import { redact } from "../../src/redaction/redact.ts";
import { fixtureNames, fixturePath, readFixture } from "../support/fixtures.ts";
import { analyse, KEY, macsIn, PLANTED_WORDS, plantedIn, redactFixture } from "../support/redacted.ts";

/** What works in this one says nothing of TLS. */
const WITHOUT = "causes/plaintext-http-on-tls/ok.pcap";
const names = fixtureNames(["captures", "causes", "clients", "pairs"]).filter((name) => name !== WITHOUT);

/** What a report says of a handshake first. */
function verdictOf(handshake: Handshake): unknown {
  const { outcome, failure, negotiated, fingerprints, protocol, startTls, via } = handshake;
  return {
    protocol,
    startTls,
    via,
    outcome,
    kind: failure?.kind,
    by: failure?.by,
    alert: failure?.alert,
    negotiated,
    fingerprints,
    rules: diagnoseHandshake(handshake).map(({ rule, confidence }) => `${rule} ${confidence}`),
  };
}

const told = ({ handshakes }: Capture): Handshake[] =>
  handshakes.filter(({ messages, outcome }) => messages.length > 0 || outcome === "failed");

function framesIn(octets: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const capture = new CaptureReader({
    notes: new Notes(),
    frame: ({ bytes, start, end, linkType }) => void (linkType === 1 && frames.push(bytes.slice(start, end))),
    secrets: () => {},
  });
  capture.push(octets);
  capture.end();
  return frames;
}

describe("a redacted capture", () => {
  it("can be made of every fixture", () => {
    expect(names.length).toBeGreaterThan(500);
    expect(names.filter((name) => name.includes("/quic/")).length).toBeGreaterThan(15);
  });

  it.each(names)("has no secret of %s, and gives the same verdict", async (name) => {
    const [original, result] = [await readFixture(name), await redactFixture(name)];
    const again = await analyse(result.octets, { octets: true });
    if (name !== "captures/keylog/embedded-keys.pcapng") expect(told(again).map(verdictOf)).toEqual(told(original).map(verdictOf));

    // What is hidden in Initial packets of QUIC stands in the octets of their messages.
    const places = [toHex(result.octets), JSON.stringify(again).toLowerCase()];
    const planted = await plantedIn(name);
    expect(planted.size).toBeGreaterThan(0);
    expect([...planted].filter(([hex]) => places.some((place) => place.includes(hex)))).toEqual([]);

    const text = Buffer.from(result.octets).toString("latin1").toLowerCase();
    expect(PLANTED_WORDS.filter((word) => text.includes(word.toLowerCase()))).toEqual([]);
    expect(["example", "alice", "192.0.2.", "2001:db8"].filter((word) => places[1]?.includes(word))).toEqual([]);

    const macs = macsIn(framesIn(await readOctets(fixturePath(name))));
    expect([...macsIn(framesIn(result.octets))].filter((mac) => macs.has(mac) && mac !== "000000000000")).toEqual([]);
  });

  it.each(pairs())("differs from the redacted %s as the originals differ, for the same cause", async (_, one, other) => {
    const [left, right] = [await readFixture(one), await readFixture(other)];
    const [redactedLeft, redactedRight] = await Promise.all([one, other].map(async (name) => analyse((await redactFixture(name)).octets)));
    const before = essenceOf(left, right);
    expect(essenceOf(redactedLeft as Capture, redactedRight as Capture)).toEqual(before);
    expect(before.pairs).toBeGreaterThan(0);
  });

  it("keeps names where it was asked to, and still no random", async () => {
    const { octets } = await redactFixture("pairs/go-rsa-kex/openssl.pcap", true);
    const [handshake] = (await analyse(octets)).handshakes;
    expect(handshake?.serverName).toBe("mail.example.test");
    const planted = await plantedIn("pairs/go-rsa-kex/openssl.pcap");
    expect([...planted].filter(([hex]) => toHex(octets).includes(hex))).toEqual([]);
  });

  it("leaves out secrets for decryption", async () => {
    const { secrets, octets } = await redactFixture("captures/keylog/embedded-keys.pcapng");
    expect(secrets).toBeGreaterThan(0);
    expect(readPackets(octets).secrets).toBe(0);
  });

  it("is the same for the same key, and another for another", async () => {
    for (const name of ["pairs/go-rsa-kex/go.pcap", "captures/quic/go.pcap"]) {
      const octets = await readOctets(fixturePath(name));
      const one = await redact(octets, { key: KEY, read: analyse });
      expect((await redact(octets, { key: KEY, read: analyse })).octets).toEqual(one.octets);
      expect((await redact(octets, { key: KEY.toReversed(), read: analyse })).octets).not.toEqual(one.octets);
    }
  });
});

/** The first two captures of each folder of pairs. */
function pairs(): [folder: string, left: string, right: string][] {
  const folders = new Map<string, string[]>();
  for (const name of names) {
    const folder = name.slice(0, name.lastIndexOf("/"));
    if (name.startsWith("pairs/")) folders.set(folder, [...(folders.get(folder) ?? []), name]);
  }
  return [...folders].map(([folder, [left = "", right = ""]]) => [folder, left, right]);
}

function essenceOf(left: Capture, right: Capture): { pairs: number; paths: string[]; rules: string[] } {
  const comparison = compare(left, right);
  const [one, other] = [left.handshakes[0] as Handshake, right.handshakes[0] as Handshake];
  return {
    pairs: comparison.pairs.length,
    paths: comparison.pairs.flatMap(({ differences }) =>
      differences.filter((difference) => isRelevant(difference, false)).map(({ path }) => path),
    ),
    rules: diagnosePair(one, other).map(({ rule }) => rule),
  };
}

describe("what is not redacted", () => {
  it("is told: a result that says something else", async () => {
    const octets = await readOctets(fixturePath("pairs/go-rsa-kex/go.pcap"));
    let readings = 0;
    const read = async (file: Uint8Array): Promise<Capture> => {
      const capture = await analyse(file);
      if (readings++ === 0) return capture;
      return { ...capture, handshakes: capture.handshakes.map((handshake) => ({ ...handshake, outcome: "incomplete" as const })) };
    };
    await expect(redact(octets, { key: KEY, read })).rejects.toThrow(
      /would say something else when redacted: handshake 1 differs in outcome/,
    );
  });

  it("is told: a capture whose own secrets say more than what is left without them", async () => {
    const octets = await readOctets(fixturePath("captures/keylog/embedded-keys.pcapng"));
    const read = async (file: Uint8Array): Promise<Capture> => {
      const capture = await analyse(file);
      if (file !== octets) return capture;
      return { ...capture, handshakes: capture.handshakes.map((handshake) => ({ ...handshake, outcome: "failed" as const })) };
    };
    await expect(redact(octets, { key: KEY, read })).rejects.toThrow(
      /^says more with the secrets in it, which would be dropped: handshake 1, failed.*, would be established; take them out first/,
    );
  });

  it("is told: a capture without handshake", async () => {
    await expect(
      redact(await readOctets(fixturePath("pairs/go-rsa-kex/go.pcap")), {
        key: KEY,
        read: () => Promise.resolve({ file: "", notes: [], handshakes: [] }),
      }),
    ).rejects.toThrow(/has no handshake to redact/);
  });
});
