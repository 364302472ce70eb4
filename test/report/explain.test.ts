import { describe, expect, it } from "vitest";
import { diagnoseHandshake } from "../../src/diagnosis/diagnose.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { composeExplain } from "../../src/report/compose-explain.ts";
import { bare, type Block } from "../../src/report/document.ts";
import { goHandshake, opensslHandshake } from "../support/stories.ts";

function explained(handshakes: readonly Handshake[]): readonly Block[] {
  const told = handshakes.map((handshake) => ({ ...handshake, diagnosis: diagnoseHandshake(handshake) }));
  return composeExplain([{ file: "tries.pcap", notes: [], handshakes: told }], false).blocks;
}

/** The same client when it tries again later. */
function again(id: number, change: Partial<Handshake> = {}): Handshake {
  const { transport, failure } = goHandshake;
  if (failure === undefined) throw new Error("the story has no failure");
  return {
    ...goHandshake,
    id,
    stream: id - 1,
    transport: { ...transport, client: { ...transport.client, port: 40_000 + id } },
    failure: { ...failure, packet: failure.packet + 10 * id },
    ...change,
  };
}

function texts(blocks: readonly Block[], kind: Block["kind"]): string[] {
  return blocks.flatMap((block) => (block.kind === kind && "text" in block ? [bare(block.text)] : []));
}

describe("attempts that failed in the same way", () => {
  it("are explained once, and the others are numbered", () => {
    const blocks = explained([again(1), opensslHandshake, again(3), again(4)]);
    expect(texts(blocks, "heading").filter((text) => text.startsWith("tries"))).toEqual(["tries.pcap#1"]);
    expect(texts(blocks, "note")).toContain(
      "It failed in the same way 2 more times: #3 from 127.0.0.1:40003 (packet 36), #4 from 127.0.0.1:40004 (packet 46).",
    );
  });

  it("are counted if there are many", () => {
    const blocks = explained(Array.from({ length: 1_300 }, (_, index) => again(index + 1)));
    expect(texts(blocks, "note").at(-1)).toMatch(
      /^It failed in the same way 1,299 more times: #2 from .*, #6 from 127\.0\.0\.1:40006 \(packet 66\) and 1,294 more\.$/,
    );
  });

  it.each<[string, Partial<Handshake>]>([
    ["with another server", { transport: { ...goHandshake.transport, server: { address: "192.0.2.9", port: 465 } } }],
    ["with another name", { serverName: "other.test" }],
    ["of another client", { clientStack: { name: "GnuTLS", match: "exact", candidates: [], deviations: [] } }],
    ["in another way", { failure: { kind: "close", by: "server", packet: 9, after: "client_hello" } }],
  ])("%s are not alike", (_, change) => {
    const blocks = explained([again(1), again(2, change)]);
    expect(texts(blocks, "heading").filter((text) => text.startsWith("tries"))).toEqual(["tries.pcap#1", "tries.pcap#2"]);
  });
});
