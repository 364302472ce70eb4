/** What commands do where not all handshakes of a capture can be kept. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { hello, pcapOf, recordsOf, segment } from "../hostile/support.ts";
import { execute, type Trace, type World } from "../support/io.ts";

/** Nine hellos, and the good handshake. */
const CAPTURE = Buffer.concat([
  ...pcapOf(
    Array.from({ length: 9 }, (_, host) =>
      segment(recordsOf(1, hello([], { name: new TextEncoder().encode(`host-${host}.test`) })), { host, sequence: 1 }),
    ),
  ),
]);

/** Octets that one of these hellos takes, and a bit: three of them fit. */
const LIMIT = ["--limit", "kept-octets=8000"];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tls-diff-kept-"));
  for (const name of ["a.pcap", "b.pcap"]) writeFileSync(join(folder, name), CAPTURE);
});

afterAll(() => rmSync(folder, { recursive: true }));

function here(text: string): string {
  return text.replaceAll(`${folder}/`, "");
}

/** Runs the words where the two captures are. */
async function typed(words: readonly string[], world: World = {}): Promise<Trace> {
  const trace = await execute(words, { readCaptures: (input, options) => readCaptures(join(folder, input), options), ...world });
  return { ...trace, out: here(trace.out), err: here(trace.err) };
}

const NOT_KEPT = "7 handshakes not kept: the first 3 reach the memory limit for all";
const ADVICE = "tls-diff list tells every handshake; cut out the connection that is meant, or keep more with --limit kept-octets=NUMBER.\n";

interface Told {
  readonly captures: readonly { readonly notes: readonly unknown[]; readonly handshakes: readonly { readonly id: number }[] }[];
}

describe("where not all handshakes can be kept", () => {
  it("a list in JSON has the first ones, with a note, and says so", async () => {
    const { status, out, err } = await typed(["list", "a.pcap", "--json", ...LIMIT]);
    const { captures } = JSON.parse(out) as Told;
    expect(captures[0]?.handshakes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(captures[0]?.notes).toEqual([{ code: "handshakes-not-kept", count: 7, message: NOT_KEPT }]);
    expect([status, err]).toEqual([0, `tls-diff: a.pcap: ${NOT_KEPT}.\n${ADVICE}`]);
  });

  it("several inputs of a list share what may be kept", async () => {
    const { status, out, err } = await typed(["list", "a.pcap", "b.pcap", "--json", ...LIMIT]);
    const { captures } = JSON.parse(out) as Told;
    expect(captures.map(({ handshakes }) => handshakes.length)).toEqual([3, 0]);
    expect(err).toContain(`tls-diff: b.pcap: 10 handshakes not kept: the first 3 reach the memory limit for all.\n${ADVICE}`);
    expect(status).toBe(0);
  });

  it.each([["text"], ["ndjson"]])("a list as %s tells all of them, because it keeps none", async (format) => {
    const { status, out, err } = await typed(["list", "a.pcap", "--format", format, ...LIMIT]);
    expect([status, err]).toEqual([0, ""]);
    expect(out).toContain("mail.example.test");
  });

  it("show finds every one, because it keeps only that", async () => {
    const { status, out, err } = await typed(["show", "a.pcap", "--id", "10", ...LIMIT]);
    expect([status, err]).toEqual([0, ""]);
    expect(out).toContain("mail.example.test");
  });

  it("show --text, explain and a comparison tell what they have, and say that it is a part", async () => {
    const shown = await typed(["show", "a.pcap", "--text", ...LIMIT]);
    expect([shown.status, shown.err]).toEqual([0, `tls-diff: a.pcap: ${NOT_KEPT}.\n${ADVICE}`]);
    expect(shown.out).toContain("host-2.test");
    const explained = await typed(["explain", "a.pcap", ...LIMIT]);
    expect([explained.status, explained.err]).toEqual([0, `tls-diff: a.pcap: ${NOT_KEPT}.\n${ADVICE}`]);
    expect(explained.out).toContain("host-2.test");
    const compared = await typed(["a.pcap", "b.pcap", ...LIMIT]);
    expect([compared.status, compared.err]).toEqual([0, `tls-diff: a.pcap: ${NOT_KEPT}.\ntls-diff: b.pcap: ${NOT_KEPT}.\n${ADVICE}`]);
  });

  it("what was not kept cannot be asked for", async () => {
    const { status, err } = await typed(["explain", "a.pcap", "--id", "10", ...LIMIT]);
    expect(status).toBe(3);
    expect(err).toContain(NOT_KEPT);
    expect(err).toContain("a.pcap has no handshake that matches");
  });

  it("a snapshot is not written, because a part would mislead", async () => {
    const { status, out, err, written } = await typed(["snapshot", "a.pcap", "-o", "a.tls.json", ...LIMIT]);
    expect([status, out, written]).toEqual([2, "", {}]);
    expect(err).toBe(`tls-diff: a.pcap: ${NOT_KEPT}.\n${ADVICE}`);
    const one = await typed(["snapshot", "a.pcap", "--id", "2", "-o", "a.tls.json", ...LIMIT]);
    expect([one.status, Object.keys(one.written)]).toEqual([0, ["a.tls.json"]]);
  });

  it("nothing is checked or redacted, because a part would mislead", async () => {
    const lowered: World = {
      readCaptures: (_, options) => readCaptures(join(folder, "a.pcap"), { ...options, limits: { keptOctets: 8_000 } }),
      readConfig: () => Promise.resolve({ schemaVersion: 1, captures: [{ capture: "a.pcap", outcome: "incomplete" }] }),
      readOctets: () => Promise.resolve(new Uint8Array(CAPTURE)),
    };
    const checked = await typed(["check"], lowered);
    expect(checked.status).toBe(2);
    expect(checked.out.replaceAll(/\s+/g, " ")).toContain(`a.pcap: ${NOT_KEPT}.`);
    const redacted = await typed(["redact", "a.pcap", "-o", "safe.pcapng"], lowered);
    expect([redacted.status, redacted.written]).toEqual([2, {}]);
    expect(redacted.err).toContain(NOT_KEPT);
    expect(redacted.err).toContain("Nothing was written.");
  });

  it("one that is larger than all that may be kept is none", async () => {
    const { status, err } = await typed(["explain", "a.pcap", "--limit", "kept-octets=1"]);
    expect(status).toBe(3);
    expect(err).toContain("a.pcap: 10 handshakes not kept: the first one alone exceeds the memory limit for all");
  });
});
