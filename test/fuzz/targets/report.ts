/** Captures to every report in every format, diagnosed and compared: nothing throws, JSON fits its schema, no sign is foreign. */
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { compare, compareWithin } from "../../../src/diff/compare.ts";
import { snapshotHandshakes } from "../../../src/diff/snapshot.ts";
import { diagnoseHandshake, withDiagnosis } from "../../../src/diagnosis/diagnose.ts";
import type { Capture } from "../../../src/handshake/handshake.ts";
import { terminal } from "../../../src/cli/terminal.ts";
import type { ExplainedCapture } from "../../../src/report/compose-explain.ts";
import type { Format } from "../../../src/report/formats/contract.ts";
import { FORMATS } from "../../../src/report/formats/index.ts";
import type { Report } from "../../../src/report/report.ts";
import { demand, type Target } from "../contract.ts";
import { captureFrom } from "../grammar.ts";
import { Input } from "../input.ts";
import { captures } from "../material.ts";
import { readFile } from "./pipeline.ts";
import { demandNoForeignSign } from "./text.ts";

const schema = createRequire(import.meta.url)("tls-diff/schema/tls-diff.v1.json") as object;
const ajv = new Ajv2020({ validateFormats: false, strict: false });
const isDocument = ajv.compile(schema);
const TERMINAL = terminal({ width: 80, color: false, ascii: false });

export const report: Target = {
  name: "report",
  longest: 8_000,
  bound: (length) => 3_000 * length + 5_000_000,
  seeds: () => {
    const files = captures(3_500, 8);
    return [
      ...files.map((file, index) => pair(index, file, files[(index + 1) % files.length] as Uint8Array)),
      ...Array.from({ length: 30 }, (_, index) => pair(0x80 + index, made(index, 400), made(index + 7, 400))),
    ];
  },
  run(octets) {
    const input = new Input(octets);
    const [what, how] = [input.u8(), input.u8()];
    const [one, other] = [input.take(input.u16()), input.rest()];
    const file = (part: Uint8Array): Uint8Array => ((what & 0x80) === 0 ? part : captureFrom(new Input(part)));
    const [left, right] = [captureOf("left.pcap", file(one)), captureOf("right.pcap", file(other))];
    const reports = reportsOf(left, right);
    demandRenders((reports[what % reports.length] as () => Report)(), how);
    snapshotHandshakes(left.handshakes);
  },
};

/** Every report that two captures make; none is made before it is asked for, as each execution draws but one. */
export function reportsOf(left: Capture, right: Capture): (() => Report)[] {
  const options = { all: true };
  const first = left.handshakes[0];
  return [
    () => ({ kind: "list", captures: [left, right], all: true }),
    () => ({ kind: "explain", captures: [explained(left), explained(right)], all: true }),
    () => ({ kind: "diff", comparison: withDiagnosis(compare(left, right, options), left, right, options), left, right, all: true }),
    () => ({ kind: "diff", comparison: withDiagnosis(compareWithin(left), left, left), left, right: left }),
    ...(first === undefined ? [] : [(): Report => ({ kind: "show", capture: left, handshake: first })]),
  ];
}

function explained(capture: Capture): Capture & ExplainedCapture {
  const handshakes = capture.handshakes.map((each) => Object.assign({}, each, { diagnosis: diagnoseHandshake(each, { all: true }) }));
  return { ...capture, handshakes };
}

const ALL: readonly Format[] = [...Object.values(FORMATS), TERMINAL];

/** Each format draws it, or the one of this number. */
export function demandRenders(given: Report, one?: number): void {
  for (const format of one === undefined ? ALL : [ALL[one % ALL.length] as Format]) {
    const rendered = [...format.render(given)].join("");
    demandNoForeignSign(rendered, `${given.kind} as ${format.name}`);
    if (format.name === "json" && isPromised(given)) {
      demand(isDocument(JSON.parse(rendered)), `${given.kind} does not fit the schema: ${ajv.errorsText(isDocument.errors)}`);
    }
  }
}

/** The schema tells what becomes of captures; a snapshot leaves out what they must have. */
function isPromised(given: Report): boolean {
  if (given.kind === "list" || given.kind === "explain") return !given.captures.some(isSnapshot);
  return given.kind === "show" ? !isSnapshot(given.capture) : given.kind === "diff" || given.kind === "check";
}

function isSnapshot(one: Capture): boolean {
  return one.format === "snapshot";
}

function captureOf(file: string, octets: Uint8Array): Capture {
  const { handshakes, summary } = readFile([octets]);
  if (summary === null) return { file, notes: [], handshakes: [] };
  return { file, ...summary, handshakes: [...handshakes] };
}

/** Octets of which the grammar makes a capture over TCP. */
function made(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) =>
    index === 0 ? number & 0xfd : (Math.imul(index + 1, 2_654_435_761 + 2 * number) >>> 19) & 0xff,
  );
}

function pair(choice: number, left: Uint8Array, right: Uint8Array): Uint8Array {
  return Uint8Array.from([choice, choice * 7, left.length >> 8, left.length & 0xff, ...left, ...right]);
}
