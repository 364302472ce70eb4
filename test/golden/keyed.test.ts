import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { Side } from "../../src/message/message.ts";
import { readKeyLog, type ReadOptions } from "../../src/node.ts";
import { fixtureNames, fixturePath, readFixture } from "../support/fixtures.ts";
import { keyed } from "./keyed.ts";

/** Where the key log beside a capture is, or would be. */
function keyLogPath(file: string): string {
  return fixturePath(`${file.replace(/\.\w+$/, "")}.keylog`);
}

/** The key log beside a capture, or nothing where the keys are inside. */
async function keysOf(file: string): Promise<ReadOptions> {
  return existsSync(keyLogPath(file)) ? { keyLog: await readKeyLog(keyLogPath(file)) } : {};
}

/** In the words of the table. */
function told({ messages, events }: Handshake): string {
  const words: string[] = [];
  let side = "";
  const tell = (name: string, from: Side): void => {
    const sign = from === "client" ? ">" : "<";
    words.push(...(sign === side ? [] : [sign]), name);
    side = sign;
  };
  for (const message of messages) {
    const name =
      message.type === "alert" ? `alert ${message.description?.name}` : message.type.replace("hello_retry_request", "server_hello");
    if (name !== "change_cipher_spec" && name !== "alert close_notify") tell(name, message.from);
  }
  const close = events.find(({ kind, error }) => kind === "connection-close" && error?.id.startsWith("0x01"));
  if (close !== undefined) tell(`connection_close ${close.error?.id.replace("0x0", "0x")}`, close.from);
  return words.join(" ");
}

describe("what the keys beside a capture open", () => {
  it.each(keyed)("$file", async ({ file, handshakes, alpn, ech }) => {
    const capture = await readFixture(file, await keysOf(file));
    expect(capture.handshakes.map(told)).toEqual(handshakes);
    if (alpn !== undefined) expect(capture.handshakes.map(({ negotiated }) => negotiated.alpn)).toContain(alpn);
    if (ech !== undefined) expect(capture.handshakes.map((handshake) => handshake.ech?.answer)).toEqual([ech]);
    const malformed = capture.handshakes.flatMap(({ messages }) => messages.filter((message) => message.malformed !== undefined));
    expect(malformed).toEqual([]);
  });

  it("is judged for every key log", () => {
    const judged = new Set(keyed.map(({ file }) => file));
    const beside = fixtureNames().filter((name) => existsSync(keyLogPath(name)));
    expect(beside.filter((name) => !judged.has(name))).toEqual([]);
  });
});
