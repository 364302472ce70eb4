/** `tls-diff redact FILE -o safe.pcapng`: a capture that may be attached to a ticket, with the same verdict; several are redacted in the same way, so that they can still be compared. */
import { basename, join } from "node:path";
import { CaptureError } from "../../fault/errors.ts";
import type { Capture } from "../../index.ts";
import type { Redaction } from "../../redaction/redact.ts";
import { EXIT } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { ONE_FILE, type Typed } from "../options.ts";
import { checkOutput, isDirectory } from "../output.ts";
import { partOf, refusePart } from "../reading.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const redact: Command = {
  words: ["redact <files..>"],
  about: "write a capture that is safe to share: handshakes only, names replaced",
  positionals: { files: "captures; in all of them, a name is replaced by the same other name" },
  options: { "keep-names": { type: "boolean", describe: "keep server names and the texts of certificates" } },
  output: { ...ONE_FILE, output: { ...ONE_FILE["output"], describe: "the file to write; a directory for several captures" } },
  examples: [
    ["$0 redact client.pcap -o safe.pcapng", "for a ticket; it says what was kept"],
    ["$0 redact fail.pcap ok.pcap -o safe/", "two captures, to be compared elsewhere"],
  ],
  async execute(typed, io) {
    const inputs = typed["files"] as readonly string[];
    const outputs = outputsOf(inputs, typed);
    for (const output of outputs) checkOutput({ ...typed, output }, inputs, io);
    const twice = outputs.find((output, index) => outputs.indexOf(output) !== index);
    if (twice !== undefined) throw new UsageError(`two captures would become ${twice}; rename one of them`);
    const keepNames = typed["keep-names"] === true;
    const key = crypto.getRandomValues(new Uint8Array(32));
    const results: Redaction[] = [];
    for (const input of inputs) {
      const result = await redacted(input, { key, keepNames }, io);
      if (result === null) return EXIT.unusable;
      results.push(result);
    }
    refusePart(io);
    for (const [index, { octets }] of results.entries()) await io.writeFile(outputs[index] as string, [octets]);
    if (typed["quiet"] !== true) await tell(results, outputs, keepNames, io);
    return EXIT.same;
  },
};

/** The endings of names of captures. */
const ENDING = /(?:\.(?:pcap|pcapng|cap|dump|snoop))?(?:\.(?:gz|zst))?$/i;

/** The file for each capture: the one that was named, or one in the directory. */
function outputsOf(inputs: readonly string[], typed: Typed): string[] {
  const output = typed["output"] as string | undefined;
  const [isMany, isFolder] = [inputs.length > 1, output !== undefined && isDirectory(output)];
  if (isMany && !isFolder) {
    if (output === undefined) throw new UsageError("redact needs the name of a directory to write to: -o safe/");
    throw new UsageError(`several captures are written to a directory, and ${output} is not one`);
  }
  if (output === undefined || output === "-") throw new UsageError("redact needs the name of the file to write: -o safe.pcapng");
  return isFolder ? inputs.map((input) => join(output, `${basename(input).replace(ENDING, "")}.pcapng`)) : [output];
}

/** Redacts a capture; if that is impossible, reports why and returns null. */
async function redacted(input: string, options: { key: Uint8Array; keepNames: boolean }, io: Io): Promise<Redaction | null> {
  const octets = await io.readOctets(input);
  const { redact: redactOctets } = await import("../../redaction/redact.ts");
  try {
    return await redactOctets(octets, { ...options, read: (file) => analyse(file, io) });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    await io.err.write(`tls-diff: ${shown(input)} ${error.message}. Nothing was written.\n`);
    return null;
  }
}

async function analyse(octets: Uint8Array, io: Io): Promise<Capture> {
  const [capture] = (await io.readCaptures("-", { stdin: once(octets), signal: io.signal })) as [Capture];
  const part = partOf(capture);
  if (part !== undefined) throw new CaptureError("unsupported", `is too large to be compared with its own result: ${part}`);
  return capture;
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(octets);
}

async function tell(results: readonly Redaction[], outputs: readonly string[], keepNames: boolean, io: Io): Promise<void> {
  const lines = results.map(({ packets, of, handshakes }, index) => {
    const count = `${handshakes} ${handshakes === 1 ? "handshake" : "handshakes"}`;
    return `${shown(outputs[index] as string)}: ${packets} of ${of} packets, ${count}, the same verdict.\n`;
  });
  const replaced =
    results.length > 1 ? "Replaced in the same way in all of them, so that they can be compared:\n  addresses" : "Replaced: addresses";
  await io.err.write(
    `${lines.join("")}${replaced}, ${keepNames ? "" : "names, "}session and connection ids, cookies, tokens,
  tickets, randoms, key shares, keys and ${keepNames ? "numbers" : "texts"} of certificates, plaintext
  before TLS, everything encrypted.
${results.some(({ secrets }) => secrets > 0) ? "Left out: secrets for decryption.\n" : ""}Kept: times, ports, TTLs, TCP options, lengths, versions, cipher suites,
  extensions and their other contents (ALPN, groups, signature algorithms),
  dates of certificates${keepNames ? ", names" : ""}.
Look at it before you send it.
`,
  );
}
