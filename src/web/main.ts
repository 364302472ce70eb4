/** The viewer: two captures from the reader's own disk, the same report as the command line's, and no network at all. */
import { compare, compareWithin, diagnoseHandshake, KeyLog, withDiagnosis } from "../index.ts";
import type { Capture } from "../index.ts";
import { html } from "../report/formats/html.ts";
import { enliven } from "../report/html/enliven.ts";
import { reportParts } from "../report/html/report-parts.ts";
import type { DiffReport, ExplainReport } from "../report/report.ts";
import { readFile, readKeyLog } from "./read-file.ts";
import { type Schema, schemaFault } from "./schema-check.ts";
import type { SchemaCheck } from "../report/saved.ts";

type Side = "left" | "right";

const files: Partial<Record<Side, File>> = {};
let keyLog = new KeyLog();
let forget = enliven(document, document.body);
let running = new AbortController();

for (const side of ["left", "right"] as const) {
  const input = element(side) as HTMLInputElement;
  input.addEventListener("change", () => void take([...(input.files ?? [])], side));
}
element("demo").addEventListener("click", () => void demo());
element("within").addEventListener("click", () => void show([files.left ?? files.right].filter((file) => file !== undefined)));
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    element("drop").classList.add("over");
  });
}
document.addEventListener("dragleave", () => element("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  element("drop").classList.remove("over");
  const slot = event.target instanceof Element ? event.target.closest(".slot")?.querySelector("input")?.id : undefined;
  const dropped = [...(event.dataTransfer?.files ?? [])];
  void take(dropped, dropped.length === 1 && (slot === "left" || slot === "right") ? slot : undefined);
});

/** Assigns files to sides: the given one, the free one, or, if two came, both. */
async function take(given: readonly File[], side?: Side): Promise<void> {
  const captures: File[] = [];
  for (const file of given) if (!(await readKeyLog(file, keyLog))) captures.push(file);
  if (captures.length > 2) {
    say(`${captures.length} captures were given; a comparison takes two.`, true);
    return;
  }
  if (captures.length === 2) Object.assign(files, { left: captures[0], right: captures[1] });
  else if (captures[0] !== undefined) files[side ?? (files.left === undefined ? "left" : "right")] = captures[0];
  for (const each of ["left", "right"] as const)
    element(`${each}-name`).textContent = files[each]?.name ?? "Choose a file, or drop it here";
  const both = files.left !== undefined && files.right !== undefined;
  const isOne = !both && (files.left ?? files.right) !== undefined;
  element("within").hidden = !isOne;
  element("demo").classList.toggle("main", !isOne);
  if (both) await show([files.left as File, files.right as File]);
  else if (captures.length === 0 && given.length > 0) say(`The key log has ${keyLog.lines} secrets. Now the captures.`);
  else say("Now drop the other capture, or use this one alone: what failed in it is compared with what worked, or explained.");
}

async function demo(): Promise<void> {
  keyLog = new KeyLog();
  const [left, right] = [...document.querySelectorAll<HTMLTemplateElement>("template.demo")].map((template) => {
    const octets = Uint8Array.from(atob(template.innerHTML), (sign) => sign.charCodeAt(0));
    return new File([octets], template.dataset["name"] ?? "capture");
  });
  if (left !== undefined && right !== undefined) await take([left, right]);
}

/** Reads one or two captures and shows what differs. A reading in progress is cancelled. */
async function show(chosen: readonly File[]): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const progress = element("progress") as HTMLProgressElement;
  progress.hidden = false;
  say("Reading …");
  try {
    const captures: Capture[] = [];
    for (const [index, file] of chosen.entries()) {
      const onProgress = (share: number): void => {
        if (!signal.aborted) progress.value = (index + share) / chosen.length;
      };
      captures.push(...(await readFile(file, { keyLog, check, onProgress, signal })));
    }
    if (signal.aborted) return;
    if (captures.length <= 2) draw(captures);
    else say(`${captures.length} captures are in these files; a comparison takes two.`, true);
  } catch (error) {
    if (!signal.aborted) say(`This is a bug in tls-diff: ${error instanceof Error ? error.message : String(error)}`, true);
  } finally {
    if (!signal.aborted) progress.hidden = true;
  }
}

/** Validates saved reports against the schemas embedded in the page. */
const check: SchemaCheck = (definition, value) => {
  const name = definition === "snapshot" ? "snapshot" : "tls-diff";
  const text = document.querySelector<HTMLTemplateElement>(`template.schema[data-name="${name}"]`)?.content.textContent ?? "{}";
  return schemaFault(JSON.parse(text) as Schema, definition === "snapshot" ? null : definition, value);
};

function draw(captures: readonly Capture[]): void {
  const broken = captures.find(({ error, handshakes }) => error !== undefined && handshakes.length === 0);
  if (broken?.error !== undefined) {
    say(`${broken.file} ${broken.error.message}.`, true);
    return;
  }
  const report = reportOf(captures);
  const parts = reportParts(report);
  forget();
  // Everything was escaped where it was made, and the policy allows no other script to run.
  element("report").innerHTML = [...parts.main].join("");
  element("controls").innerHTML = parts.controls.html;
  tellNotes(captures);
  document.title = parts.title;
  const save = document.createElement("button");
  save.type = "button";
  save.id = "save";
  save.textContent = "Save";
  save.addEventListener("click", () => saveReport(report));
  element("controls").append(save);
  forget = enliven(document, document.body);
  say("");
  element("report").scrollIntoView();
}

/** The comparison; for a single capture in which nothing can be compared, why its handshakes failed. */
function reportOf(captures: readonly Capture[]): DiffReport | ExplainReport {
  const [left, right = left] = captures as [Capture, Capture?];
  const comparison = withDiagnosis(captures.length === 1 ? compareWithin(left, {}) : compare(left, right, {}), left, right, {});
  const { handshakes } = left;
  if (captures.length > 1 || comparison.pairs.length > 0 || handshakes.length === 0) return { kind: "diff", comparison, left, right };
  const explained = handshakes.map((handshake) =>
    Object.assign({}, handshake, { diagnosis: diagnoseHandshake(handshake, { beside: handshakes }) }),
  );
  return { kind: "explain", captures: [{ ...left, handshakes: explained }] };
}

/** Shows what was ignored or not decoded, which the command line reports on standard error. */
function tellNotes(captures: readonly Capture[]): void {
  const notes = captures.flatMap(({ file, notes: found }) => found.map(({ message }) => `${file}: ${message}.`));
  if (notes.length === 0) return;
  const line = document.createElement("p");
  line.id = "notes";
  line.className = "muted";
  line.textContent = notes.join(" ");
  element("report").append(line);
}

/** The report as the file that `--format html` writes. */
function saveReport(report: DiffReport | ExplainReport): void {
  const address = URL.createObjectURL(new Blob([...html.render(report)], { type: html.mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `tls-diff.${html.extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function say(text: string, isTrouble = false): void {
  element("status").textContent = text;
  element("status").classList.toggle("trouble-text", isTrouble);
}

function element(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
