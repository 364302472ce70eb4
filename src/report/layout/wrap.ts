/**
 * Wraps text spans into lines of a width. Lines break at blanks; a word that is longer than the line breaks
 * after a joint (`_`, `-`, `,` …) or, without one, anywhere. Documents contain only ASCII and a few
 * characters that are one column wide, so characters can be counted.
 */
import { SIGNS, TIE } from "../document.ts";
import type { Span, Text } from "../document.ts";

const IN_ASCII: ReadonlyMap<string, string> = new Map(Object.values(SIGNS));

const JOINTS = new Set("_-,/.:;=+@");

/** Characters that the text needs on one line. */
export function measure(text: Text): number {
  let cells = 0;
  for (const part of text) cells += part.text.length;
  return cells;
}

/** Words longer than the longest name of a cipher suite (digests, raw fingerprints) do not count as words: they break anywhere. */
const LONGEST_NAME = 48;

/** Characters of its longest word: in a narrower column, words break. */
export function longestWord(text: Text): number {
  let longest = 0;
  for (const { length } of text
    .map((part) => part.text)
    .join("")
    .split(" ")) {
    longest = Math.max(longest, length > LONGEST_NAME ? LONGEST_NAME / 3 : length);
  }
  return longest;
}

/** The text in lines of at most `width` characters; at least one line. */
export function wrap(text: Text, width: number): Text[] {
  if (measure(text) <= width) return [text];
  const whole = text.map((part) => part.text).join("");
  const lines: Text[] = [];
  let at = 0;
  while (at < whole.length) {
    let end = at + width;
    if (end >= whole.length) end = whole.length;
    else {
      const blank = whole.lastIndexOf(" ", end);
      end = blank > at ? blank : jointBefore(whole, at, end);
    }
    let last = end;
    while (last > at && whole[last - 1] === " ") last--;
    if (last > at || lines.length === 0) lines.push(slice(text, at, last));
    at = end;
    while (whole[at] === " ") at++;
  }
  return lines;
}

/** The text with its special characters in ASCII, if asked for. */
export function spell(text: Text, ascii: boolean): Text {
  return ascii ? text.map((part) => ({ ...part, text: asciiText(part.text) })) : text;
}

/** Replaces every special character of a document with ASCII. */
export function asciiText(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (shown) => IN_ASCII.get(shown) ?? (shown === TIE ? TIE : "?"));
}

function jointBefore(whole: string, at: number, end: number): number {
  for (let near = end; near > at + (end - at) / 2; near--) if (JOINTS.has(whole[near - 1] as string)) return near;
  return end;
}

function slice(text: Text, start: number, end: number): Span[] {
  const parts: Span[] = [];
  let offset = 0;
  for (const part of text) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, part.text.length);
    if (from < to) parts.push({ ...part, text: part.text.slice(from, to) });
    offset += part.text.length;
  }
  return parts;
}
