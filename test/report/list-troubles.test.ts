import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { ListTroubles } from "../../src/report/list-troubles.ts";
import { goCapture } from "../support/stories.ts";

const [WHOLE] = goCapture.handshakes as readonly [Handshake];
const note = (message: string): Partial<Handshake> => ({ notes: [{ code: "left-out", count: 1, message }] });

function sentences(handshakes: readonly Partial<Handshake>[], codes: readonly string[] = []): string[] {
  const troubles = new ListTroubles();
  for (const handshake of handshakes) troubles.see({ ...WHOLE, ...handshake });
  return troubles.sentences(codes.map((code) => ({ code, count: 1, message: "told by the capture" })));
}

describe("what a list says of its connections", () => {
  it("is nothing where nothing is damaged", () => expect(sentences([{}, {}])).toEqual([]));

  it("is a sentence for each kind, of the handshake with the lowest number, whichever ended first", () => {
    expect(
      sentences([
        { id: 7, ...note("seven") },
        { id: 3, ...note("three") },
        { id: 5, ...note("five") },
      ]),
    ).toEqual(["handshake 3: three; similarly in 2 more"]);
    expect(sentences([{ id: 7, ...note("seven") }])).toEqual(["handshake 7: seven"]);
  });

  it("is not what the capture itself has a note of", () => expect(sentences([note("left out")], ["left-out"])).toEqual([]));

  it("names the first damaged message or extension", () => {
    const [hello, ...others] = WHOLE.messages as [Handshake["messages"][0]];
    const cut = { ...hello, malformed: "the capture holds 21 of its 313 octets" };
    expect(sentences([{ messages: [cut, ...others, cut] }])).toEqual([
      `handshake ${WHOLE.id}: client_hello could not be read completely: the capture holds 21 of its 313 octets`,
    ]);
    const extension = { id: "0x0000", name: "server_name", length: 3 };
    const malformed = { ...hello, extensions: [extension, { ...extension, malformed: "truncated" }] } as typeof hello;
    expect(sentences([{ messages: [malformed] }])).toEqual([
      `handshake ${WHOLE.id}: extension server_name of client_hello not read: truncated`,
    ]);
    const twice = { ...hello, extensions: [extension, { ...extension, name: null, duplicate: true }] } as typeof hello;
    expect(sentences([{ messages: [twice] }])).toEqual([`handshake ${WHOLE.id}: extension 0x0000 occurs in client_hello more than once`]);
  });
});
