import { describe, expect, it } from "vitest";
import { ClosedPipe } from "../../src/cli/io.ts";
import { Pieces } from "../../src/cli/pieces.ts";

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function sink(write: (text: string) => void = () => {}): {
  writes: string[];
  closed: number;
  write: (content: string | Uint8Array) => undefined;
  close: () => Promise<void>;
} {
  const made = {
    writes: [] as string[],
    closed: 0,
    write(content: string | Uint8Array) {
      // What is not read now may be written over.
      const text = typeof content === "string" ? content : Buffer.from(content).toString();
      write(text);
      made.writes.push(text);
      return undefined;
    },
    close() {
      made.closed++;
      return Promise.resolve();
    },
  };
  return made;
}

describe("output in many small pieces", () => {
  it("is one write for many of them", async () => {
    const to = sink();
    const out = new Pieces(to);
    for (let at = 0; at < 100_000; at++) void out.write("0123456789");
    await out.end();
    expect(to.writes.length).toBeLessThan(20);
    expect(to.writes.join("")).toBe("0123456789".repeat(100_000));
    expect(to.closed).toBe(1);
  });

  it("is written although nothing more comes, before the next turn of the event loop", async () => {
    const to = sink();
    const out = new Pieces(to);
    void out.write("a line\n");
    expect(to.writes).toEqual([]);
    await turn();
    expect(to.writes).toEqual(["a line\n"]);
    await out.end();
    expect(to.writes).toEqual(["a line\n"]);
  });

  it("tells whoever writes next what went wrong while nobody was there", async () => {
    const out = new Pieces(
      sink(() => {
        throw new ClosedPipe();
      }),
    );
    void out.write("a");
    await turn();
    expect(() => out.write("b")).toThrow(ClosedPipe);
    await expect(out.end()).rejects.toThrow(ClosedPipe);
  });

  it("leaves alone what a slow reader has not taken yet", async () => {
    const held: Uint8Array[] = [];
    const takes: (() => void)[] = [];
    const out = new Pieces({
      write(content) {
        held.push(content as Uint8Array);
        return new Promise((resolve) => void takes.push(resolve));
      },
    });
    const pieces = ["a", "b", "c", "d"].map((sign) => sign.repeat(70_000));
    const waiting = pieces.slice(0, 3).map((piece) => out.write(piece));
    expect(held.map((octets) => Buffer.from(octets).toString())).toEqual(pieces.slice(0, 3));
    takes[2]?.();
    await waiting[2];
    void out.write(pieces[3] ?? "");
    expect(held.map((octets) => Buffer.from(octets).toString()).slice(0, 2)).toEqual(pieces.slice(0, 2));
    expect(Buffer.from(held[3] ?? []).toString()).toBe(pieces[3]);
  });

  it("makes no more room for a slow reader than it was ever behind", async () => {
    const rooms = new Set<ArrayBufferLike>();
    let takes: (() => void)[] = [];
    const out = new Pieces({
      write(content) {
        rooms.add((content as Uint8Array).buffer);
        return new Promise((resolve) => void takes.push(resolve));
      },
    });
    for (let round = 0; round < 20; round++) {
      // More than five times as much as is written at once, so that six pieces wait at most.
      const waiting = Array.from({ length: 350 }, () => out.write("a".repeat(1000)));
      for (const take of takes) take();
      takes = [];
      for (const one of waiting) await one;
    }
    // Each piece that waits has one, and there is one to write the next piece in.
    expect(rooms.size).toBe(7);
  });
});
