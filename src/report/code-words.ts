/** Which words of a sentence are no English: names of the protocol, and what one types. A format with markup sets them as code. */
import { code, span } from "./document.ts";
import type { Span, Tone } from "./document.ts";

/** The protocol's and programs' own words, which have underscores, apart from ours. */
export function worded(text: string, tone?: Tone): Span[] {
  return parts(text).map(([part, isCode]) => (isCode ? code(part, tone) : span(part, tone)));
}

/** The same of what somebody is to type, where options, settings and parts of libraries stand as well; those beside each other are one. */
export function typedWords(text: string): Span[] {
  const found: Part[] = [];
  for (const [part, isCode] of parts(text).flatMap((each) => (each[1] ? [each] : words(each[0])))) {
    const [before, last] = [found.at(-2), found.at(-1)];
    if (isCode && last?.[0] === " " && before?.[1] === true) found.splice(-2, 2, [`${before[0]} ${part}`, true]);
    else found.push([part, isCode]);
  }
  return neighbours(found).map(([part, isCode]) => (isCode ? code(part) : span(part)));
}

type Part = readonly [text: string, isCode: boolean];

function parts(text: string): Part[] {
  return text
    .split(/((?:[%-]{1,2}(?=\w))?(?:[\w-]+\.){0,4}\w*_\w+(?:\([^()]*\)|=[^\s,;()]+|(?::\w+)+)?)/)
    .map((part, index): Part => [part, index % 2 === 1])
    .filter(([part]) => part !== "");
}

/** Words and the blanks between them; a bracket around a word, and what ends a sentence, are none of it. */
function words(text: string): Part[] {
  return text
    .split(/( )/)
    .flatMap((word): Part[] => {
      const [, open = "", body = "", end = ""] = /^(\(*)(.*?)([,;.:]*\)*[,;.:]*)$/s.exec(word) ?? [];
      // The bracket of a call is its own.
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

function neighbours(found: readonly Part[]): Part[] {
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
