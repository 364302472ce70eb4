import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servePage, type PageServer } from "../../src/cli/serve-page.ts";
import { html } from "../../src/report/formats/html.ts";
import { safeText } from "../../src/bytes/text.ts";
import { ROOT } from "../house/source.ts";
import { hostileReports, NAMES } from "../support/hostile.ts";
import { CHROMIUM, dropFiles, openPage, startChromium } from "./chromium.ts";

const PAIR = "fixtures/pairs/go-rsa-kex";
const KEYED = "fixtures/pairs/keylog-certificates";

describe.skipIf(CHROMIUM === undefined)(CHROMIUM === undefined ? "the viewer (skipped: no Chromium on the PATH)" : "the viewer", () => {
  let browser: Browser;
  let server: PageServer;
  beforeAll(async () => {
    browser = await startChromium();
    server = await servePage(readFileSync(join(ROOT, "dist/web.html")), 0);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("shows the demo, asks for nothing but itself, and says nothing on the console", async () => {
    const { page, said, asked, close } = await openPage(browser, server.address);
    await page.click("#demo");
    await page.waitForSelector("main svg");
    expect(await page.textContent(".verdict.cause")).toContain("the server has only RSA key exchange");
    expect(await page.locator("main figure svg").count()).toBe(2);
    expect(await page.title()).toMatch(/^go\.pcap: the server has only RSA key exchange/);
    expect(said).toEqual([]);
    expect(asked).toEqual([server.address]);
    await close();
  });

  it("cannot reach any network, whatever runs in it", async () => {
    const { page, close } = await openPage(browser, server.address);
    const reached = await page.evaluate(async (address) => {
      const tries = [
        fetch(address),
        new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: address })),
      ];
      return (await Promise.allSettled(tries)).map(({ status }) => status);
    }, `${server.address}x.png`);
    expect(reached).toEqual(["rejected", "rejected"]);
    await close();
  });

  it.each(["captures/forms/go.pcap.gz", "captures/forms/go.pcap.zst", "pairs/go-rsa-kex/go.pcap"])(
    "shows two captures that are dropped, one of them %s",
    async (name) => {
      const { page, said, asked, close } = await openPage(browser, server.address);
      await dropFiles(page, [
        { name: "openssl.pcap", octets: fixture(`${PAIR}/openssl.pcap`) },
        { name: "other.pcap", octets: fixture(`fixtures/${name}`) },
      ]);
      await page.waitForSelector("main svg");
      expect(await page.textContent("main figcaption >> nth=0")).toMatch(/openssl\.pcap\s+established/);
      expect(await page.textContent("main figcaption >> nth=1")).toMatch(/other\.pcap\s+handshake_failure/);
      expect(said).toEqual([]);
      expect(asked).toEqual([server.address]);
      await close();
    },
  );

  it("explains what failed in one capture with nothing to compare", async () => {
    const { page, said, close } = await openPage(browser, server.address);
    await page.setInputFiles("#left", join(ROOT, `${PAIR}/go.pcap`));
    await page.click("#within:not([hidden])");
    await page.waitForSelector("#report .verdict");
    expect(await page.textContent("#report")).toContain("The server may have only suites that the client does not offer");
    expect(await page.textContent("#report")).not.toContain("Nothing to compare");
    expect(said).toEqual([]);
    await close();
  });

  it("takes captures one after the other, and a key log beside them", async () => {
    const { page, said, close } = await openPage(browser, server.address);
    await page.setInputFiles("#left", join(ROOT, `${PAIR}/go.pcap`));
    await page.waitForSelector("#within:not([hidden])");
    await page.setInputFiles("#right", join(ROOT, `${PAIR}/openssl.pcap`));
    await page.waitForSelector("main svg");
    await dropFiles(
      page,
      ["ecdsa.keylog", "rsa.keylog", "ecdsa.pcap", "rsa.pcap"].map((name) => ({ name, octets: fixture(`${KEYED}/${name}`) })),
    );
    await page.waitForSelector("main svg .decrypted");
    expect(await page.textContent("main .messages")).toContain("certificate_verify from server");
    expect(said).toEqual([]);
    await close();
  });

  it.each([
    ["a saved listing", ["list", `${PAIR}/go.pcap`, "--json"]],
    ["saved lines", ["show", `${PAIR}/go.pcap`, "--format", "ndjson"]],
    ["a baseline", ["snapshot", `${PAIR}/go.pcap`]],
  ])("holds %s to a capture, and names the client stacks", async (_, words) => {
    const { page, said, close } = await openPage(browser, server.address);
    await dropFiles(page, [
      { name: "saved.json", octets: output(words) },
      { name: "openssl.pcap", octets: fixture(`${PAIR}/openssl.pcap`) },
    ]);
    await page.waitForSelector("main .verdict.cause");
    expect(await page.textContent(".verdict.cause")).toContain("the server has only RSA key exchange");
    // A baseline does not keep whose hello it is.
    if (words[0] !== "snapshot") expect(await page.textContent("main")).toContain("Go crypto/tls 1.26");
    expect(await page.textContent("main")).toContain("OpenSSL 3.0");
    expect(said).toEqual([]);
    await close();
  });

  it("compares the two captures that one saved report holds, and takes no more", async () => {
    const { page, said, close } = await openPage(browser, server.address);
    await dropFiles(page, [{ name: "both.json", octets: output(["list", `${PAIR}/go.pcap`, `${PAIR}/openssl.pcap`, "--json"]) }]);
    await page.click("#within");
    await page.waitForSelector("main svg");
    expect(await page.textContent(".verdict.cause")).toContain("the server has only RSA key exchange");
    await page.setInputFiles("#right", join(ROOT, `${PAIR}/go.pcap`));
    await page.waitForSelector("#status.trouble-text:not(:empty)");
    expect(await page.textContent("#status")).toBe("3 captures are in these files; a comparison takes two.");
    expect(said).toEqual([]);
    await close();
  });

  it.each([
    [
      "that does not fit",
      (text: string) => text.replace('"outcome": "failed"', '"outcome": "odd"'),
      "does not fit its schema: data/captures/0/",
    ],
    ["of another version", (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 9'), "neither a capture nor a report"],
    ["that is cut", (text: string) => text.slice(0, 2000), "line 1 is not JSON"],
  ])("says what is wrong with a saved report %s", async (_, change, words) => {
    const { page, said, close } = await openPage(browser, server.address);
    const text = new TextDecoder().decode(output(["list", `${PAIR}/go.pcap`, "--json"]));
    expect(change(text)).not.toBe(text);
    await dropFiles(page, [
      { name: "saved.json", octets: new TextEncoder().encode(change(text)) },
      { name: "openssl.pcap", octets: fixture(`${PAIR}/openssl.pcap`) },
    ]);
    await page.waitForSelector("#status.trouble-text:not(:empty)");
    expect(await page.textContent("#status")).toContain(words);
    expect(said).toEqual([]);
    await close();
  });

  it.each(["zlib", "zstd", "brotli"])("opens certificates compressed with %s, or says that it cannot", async (algorithm) => {
    const { page, said, close } = await openPage(browser, server.address);
    const folder = "fixtures/captures/keylog";
    const isKnown =
      algorithm !== "brotli" ||
      (await page.evaluate(() => {
        try {
          return new DecompressionStream("brotli" as CompressionFormat) instanceof DecompressionStream;
        } catch {
          return false;
        }
      }));
    await dropFiles(
      page,
      [`compressed-${algorithm}.keylog`, `compressed-${algorithm}.pcap`, "tls13-aes128-gcm.pcap"].map((name) => ({
        name,
        octets: fixture(`${folder}/${name}`),
      })),
    );
    await page.waitForSelector("main svg");
    const text = (await page.textContent("main")) ?? "";
    expect(text).toContain("compressed_certificate from server");
    expect(text.includes("CN=www.example.test")).toBe(isKnown);
    expect(text.includes("1 compressed certificate message was not decoded: this browser cannot undo the compression")).toBe(!isKnown);
    expect(text).not.toContain("cannot be decompressed");
    expect(said).toEqual([]);
    await close();
  });

  it("says what is wrong with files that are none, or too many", async () => {
    const { page, close } = await openPage(browser, server.address);
    const octets = new TextEncoder().encode("no capture at all, only words");
    await dropFiles(
      page,
      [1, 2].map((number) => ({ name: `<img src=x onerror=alert(${number})>`, octets })),
    );
    await page.waitForSelector("#status.trouble-text:not(:empty)");
    expect(await page.textContent("#status")).toContain("<img src=x onerror=alert(1)>");
    await dropFiles(
      page,
      [1, 2, 3].map((number) => ({ name: `${number}`, octets })),
    );
    await page.waitForFunction(() => document.querySelector("#status")?.textContent?.startsWith("3 captures"));
    await close();
  });

  it("filters rows, and gives them back", async () => {
    const { page, close } = await openPage(browser, server.address);
    await page.click("#demo");
    await page.waitForSelector("main svg");
    const visible = (): Promise<number> => page.locator("main tbody tr:visible").count();
    const all = await visible();
    await page.keyboard.press("/");
    await page.keyboard.type("chacha20 DHE");
    await page.waitForFunction(() => document.querySelector("#filter-count")?.textContent?.includes(" of "));
    const few = await visible();
    expect(few).toBeGreaterThan(0);
    expect(few).toBeLessThan(all / 4);
    expect(await page.locator("main .members tr:visible").first().textContent()).toContain("CHACHA20");
    await page.keyboard.press("Escape");
    expect(await visible()).toBe(all);
    await close();
  });

  it("shows only differences, or all, also by key; unfolds by key", async () => {
    const { page, close } = await openPage(browser, server.address);
    await page.click("#demo");
    await page.waitForSelector("main svg");
    await page.keyboard.press("e");
    expect(await page.locator("details.message[open]").count()).toBeGreaterThan(3);
    expect(await page.locator("tr.same:visible").count()).toBe(0);
    await page.keyboard.press("d");
    expect(await page.locator("tr.same:visible").count()).toBeGreaterThan(5);
    await page.click("label:has(#only-differences)");
    expect(await page.locator("tr.same:visible").count()).toBe(0);
    await close();
  });

  it("copies the report as text and as Markdown", async () => {
    const { page, close } = await openPage(browser, server.address, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.click("#demo");
    await page.waitForSelector("main svg");
    await page.click("[data-copy=as-text]");
    await page.waitForSelector("text=Copied");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^✗ go\.pcap: the server has only RSA/);
    await page.keyboard.press("m");
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("| --- |"));
    await close();
  });

  it("has a light and a dark theme, by choice and by the system's, and remembers the choice", async () => {
    const { page, close } = await openPage(browser, server.address, { colorScheme: "light" });
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.click("label:has(#theme-light)");
    expect(await paper()).toBe(light);
    await page.reload();
    expect(await paper()).toBe(light);
    await close();
  });

  it.each([390, 1400])("fits into %i pixels, empty and full", async (width) => {
    const { page, close } = await openPage(browser, server.address, { viewport: { width, height: 800 } });
    const overflow = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    await page.click("#demo");
    await page.waitForSelector("main svg");
    await page.keyboard.press("e");
    await page.keyboard.press("d");
    expect(await overflow()).toBe(0);
    await close();
  });

  it("saves the report as a file that is alive by itself", async () => {
    const { page, close } = await openPage(browser, server.address, { acceptDownloads: true });
    await page.click("#demo");
    await page.waitForSelector("main svg");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const saved = readFileSync(await download.path(), "utf8");
    const alone = await openPage(browser, "about:blank");
    await alone.page.route("http://report.test/", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: saved }));
    await alone.page.goto("http://report.test/");
    await alone.page.keyboard.press("d");
    expect(await alone.page.isChecked("#all-rows")).toBe(true);
    expect(alone.said).toEqual([]);
    await alone.close();
    await close();
  });
});

