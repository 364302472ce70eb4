/** The built program as a process of its own, for what only a process can meet: full disks, closed pipes, signals. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../house/source.ts";

/** Milliseconds after which a program that hangs is ended. */
const PATIENCE = 30_000;

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `tls-diff` with these words; `redirected` is a file descriptor for its standard output or error. */
export function start(words: readonly string[], redirected: { readonly out?: number; readonly err?: number } = {}): Started {
  const child = spawn(process.execPath, [join(ROOT, "dist/bin.cjs"), ...words], {
    stdio: ["pipe", redirected.out ?? "pipe", redirected.err ?? "pipe"],
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  return { child, ended: ended(child) };
}

/** Runs it to its end. */
export function runProgram(words: readonly string[], redirected: { readonly out?: number; readonly err?: number } = {}): Promise<Ended> {
  const { child, ended: done } = start(words, redirected);
  child.stdin?.end();
  return done;
}

/** Runs it in a shell, whose words come before. */
export function runShell(before: string, words: readonly string[]): Promise<Ended> {
  const child = spawn("sh", ["-c", `${before}; exec "$@"`, "sh", process.execPath, join(ROOT, "dist/bin.cjs"), ...words], {
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  return ended(child);
}

async function ended(child: ChildProcess): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin?.on("error", () => undefined);
  const [status] = (await once(child, "close")) as [number | null];
  return { status, out, err };
}
