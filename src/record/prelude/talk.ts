/**
 * What two peers said to each other in plaintext: the octets of each side as one text, a character for
 * an octet, and for every place in it the packet that carried it.
 */
import { toText } from "../../bytes/text.ts";
import type { SideIndex } from "../../flow/pair.ts";

/** Who speaks. */
export type Party = "client" | "server";

/** Plaintext that one packet carried. */
export interface Said {
  readonly side: SideIndex;
  readonly octets: Uint8Array;
  /** Packet number, from 1. */
  readonly packet: number;
}

/** One line or protocol unit of a dialogue, in safe text. */
export interface Unit {
  readonly from: Party;
  /** The packet with which it was complete. */
  readonly packet: number;
  readonly text: string;
  /** Its place in the dialogue; units with the same place keep the order in which they were made. */
  readonly order: number;
}

/** Stands for something that no report may show. */
export const REDACTED = "[redacted]";

/** Characters of one unit. */
const UNIT_SIGNS = 240;

interface Piece {
  readonly end: number;
  readonly packet: number;
  readonly order: number;
}

/** A dialogue, or what remains of one after its beginning has been read. */
export class Talk {
  readonly client: string;
  readonly server: string;
  readonly #pieces: Readonly<Record<Party, readonly Piece[]>>;
  readonly #base: Readonly<Record<Party, number>>;

  private constructor(texts: Record<Party, string>, pieces: Readonly<Record<Party, readonly Piece[]>>, base: Record<Party, number>) {
    this.client = texts.client;
    this.server = texts.server;
    this.#pieces = pieces;
    this.#base = base;
  }

  /** The dialogue of a connection; `said` is in the order of arrival, `client` is the client's side. */
  static of(said: readonly Said[], client: SideIndex): Talk {
    const texts = { client: "", server: "" };
    const pieces: Record<Party, Piece[]> = { client: [], server: [] };
    for (const [order, { side, octets, packet }] of said.entries()) {
      const from = side === client ? "client" : "server";
      texts[from] += String.fromCharCode(...octets);
      pieces[from].push({ end: texts[from].length, packet, order });
    }
    return new Talk(texts, pieces, { client: 0, server: 0 });
  }

  /** What follows after `client` and `server` octets of the two sides. */
  after(client: number, server: number): Talk {
    const base = { client: this.#base.client + client, server: this.#base.server + server };
    return new Talk({ client: this.client.slice(client), server: this.server.slice(server) }, this.#pieces, base);
  }

  /** A unit of `from` that ends before the octet at `end`. */
  unit(from: Party, end: number, text: string): Unit {
    const pieces = this.#pieces[from];
    const at = this.#base[from] + Math.max(1, end);
    const piece = pieces.find((one) => one.end >= at) ?? pieces.at(-1);
    return { from, packet: piece?.packet ?? 0, order: piece?.order ?? 0, text: safe(text) };
  }
}

/** Octets of the wire, one character each, as safe text of bounded length. */
export function safe(text: string): string {
  const escaped = toText(Uint8Array.from(text.slice(0, UNIT_SIGNS * 2), (sign) => sign.charCodeAt(0) & 0xff));
  return escaped.length <= UNIT_SIGNS ? escaped : `${escaped.slice(0, UNIT_SIGNS).replace(/\\(x.?)?$/, "")}...`;
}

/** Units in the order in which they were said. */
export function inOrder(units: readonly Unit[]): Unit[] {
  return units.toSorted((a, b) => a.order - b.order);
}

/** A big-endian number of `octets` octets at `at`; NaN where they are not there. */
export function numberAt(text: string, at: number, octets: number): number {
  let value = 0;
  for (let index = at; index < at + octets; index++) value = value * 256 + text.charCodeAt(index);
  return value;
}

/** A little-endian number. */
export function littleAt(text: string, at: number, octets: number): number {
  let value = 0;
  for (let index = at + octets - 1; index >= at; index--) value = value * 256 + text.charCodeAt(index);
  return value;
}

/** Do the octets at `at` match a pattern like `16 03 00-04 .. ..`: each in hex, as a range, or any octet? */
export function hasOctets(text: string, pattern: string, at = 0): boolean {
  return pattern.split(" ").every((octet, index) => {
    const code = text.charCodeAt(at + index);
    if (octet === "..") return !Number.isNaN(code);
    const [low = "", high = low] = octet.split("-");
    return code >= Number.parseInt(low, 16) && code <= Number.parseInt(high, 16);
  });
}

/** The octets of a text as numbers. */
export function octetsIn(text: string): number[] {
  return Array.from(text, (sign) => sign.charCodeAt(0));
}

/** `3 octets`: shown in place of octets that mean nothing to a reader, or that nobody should see. */
export function octetCount(count: number): string {
  return `[${count} ${count === 1 ? "octet" : "octets"}]`;
}
