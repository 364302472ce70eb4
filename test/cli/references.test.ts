import { describe, expect, it } from "vitest";
import { execute, STORY } from "../support/io.ts";

const onStory = (...words: string[]): ReturnType<typeof execute> => execute(words, { files: STORY });

describe("a recorded client on the command line", () => {
  it("stands in for the second capture", async () => {
    const { status, out } = await onStory("go.pcap", "@openssl-3.0");
    expect(status).toBe(1);
    expect(out).toContain("@openssl-3.0: what OpenSSL 3.0 offers (default settings), as recorded; it has");
    expect(out).toContain("only in @openssl-3.0");
    expect(out).not.toContain("How it ended");
  });

  it("stands in for the first one as well, or for both", async () => {
    expect((await onStory("@openssl-3.0", "go.pcap")).status).toBe(1);
    expect((await onStory("@go-1.19", "@go-1.20")).status).toBe(0);
    const { out } = await onStory("@go-1.19", "@go-1.21", "--json");
    expect(out).toContain('"pairedBy": "selection"');
    // Neither came to an end that could be judged.
    expect(out).toContain('"diagnosis": []');
  });

  it("is shown and listed like a capture", async () => {
    const shown = await onStory("show", "@chrome");
    expect(shown).toMatchObject({ status: 0, err: "" });
    expect(shown.out).toContain("as recorded; it has no server");
    expect((await onStory("list", "@go")).out).toContain("Go crypto/tls");
  });

  it("alone is nothing to compare", async () => {
    expect(await onStory("@go")).toMatchObject({ status: 2, out: "", err: expect.stringContaining("is compared with a capture") });
  });

  it.each([
    ["@opensl-3.0", "did you mean @openssl-3.0?"],
    ["@nobody", "tells-nothing"],
    ["@\u001b[31m", "there is no client @\\u{1b}[31m"],
  ])("of an unknown name (%j) is refused, with what was probably meant", async (word, words) => {
    const { status, out, err } = await onStory("go.pcap", word);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(words === "tells-nothing" ? "tls-diff clients lists them" : words);
  });
});

describe("tls-diff clients", () => {
  it("lists them with what can be turned", async () => {
    const { status, out } = await onStory("clients", "--width", "120");
    expect(status).toBe(0);
    expect(out).toMatch(/@go-1\.24 +1\.24/);
    expect(out).toContain("+tlsrsakex");
  });

  it("gives them as data", async () => {
    const { out } = await onStory("clients", "--json");
    const { clients } = JSON.parse(out) as { clients: { id: string }[] };
    expect(clients.map(({ id }) => id)).toContain("openssl-3.0");
    expect((await onStory("clients", "--format", "ndjson")).out.trim().split("\n")).toHaveLength(clients.length);
  });
});
