/** `tls-diff web`: the viewer in a browser on this machine. Serves one page, to this machine alone, until Ctrl-C. */
import { EXIT } from "../exit-status.ts";
import { NUMBER, QUIET, wholeNumber } from "../options.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const web: Command = {
  words: ["web"],
  endsInterrupted: true,
  about: "the viewer: drop two captures on a page in your browser",
  options: { port: { ...NUMBER, describe: "port to serve on", defaultDescription: "any free one" } },
  output: QUIET,
  epilogue: "The page is served to this machine only, and captures never leave the browser. Ctrl-C ends it.",
  async execute(typed, io) {
    const port = wholeNumber(typed, "port") ?? 0;
    if (port > 65_535) throw new UsageError("--port needs a number up to 65535");
    const page = await io.readPage();
    const { servePage } = await import("../serve-page.ts");
    const server = await servePage(page, port);
    try {
      await io.out.write(`${server.address}\n`);
      if (typed["quiet"] !== true) await io.err.write("Open this address in a browser; Ctrl-C ends it.\n");
      await untilAborted(io.signal);
    } finally {
      await server.close();
    }
    return EXIT.same;
  },
};

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
