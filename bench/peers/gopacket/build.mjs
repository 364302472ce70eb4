/** Builds the Go program beside this file into `bench/data/`, where Go and its module are there already. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @type {{ program: string, version: string } | undefined | "unknown"} */
let built = "unknown";

/** The built program and gopacket's version; undefined when it cannot be built. Nothing is fetched. */
export function buildGopacket() {
  if (built === "unknown") built = build();
  return built;
}

function build() {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const program = fileURLToPath(new URL("../../data/read-with-gopacket", import.meta.url));
  mkdirSync(fileURLToPath(new URL("../../data", import.meta.url)), { recursive: true });
  const { status } = spawnSync("go", ["build", "-o", program, "."], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, GOPROXY: "off" },
  });
  if (status !== 0) return undefined;
  return { program, version: /gopacket v([\d.]+)/.exec(readFileSync(`${folder}go.mod`, "utf8"))?.[1] ?? "of unknown version" };
}
