/** `tls-diff check`: checks captures against the expectations in `tls-diff.config.json`; `--update` rewrites the baselines. */
import { dirname, isAbsolute, join } from "node:path";
import type {
  Capture,
  CheckedCapture,
  CheckedItem,
  Configuration,
  DifferenceClass,
  ExpectedCapture,
  Handshake,
  Selection,
} from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { failOnOf, GATE } from "../options.ts";
import type { Typed } from "../options.ts";
import { printable } from "../../report/printable.ts";
import { checkOutput, printReport } from "../output.ts";
import { partOf, readInputs, refusePart, selected } from "../reading.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

const CONFIG = "tls-diff.config.json";

export const check: Command = {
  words: ["check [config]"],
  about: "check captures against the expectations in a configuration",
  positionals: { config: `the configuration; ${CONFIG} by default` },
  options: { ...GATE, update: { type: "boolean", describe: "rewrite the baselines from the captures" } },
  examples: [
    ["$0 check", "did an update change what the client sends?"],
    ["$0 check --update", "it did, and that is intended"],
    ["$0 check --report junit=out.xml", "for a CI system"],
  ],
  epilogue: `A ${CONFIG} lists captures and what is expected of each:
  { "captures": [{ "capture": "client.pcap", "outcome": "established",
                   "baseline": "client.tls.json" }] }
tls-diff check --update writes the baseline. README.md describes every key.`,
  async execute(typed, io) {
    const path = (typed["config"] as string | undefined) ?? CONFIG;
    checkOutput(typed, [path], io);
    const failOn = failOnOf(typed);
    const configuration = await io.readConfig(path);
    await refuseUnknownNames(configuration, path);
    const captures = configuration.captures.map((expected) => fromHere(expected, dirname(path)));
    checkOutput(typed, [path, ...captures.flatMap(filesOf)], io);
    const checked: CheckedCapture[] = [];
    for (const expected of captures) {
      const options = { failOn: failOn ?? expected.failOn ?? configuration.failOn, update: typed["update"] === true };
      checked.push(await checkCapture(expected, options, typed, io));
      refusePart(io);
    }
    // The report contains texts of the configuration, which may come from anybody.
    await printReport(printable({ kind: "check", captures: checked, config: path } as const), typed, io);
    for (const { capture } of checked.filter(({ error, items }) => error === undefined && items.length === 0))
      await io.err.write(`tls-diff: ${capture} has no expectations; add an outcome, a baseline or mustOffer to it in ${path}.\n`);
    return statusOf(checked, typed["exit-zero"] === true);
  },
};

/** Throws `UsageError` for a name that must not be offered, but does not exist: that would always hold. */
async function refuseUnknownNames(configuration: Configuration, path: string): Promise<void> {
  const { unknownName } = await import("../../expectation/unknown-names.ts");
  const unknown = unknownName(configuration);
  if (unknown === null) return;
  const { place, name } = unknown;
  throw new UsageError(`${path}: ${place}: unknown name "${name}"; use IANA's or OpenSSL's names, or numbers such as 0x1301`);
}

/** The same with paths relative to the current directory instead of the configuration's folder `base`, because annotations in CI need them so. */
function fromHere(expected: ExpectedCapture, base: string): ExpectedCapture {
  const { capture, keylog, baseline } = expected;
  return {
    ...expected,
    capture: within(base, capture),
    ...(keylog === undefined ? {} : { keylog: within(base, keylog) }),
    ...(baseline === undefined ? {} : { baseline: within(base, baseline) }),
  };
}

/** Every file that it names. */
function filesOf({ capture, baseline, keylog }: ExpectedCapture): string[] {
  return [capture, baseline, keylog].filter((name) => name !== undefined);
}

interface Options {
  readonly failOn: readonly DifferenceClass[] | undefined;
  readonly update: boolean;
}

/** Why a capture cannot be checked. */
class Uncheckable extends Error {
  readonly code: "unreadable" | "no-handshake";
  constructor(code: Uncheckable["code"], message: string) {
    super(message);
    this.code = code;
  }
}