describe.skipIf(CHROMIUM === undefined)(CHROMIUM === undefined ? "a report (skipped: no Chromium on the PATH)" : "a report", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  it.each(NAMES)("shows the name %j as text", async (name) => {
    for (const report of hostileReports(safeText(name))) {
      const { page, said, asked, close } = await openPage(browser, "about:blank", { viewport: { width: 390, height: 800 } });
      await page.route("http://report.test/", (route) =>
        route.fulfill({ contentType: "text/html; charset=utf-8", body: [...html.render(report)].join("") }),
      );
      page.on("dialog", () => said.push("a dialog"));
      await page.goto("http://report.test/");
      expect(await page.textContent("main")).toContain(safeText(name));
      expect(await page.locator("main img, main script, main a, main iframe, main svg [onload]").count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(said).toEqual([]);
      expect(asked.filter((address) => address !== "about:blank")).toEqual(["http://report.test/"]);
      await close();
    }
  });

  it("is alive as the built program writes it, below 400 kB, and asks for nothing", async () => {
    const { page, said, asked, close } = await openPage(browser, "about:blank");
    const written = execFileSync(process.execPath, ["dist/bin.cjs", "demo", "--format", "html"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(Buffer.byteLength(written)).toBeLessThan(400_000);
    await page.route("http://report.test/", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: written }));
    await page.goto("http://report.test/");
    await page.fill("#filter", "chacha20");
    await page.waitForSelector("#filter-count:not(:empty)");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(said).toEqual([]);
    expect(asked.filter((address) => address !== "about:blank")).toEqual(["http://report.test/"]);
    await close();
  });

  it("is all there without scripts", async () => {
    const { page, close } = await openPage(browser, "about:blank", { javaScriptEnabled: false });
    const [, , report] = hostileReports("mail.example.test");
    if (report === undefined) throw new Error("there is no report");
    await page.setContent([...html.render(report)].join(""));
    expect(await page.locator("main figure svg").count()).toBe(2);
    expect(await page.locator("#filter").isVisible()).toBe(false);
    await page.click("label:has(#all-rows)");
    await page.click("details.message >> nth=0 >> summary");
    expect(await page.locator("details.message >> nth=0 >> table").isVisible()).toBe(true);
    await close();
  });
});

/** What the built program prints. */
function output(words: readonly string[]): Uint8Array {
  return execFileSync(process.execPath, ["dist/bin.cjs", ...words], { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
}

function fixture(path: string): Uint8Array {
  return readFileSync(join(ROOT, path));
}
