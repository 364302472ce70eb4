/** The program as npm installs it: what is in the package and nothing else, unpacked below `bench/data/`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The installed program's file. What it needs it finds in the project's `node_modules`. */
export function installProgram() {
  const folder = here("data/installed");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", words, { cwd: here(".."), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  execFileSync("tar", ["-xzf", packed.filename], { cwd: folder });
  return `${folder}/package/dist/bin.cjs`;
}
