/**
 * The section of a difference in the report, by the first part of its path, so that a new kind of path
 * gets its own section instead of being lost.
 */
import type { Difference, ListDifference, ValueDifference } from "../diff/difference.ts";
import { capital, keyWords } from "./words.ts";

/** Differences under one heading. */
export interface Section {
  readonly title: string;
  readonly lists: readonly ListDifference[];
  readonly values: readonly ValueDifference[];
}

/** The differences in the order of the report. */
export interface Sections {
  /** How it ended and what was agreed: shown in the first table, from the handshakes. */
  readonly chosen: readonly ValueDifference[];
  readonly suites: readonly ListDifference[];
  readonly rest: readonly Section[];
}

const TITLES: readonly (readonly [key: string, title: string])[] = [
  ["clientHello", "Client hello"],
  ["helloVerifyRequest", "Hello verify request"],
  ["helloRetryRequest", "Hello retry request"],
  ["secondClientHello", "Second client hello"],
  ["serverHello", "Server hello"],
  ["encryptedExtensions", "Encrypted extensions"],
  ["serverKeyExchange", "Server key exchange"],
  ["certificateRequest", "Certificate request"],
  ["certificateChain", "Certificate chain"],
  ["certificates", "Certificates"],
  ["clientCertificates", "Client certificates"],
  ["certificateStatus", "Certificate status"],
  ["alerts", "Alerts"],
  ["messages", "Messages"],
  ["transport", "Transport"],
  ["noise", "Noise"],
];

/** First parts of paths that belong to how it ended and what was agreed. */
const CHOSEN: ReadonlySet<string> = new Set(["outcome", "failure", "negotiated", "protocol", "startTls", "via", "ech"]);

/** Sorts the differences into sections. */
export function sections(differences: readonly Difference[]): Sections {
  const chosen: ValueDifference[] = [];
  const suites: ListDifference[] = [];
  const rest = new Map<string, { lists: ListDifference[]; values: ValueDifference[] }>(
    TITLES.map(([key]) => [key, { lists: [], values: [] }]),
  );
  for (const difference of differences) {
    const key = sectionOf(difference);
    if (difference.kind === "value" && key === "chosen") chosen.push(difference);
    else if (difference.kind === "list" && difference.path === "clientHello.cipherSuites") suites.push(difference);
    else {
      let section = rest.get(key);
      if (section === undefined) rest.set(key, (section = { lists: [], values: [] }));
      if (difference.kind === "list") section.lists.push(difference);
      else section.values.push(difference);
    }
  }
  return {
    chosen,
    suites,
    rest: [...rest]
      .filter(([, { lists, values }]) => lists.length + values.length > 0)
      .map(([key, { lists, values }]) => ({ title: titleOf(key), lists, values })),
  };
}

/** A path in words, without the part that its section's heading says: `record_size_limit limit`, `1 subject`. */
export function pathWords(path: string): string {
  const parts = path.split(".").filter((part) => part !== "extensions" && part !== "data");
  const place = /\[(\d+)\]$/.exec(parts[0] ?? "")?.[1];
  const told = parts.length > 1 ? parts.slice(1) : parts;
  return [...(place === undefined ? [] : [String(Number(place) + 1)]), ...told.map(keyWords)].join(" ");
}

/** The name of a list, with its message unless that is the first hello: `supported_groups`, `Server hello: extensions`. */
export function listTitle(path: string): string {
  const parts = path.split(".");
  const message = parts[0] as string;
  if (parts.length === 1) return titleOf(message);
  const extension = parts[1] === "extensions" ? parts[2] : undefined;
  // An extension with a single list is named for short; deeper lists by their full path.
  const inside = extension === undefined ? parts.slice(1) : parts.length <= 4 ? [extension] : parts.slice(2);
  const words = inside.map(keyWords).join(" ");
  if (message !== "clientHello") return `${titleOf(message)}: ${words}`;
  return extension === undefined ? capital(words) : words;
}

function sectionOf(difference: Difference): string {
  if (difference.class === "noise") return "noise";
  const first = /^[^.[]+/.exec(difference.path)?.[0] ?? difference.path;
  return difference.class === "outcome" || CHOSEN.has(first) ? "chosen" : first;
}

function titleOf(key: string): string {
  const known = TITLES.find(([name]) => name === key)?.[1];
  if (known !== undefined) return known;
  return capital(keyWords(key));
}
