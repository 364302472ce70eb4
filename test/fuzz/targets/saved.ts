/** Saved reports, lines, snapshots and configurations with anything in any of their places: refused in a sentence, or read and drawn. */
import { checkHandshake, checkBaseline } from "../../../src/expectation/check.ts";
import type { Configuration } from "../../../src/expectation/expectation.ts";
import { CaptureError } from "../../../src/fault/errors.ts";
import { compareWithReference } from "../../../src/diff/compare.ts";
import { snapshotHandshakes } from "../../../src/diff/snapshot.ts";
import type { Capture } from "../../../src/handshake/handshake.ts";
import { checkSchema } from "../../../src/node/schema-check.ts";
import { FORMATS } from "../../../src/report/formats/index.ts";
import { printable } from "../../../src/report/printable.ts";
import { readSaved } from "../../../src/report/saved.ts";
import type { Report } from "../../../src/report/report.ts";
import { snapshotText } from "../../../src/report/snapshot.ts";
import { goCapture, opensslCapture } from "../../support/stories.ts";
import { demand, type Target } from "../contract.ts";
import { Input } from "../input.ts";
import { isPrintable } from "../material.ts";
import { demandRenders, reportsOf } from "./report.ts";

const SAVED = [...FORMATS.json.render({ kind: "list", captures: [goCapture, opensslCapture] })].join("");
const LINE = [...FORMATS.ndjson.render({ kind: "list", captures: [opensslCapture] })].join("");
const SNAPSHOT = snapshotText(snapshotHandshakes([...goCapture.handshakes, ...opensslCapture.handshakes]));
const OFFERS = { cipherSuites: ["0x1301", "TLS_AES_128_GCM_SHA256"], alpn: ["h2"], groups: ["x25519"], versions: ["TLS 1.3"] };
const CONFIG = JSON.stringify({
  failOn: ["outcome"],
  captures: [
    {
      capture: "a",
      outcome: "failed",
      mustOffer: OFFERS,
      mustNotOffer: OFFERS,
      exactly: OFFERS,
      anyOrder: OFFERS,
      fingerprint: { ja4: "t" },
      highestVersion: "TLS 1.3",
    },
  ],
});
const TEXTS = [SAVED, LINE, SNAPSHOT, CONFIG];

/** What is put in some place, besides texts of the input itself. */
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "",
  "\u001b[31m",
  "\u202e",
  "__proto__",
  "constructor",
  "0x1301",
  "1970-01-01T00:00:00Z",
  [],
  {},
  [[]],
  [null],
  { id: "0x0a0a", name: null },
  { "\u001b[2J": 1 },
  JSON.parse('{"__proto__": {"a": 1}}'),
  nested(60),
];

export const saved: Target = {
  name: "saved",
  longest: 200,
  bound: () => 20_000_000,
  seeds: () =>
    [0, 1, 2, 3].flatMap((text) => [
      Uint8Array.from([text]),
      Uint8Array.from([text, 3, 9, 1, 0, 40, 5, 2]),
      Uint8Array.from([text, 3, 1, 9, 0, 7, 5, 1]),
    ]),
  run(octets) {
    const input = new Input(octets);
    const kind = input.u8() % (TEXTS.length + 1);
    // The last kind is any text.
    const text = kind === TEXTS.length ? new TextDecoder().decode(input.rest()) : changed(TEXTS[kind] as string, input);
    if (TEXTS[kind] === CONFIG) readConfig(text);
    else readReport(text, input.octets.length + (input.octets.at(-1) ?? 0));
  },
};

function readReport(text: string, choice: number): void {
  let captures: Capture[];
  try {
    captures = readSaved(text, "saved.json", checkSchema);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    demand(isPrintable(error.message) && error.message.length < 4_000, "an error is not printable");
    return;
  }
  demand(isPrintable(JSON.stringify(captures)), "what was read is not printable");
  const [left, right = goCapture] = captures;
  if (left === undefined) return;
  const reports = [...reportsOf(left, right), ...reportsOf(right, left)];
  demandRenders((reports[choice % reports.length] as () => Report)(), choice);
  compareWithReference(left, opensslCapture);
  checkBaseline(goCapture, left);
  snapshotText(snapshotHandshakes(left.handshakes));
}

function readConfig(text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  if (checkSchema("config", value) !== null) return;
  for (const expected of (value as Configuration).captures) {
    const items = goCapture.handshakes.flatMap((handshake) => checkHandshake(handshake, expected));
    demandRenders(printable({ kind: "check", captures: [{ capture: expected.capture, items }], config: "tls-diff.config.json" } as const));
  }
}

/** The JSON text with some of its members replaced, doubled, or gone. */
function changed(json: string, input: Input): string {
  let root: unknown = JSON.parse(json);
  for (let change = input.u8() % 5; change > 0; change--) root = changedAt(root, input);
  const text = JSON.stringify(root) ?? "";
  return input.rarely(32) ? text.slice(0, input.u16() % (text.length + 1)) : text;
}

function changedAt(node: unknown, input: Input, depth = 0): unknown {
  const isInner = typeof node === "object" && node !== null && Object.keys(node).length > 0;
  if (!isInner || depth > 12) return input.rarely(8) ? input.pick(VALUES) : another(node, input);
  const keys = Object.keys(node);
  const key = keys[input.u8() % keys.length] as string;
  const member = (node as Record<string, unknown>)[key];
  const what = input.u8() % 24;
  if (Array.isArray(node)) {
    if (what === 0) return node.toSpliced(Number(key), 1);
    if (what === 1) return [...node, ...Array.from({ length: input.u8() % 32 }, () => member)];
    if (what === 2) return node.toReversed();
    return node.with(Number(key), changedAt(member, input, depth + 1));
  }
  const others = Object.entries(node).filter(([name]) => name !== key);
  if (what === 0) return Object.fromEntries(others);
  if (what === 1) return Object.fromEntries([...others, [textOf(input), member]]);
  if (what === 2) return Object.fromEntries([...others, [key, input.pick(VALUES)]]);
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, name === key ? changedAt(each, input, depth + 1) : each]));
}

/** Words that stand in reports. */
const WORDS = [
  "0x1301",
  "0x002b",
  "0x0a0a",
  "client",
  "server",
  "alert",
  "failed",
  "established",
  "reset",
  "h2",
  "*",
  "1970-01-01T00:00:00Z",
];

/** Something else of the same kind, which the schema lets through where it asks for no more than that. */
function another(value: unknown, input: Input): unknown {
  switch (typeof value) {
    case "string":
      return input.rarely(2) ? textOf(input) : input.pick(WORDS);
    case "number":
      return input.pick([0, 1, 2, 255, 65_535, 2 ** 31, 2 ** 53 - 1]);
    case "boolean":
      return !value;
    default:
      return input.pick(VALUES);
  }
}

function textOf(input: Input): string {
  return new TextDecoder().decode(input.take(input.u8() % 32));
}

function nested(levels: number): unknown {
  return levels === 0 ? "deep" : { value: [nested(levels - 1)] };
}
