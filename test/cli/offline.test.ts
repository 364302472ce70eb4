/** The built program with every way to the network watched and shut: no command needs one, none tries. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-offline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = join(folder, "network.log");
const WATCHED = ["--import", pathToFileURL(join(ROOT, "test/support/no-network.mjs")).href];
const PROGRAM = join(ROOT, "dist/bin.cjs");
const GO = "fixtures/pairs/go-rsa-kex/go.pcap";
const OPENSSL = "fixtures/pairs/go-rsa-kex/openssl.pcap";
const KEYS = "fixtures/pairs/keylog-certificates/rsa";

/** A command line and its exit status; at least one for each command that the help names. */
const LINES: readonly (readonly [string, number])[] = [
  [`${GO} ${OPENSSL}`, 1],
  [`diff ${GO} ${OPENSSL} --format html -o ${join(folder, "report.html")}`, 1],
  [`diff ${GO} @openssl-3.0 --format sarif --all`, 1],
  ["check fixtures/baselines/tls-diff.config.json --report github=-", 1],
  [`explain ${GO} --all`, 0],
  ["explain --list", 0],
  ["explain hostname-mismatch", 0],
  ["list fixtures/captures/failures --format ndjson", 0],
  [`show ${KEYS}.pcap --keylog ${KEYS}.keylog --hex`, 0],
  ["show fixtures/pairs/both-work/default.pcap --format markdown", 0],
  [`snapshot ${OPENSSL}`, 0],
  [`redact ${GO} -o ${join(folder, "safe.pcapng")}`, 0],
  ["clients", 0],
  ["demo", 0],
  ["completion", 0],
  ["--help", 0],
  ["--version", 0],
  ["list no-such-file.pcap", 2],
];

describe("without a network", () => {
  it.each(LINES)("tls-diff %s ends with %i and opens nothing", (line, status) => {
    const { status: ended, stderr, tried } = watched([PROGRAM, ...line.split(" ")]);
    expect(tried).toBe("");
    expect(ended, stderr).toBe(status);
  });

  it("every command of the help is tried", () => {
    const help = watched([PROGRAM, "--help"]).stdout;
    const commands = [...(help.split("\nCommands:\n")[1]?.split("\n\n")[0] ?? "").matchAll(/^ {2}tls-diff ([a-z]+)/gm)].map(
      (match) => match[1] as string,
    );
    expect(commands.length).toBeGreaterThan(9);
    const tried = new Set(LINES.map(([line]) => line.split(" ")[0]));
    expect(commands.filter((command) => !tried.has(command))).toEqual(["web"]);
  });

  it.each([
    'fetch("http://127.0.0.1:9/")',
    'require("node:net").connect(9, "127.0.0.1")',
    'require("node:tls").connect(9, "127.0.0.1")',
    'require("node:https").get("https://127.0.0.1:9/")',
    'require("node:http").createServer().listen(0)',
    'require("node:dgram").createSocket("udp4")',
    'require("node:dns").lookup("localhost", () => {})',
    'require("node:dns").promises.resolve4("localhost")',
    'require("node:child_process").spawnSync("curl")',
    'import("node:net").then(({ connect }) => connect(9, "127.0.0.1"))',
  ])("the watch sees %s", (script) => {
    const { status, tried } = watched(["-e", script]);
    expect(tried).not.toBe("");
    expect(status).not.toBe(0);
  });
});

describe("tls-diff web", () => {
  it("only listens, and only on the loopback address", async () => {
    writeFileSync(log, "");
    const child = spawn(process.execPath, [...WATCHED, PROGRAM, "web"], {
      cwd: ROOT,
      env: { ...process.env, NETWORK_LOG: log, NETWORK_MAY_LISTEN: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.once("data", () => child.kill());
    await once(child, "close");
    expect(readFileSync(log, "utf8")).toMatch(/^listen \[0,"127\.0\.0\.1"\]\n$/);
  });
});

function watched(words: readonly string[]) {
  writeFileSync(log, "");
  const { status, stdout, stderr } = spawnSync(process.execPath, [...WATCHED, ...words], {
    cwd: ROOT,
    env: { ...process.env, NETWORK_LOG: log },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr, tried: readFileSync(log, "utf8") };
}
