/** What the tests of redaction share: an analysis of octets, and which fixtures can be redacted. */
import type { Capture } from "../../src/handshake/handshake.ts";
import { readCaptures } from "../../src/node.ts";
import { readFixture } from "./fixtures.ts";

/** The capture in these octets, without key logs. */
export async function analyse(octets: Uint8Array): Promise<Capture> {
  const [capture] = await readCaptures("-", { stdin: once(octets) });
  if (capture === undefined) throw new Error("nothing was read");
  return capture;
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(octets);
}

/** Fixtures of QUIC, by where they lie. */
export function hasQuic(name: string): boolean {
  return name.includes("/quic/");
}

/** Has the fixture a handshake over TCP, or DTLS? */
export async function redactable(name: string): Promise<boolean> {
  if (hasQuic(name)) return false;
  const { handshakes } = await readFixture(name, { certificates: false });
  return (
    handshakes.some(({ messages, outcome }) => messages.length > 0 || outcome === "failed") &&
    !handshakes.some(({ protocol }) => protocol === "quic")
  );
}
