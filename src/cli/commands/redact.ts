/** `tls-diff redact FILE -o safe.pcapng`: a capture that may be attached to a ticket, with the same verdict. */
import { CaptureError } from "../../fault/errors.ts";
import type { Capture } from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { ONE_FILE, type Typed } from "../options.ts";
import { checkOutput } from "../output.ts";
import { partOf, refusePart } from "../reading.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const redact: Command = {
  words: ["redact <file>"],
  about: "write a capture that may be given away: handshakes only, names replaced",
  positionals: { file: "capture" },
  options: { "keep-names": { type: "boolean", describe: "server names and the texts of certificates stay" } },
  output: ONE_FILE,
  examples: [["$0 redact client.pcap -o safe.pcapng", "for a ticket; it says what was kept"]],
  async execute(typed, io) {
    const input = typed["file"] as string;
    checkOutput(typed, [input], io);
    const output = typed["output"] as string | undefined;
    if (output === undefined || output === "-") throw new UsageError("redact needs the name of the file to write: -o safe.pcapng");
    const octets = await io.readOctets(input);
    const { redact: redacted } = await import("../../redaction/redact.ts");
    const keepNames = typed["keep-names"] === true;
    try {
      const result = await redacted(octets, {
        key: crypto.getRandomValues(new Uint8Array(32)),
        keepNames,
        read: (file) => analyse(file, io),
      });
      refusePart(io);
      await io.writeFile(output, [result.octets]);
      await tell(result, keepNames, output, typed, io);
      return EXIT.same;
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      await io.err.write(`tls-diff: ${shown(input)} ${error.message}. Nothing was written.\n`);
      return EXIT.unusable;
    }
  },
};

async function analyse(octets: Uint8Array, io: Io): Promise<Capture> {
  const [capture] = (await io.readCaptures("-", { stdin: once(octets), signal: io.signal })) as [Capture];
  const part = partOf(capture);
  if (part !== undefined) throw new CaptureError("unsupported", `holds too much to be held against its own result: ${part}`);
  return capture;
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(octets);
}

async function tell(
  { packets, of, handshakes, secrets }: { packets: number; of: number; handshakes: number; secrets: number },
  keepNames: boolean,
  output: string,
  typed: Typed,
  io: Io,
): Promise<void> {
  if (typed["quiet"] === true) return;
  await io.err.write(
    `${shown(output)}: ${packets} of ${of} packets, ${handshakes} ${handshakes === 1 ? "handshake" : "handshakes"}, the same verdict.
Replaced: addresses, ${keepNames ? "" : "names, "}session and connection ids, cookies, tokens,
  tickets, randoms, key shares, keys and ${keepNames ? "numbers" : "texts"} of certificates, plaintext
  before TLS, everything encrypted.
${secrets > 0 ? "Left out: secrets for decryption.\n" : ""}Kept: times, ports, TTLs, TCP options, lengths, versions, cipher suites,
  extensions and their other contents (ALPN, groups, signature algorithms),
  dates of certificates${keepNames ? ", names" : ""}.
Look at it before you send it.
`,
  );
}
