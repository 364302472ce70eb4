/** A headless Chromium of the system, and what its pages said and asked for. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Where Chromium is, or why the tests are skipped. */
export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
    " ",
  );

/** Starts it, with a profile of its own. */
export function startChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page with everything that it did. */
export interface WatchedPage {
  readonly page: Page;
  /** What stood in the console, and errors that nobody caught. */
  readonly said: string[];
  /** Addresses that were asked for. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/** Opens `address` in a context of its own. */
export async function openPage(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  return { page, said, asked, close: () => context.close() };
}

/** Drops files on the page, as a person's mouse would. */
export async function dropFiles(page: Page, files: readonly { readonly name: string; readonly octets: Uint8Array }[]): Promise<void> {
  const given = files.map(({ name, octets }) => ({ name, octets: [...octets] }));
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, octets } of list) made.items.add(new File([new Uint8Array(octets)], name));
    return made;
  }, given);
  await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
}
