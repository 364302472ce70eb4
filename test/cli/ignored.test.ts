/** What was ignored or damaged in a capture is said wherever something is told of it. */
import { describe, expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { fixturePath } from "../support/fixtures.ts";
import { execute } from "../support/io.ts";

const CUT = fixturePath("captures/forms/snaplen-96.pcap");
const GO = fixturePath("pairs/go-rsa-kex/go.pcap");
const SENTENCE = "5 packets were cut to 96 octets or more by the capture's snapshot length; tcpdump -s 0 keeps them whole";

async function told(...words: string[]): Promise<string> {
  const { out } = await execute([...words, "--width", "120"], { readCaptures });
  return out;
}

describe("what was ignored in a capture", () => {
  it.each([
    ["on the left of a comparison", [CUT, GO]],
    ["on the right of a comparison", [GO, CUT]],
    ["of an explanation", ["explain", CUT]],
  ])("is told behind its name at the end %s", async (_, words) => {
    expect((await told(...words)).trimEnd().split("\n").at(-1)).toBe(`snaplen-96.pcap: ${SENTENCE}`);
  });

  it("is told once of a capture that is compared with itself, and not of one in which nothing was ignored", async () => {
    expect((await told(CUT, CUT)).match(/snapshot length/g)).toHaveLength(2);
    expect((await told(CUT)).match(/snapshot length/g) ?? []).toHaveLength(1);
    expect(await told(GO, GO)).not.toContain("go.pcap: ");
  });
});