async function checkCapture(expected: ExpectedCapture, options: Options, typed: Typed, io: Io): Promise<CheckedCapture> {
  const { baseline: baselineName } = expected;
  const names = { capture: shown(expected.capture), ...(baselineName === undefined ? {} : { baseline: shown(baselineName) }) };
  try {
    const capture = await readExpected(expected, typed, io);
    const { checkHandshake } = await import("../../expectation/check.ts");
    const items = capture.handshakes.flatMap((handshake) => checkHandshake(handshake, expected));
    if (expected.baseline === undefined) return { ...names, items };
    const baseline = await holdBaseline(capture, expected.baseline, options, typed, io);
    return { ...names, items: [...baseline.items, ...items], ...(baseline.updated ? { updated: true } : {}) };
  } catch (error) {
    if (!(error instanceof Uncheckable)) throw error;
    return { ...names, error: { code: error.code, message: shown(error.message) }, items: [] };
  }
}

async function readExpected(expected: ExpectedCapture, typed: Typed, io: Io): Promise<Capture> {
  const keylog = expected.keylog === undefined ? {} : { keylog: [expected.keylog] };
  const capture = await readSingle(expected.capture, "it", { ...typed, ...keylog }, io);
  const { sni, server, stream } = expected;
  const selection: Selection = { ...(sni === undefined ? {} : { sni }), ...(server === undefined ? {} : { server }), ...streamOf(stream) };
  const handshakes = (await selected(capture.handshakes, selection)).filter((handshake) => isAttempt(handshake, expected));
  if (handshakes.length > 0) return { ...capture, handshakes };
  throw new Uncheckable("no-handshake", "it has no handshake that matches");
}

/** Is it an attempt without a hello? Those only count if nothing but their outcome is expected. */
function isAttempt({ messages }: Handshake, { outcome }: ExpectedCapture): boolean {
  return messages.length > 0 || outcome !== undefined;
}

async function holdBaseline(
  capture: Capture,
  path: string,
  { failOn, update }: Options,
  typed: Typed,
  io: Io,
): Promise<{ items: CheckedItem[]; updated: boolean }> {
  const [{ checkBaseline }, { snapshotHandshakes }] = await Promise.all([
    import("../../expectation/check.ts"),
    import("../../diff/snapshot.ts"),
  ]);
  const [found] = await io.readCaptures(path, {});
  const isMissing = found?.error?.code === "missing-file";
  if (update) {
    const { snapshotText } = await import("../../report/snapshot.ts");
    const isSame = found !== undefined && found.error === undefined && checkBaseline(capture, found, ALL).every(({ passed }) => passed);
    if (!isSame) await uncheckable(io.writeFile(path, [snapshotText(snapshotHandshakes(capture.handshakes))]));
    return { items: [{ expectation: "baseline", passed: true, message: "the baseline is that of the capture" }], updated: !isSame };
  }
  if (isMissing) throw new Uncheckable("unreadable", `its baseline ${path} does not exist; tls-diff check --update writes it`);
  return { items: checkBaseline(capture, await readSingle(path, `its baseline ${path}`, typed, io), failOn), updated: false };
}

const ALL: readonly DifferenceClass[] = ["outcome", "semantic", "order", "certificate", "transport", "noise"];

/** The only capture in a file; `name` is the file's name in error messages. */
async function readSingle(path: string, name: string, typed: Typed, io: Io): Promise<Capture> {
  const [[capture, ...others] = []] = await uncheckable(readInputs([path], typed, { certificates: true }, io));
  refusePart(io);
  if (capture === undefined || others.length > 0) throw new Uncheckable("unreadable", `${name} does not hold exactly one capture`);
  if (capture.error !== undefined) throw new Uncheckable("unreadable", `${name} ${capture.error.message}`);
  const part = partOf(capture);
  if (part !== undefined) throw new Uncheckable("unreadable", part);
  return capture;
}

/** Turns errors about one capture's files into its own error, so that the others are still checked. */
async function uncheckable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UsageError) throw new Uncheckable("unreadable", error.message);
    throw error;
  }
}

function streamOf(stream: number | undefined): Selection {
  return stream === undefined ? {} : { stream };
}

function within(base: string, path: string): string {
  return isAbsolute(path) ? path : join(base, path);
}

/** Unreadable files take precedence, then expectations that were not met. */
function statusOf(checked: readonly CheckedCapture[], exitZero: boolean): ExitStatus {
  if (checked.some(({ error }) => error?.code === "unreadable")) return EXIT.unusable;
  if (checked.some(({ items }) => items.some(({ passed }) => !passed))) return exitZero ? EXIT.same : EXIT.different;
  return checked.some(({ error }) => error !== undefined) ? EXIT.inconclusive : EXIT.same;
}
