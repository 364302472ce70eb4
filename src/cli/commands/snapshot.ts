/** `tls-diff snapshot FILE -o client.tls.json`: handshakes without what differs each time, to be committed and compared with later captures. */
import type { Capture, Handshake } from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { NUMBER, ONE_FILE, READING, selectionOf, SELECTION, wholeNumber } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput } from "../output.ts";
import {
  CAPTURE_WELL,
  LIST_SHOWS,
  noHandshakeIn,
  readInputs,
  refusePart,
  selected,
  tellErrors,
  tellInconclusive,
  tellParts,
} from "../reading.ts";
import type { Command } from "./contract.ts";

export const snapshot: Command = {
  words: ["snapshot <file>"],
  about: "write a small, stable file to compare later captures with",
  positionals: { file: "capture, saved report, or - for standard input" },
  options: { ...READING, ...SELECTION, id: { ...NUMBER, describe: "only the handshake of this number, as list shows it" } },
  output: ONE_FILE,
  examples: [
    ["$0 snapshot client.pcap -o client.tls.json", "commit this"],
    ["$0 client.tls.json new.pcap", "and see what changed"],
  ],
  async execute(typed, io) {
    const input = typed["file"] as string;
    checkOutput(typed, [input], io);
    const id = wholeNumber(typed, "id", 1);
    const [captures = []] = await readInputs([input], typed, { certificates: true }, io);
    refusePart(io);
    const unread = await tellErrors(captures, io);
    const isPart = await tellParts(captures, io);
    const all = captures.flatMap(({ handshakes }) => handshakes).filter(({ messages }) => messages.length > 0);
    const chosen = (await selected(all, selectionOf(typed))).filter((handshake) => id === undefined || handshake.id === id);
    if (chosen.length === 0) {
      if (unread) return EXIT.unusable;
      await tellInconclusive(whyNothing(all, captures, input), all.length > 0 ? LIST_SHOWS : CAPTURE_WELL, io);
      return EXIT.inconclusive;
    }
    // A partial baseline would mislead whatever is compared with it; a single handshake that was asked for is complete.
    if (isPart && id === undefined) return EXIT.unusable;
    await write(chosen, typed, io);
    return unread ? EXIT.unusable : EXIT.same;
  },
};

function whyNothing(all: readonly Handshake[], captures: readonly Capture[], input: string): string {
  const file = captures[0]?.file ?? input;
  if (all.length > 0) return `${file} has no handshake that matches`;
  return noHandshakeIn(
    captures.reduce((sum, { packets = 0 }) => sum + packets, 0),
    file,
  );
}

async function write(handshakes: readonly Handshake[], typed: Typed, io: Io): Promise<void> {
  const [{ snapshotHandshakes }, { snapshotText }] = await Promise.all([
    import("../../diff/snapshot.ts"),
    import("../../report/snapshot.ts"),
  ]);
  const text = snapshotText(snapshotHandshakes(handshakes));
  const output = typed["output"] as string | undefined;
  if (output !== undefined && output !== "-") await io.writeFile(output, [text]);
  else if (typed["quiet"] !== true) await io.out.write(text);
}
