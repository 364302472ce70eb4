/** Finds the words in a sentence that are not English: protocol names, and what a user has to type. Formats with markup set them as code. */
import { code, span } from "./document.ts";
import type { Span, Tone } from "./document.ts";

/** Separates the names of protocols and programs, recognised by their underscores, from the other words. */
export function worded(text: string, tone?: Tone): Span[] {
  return parts(text).map(([part, isCode]) => (isCode ? code(part, tone) : span(part, tone)));
}

/** The same for advice, which also contains options, settings and parts of libraries; adjacent ones become one span. */
export function typedWords(text: string): Span[] {
  const found: Part[] = [];
  for (const [part, isCode] of parts(text).flatMap((each) => (each[1] ? [each] : words(each[0])))) {
    const [before, last] = [found.at(-2), found.at(-1)];
    if (isCode && last?.[0] === " " && before?.[1] === true) found.splice(-2, 2, [`${before[0]} ${part}`, true]);
    else found.push([part, isCode]);
  }
  return joined(found).map(([part, isCode]) => (isCode ? code(part) : span(part)));
}

type Part = readonly [text: string, isCode: boolean];

function parts(text: string): Part[] {
  return text
    .split(/((?:[%-]{1,2}(?=\w))?(?:[\w-]+\.){0,4}\w*_\w+(?:\([^()]*\)|=[^\s,;()]+|(?::\w+)+)?)/)
    .map((part, index): Part => [part, index % 2 === 1])
    .filter(([part]) => part !== "");
}

/** Splits a text into words and the spaces between them; brackets around a word and punctuation after it are separate. */
function words(text: string): Part[] {
  return text
    .split(/( )/)
    .flatMap((word): Part[] => {
      const [, open = "", body = "", end = ""] = /^(\(*)(.*?)([,;.:]*\)*[,;.:]*)$/s.exec(word) ?? [];
      // The closing bracket of a call belongs to it.
      const own = body.includes("(") ? (/^\)+/.exec(end)?.[0] ?? "") : "";
      const name = body + own;
      return [
        [open, false],
        [name, TYPED.some((pattern) => pattern.test(name))],
        [end.slice(own.length), false],
      ];
    })
    .filter(([part]) => part !== "");
}

/** Joins adjacent parts of the same kind. */
function joined(found: readonly Part[]): Part[] {
  const whole: Part[] = [];
  for (const [part, isCode] of found) {
    const last = whole.at(-1);
    if (last?.[1] === isCode) whole.splice(-1, 1, [last[0] + part, isCode]);
    else whole.push([part, isCode]);
  }
  return whole;
}

/** What is typed: options, settings with a value, lists of suites or groups, parts of a library, versions in a configuration, Apache's directives, files. */
const TYPED: readonly RegExp[] = [
  /^[-+]{1,2}[A-Za-z]/,
  /^[\w.-]+=\S/,
  /\w[+:@!]+[\w%-]/,
  /^[A-Za-z]\w*(?:\.\w+)*\.[A-Z]\w*$/,
  /^[A-Za-z][\w.]*\(\S*\)$/,
  /^[a-z]\w*(?:\.\w+){2,}$/,
  /^TLSv1/,
  /^SSL[A-Z][a-z]\w+$/,
  /^ssl-[a-z-]+$/,
  /^[\w-]+\.(?:pem|cnf|crt|key)$/,
];
