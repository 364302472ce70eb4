/** The two sides of a pair, and their names for the reader. */
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { Span } from "./document.ts";
import { fileText } from "./words.ts";

/** The handshakes of a pair with the names of their sides. */
export interface Sides {
  readonly left: Handshake;
  readonly right: Handshake;
  readonly leftName: string;
  readonly rightName: string;
}

/** The name of a side in its colour. */
export function sideSpan(sides: Sides, side: "left" | "right"): Span {
  return { text: side === "left" ? sides.leftName : sides.rightName, tone: side };
}

/** The shortest ends of the two file paths that differ: `go.pcap`, or `old/trace.pcap` and `new/trace.pcap`. */
export function labels(left: Capture, right: Capture): { left: string; right: string } {
  const one = fileText(left.file).split("/");
  const other = fileText(right.file).split("/");
  for (let parts = 1; parts <= Math.max(one.length, other.length); parts++) {
    const names = { left: one.slice(-parts).join("/"), right: other.slice(-parts).join("/") };
    if (names.left !== names.right) return names;
  }
  const name = one.at(-1) ?? left.file;
  return { left: name, right: name };
}
