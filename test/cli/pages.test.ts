import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { execute } from "../support/io.ts";

const pages = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".md"));

describe("the pages of command lines", () => {
  it("are there", () => {
    expect(pages.length).toBeGreaterThan(2);
  });

  it.each(pages)("%s tells what the program prints", async (page) => {
    const file = join(import.meta.dirname, page);
    const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
    const [head = ""] = text.split(/^## /m);
    const commands = [...text.matchAll(/^## `tls-diff ?(.*)`$/gm)].map((match) => match[1] as string);
    expect(commands.length).toBeGreaterThan(0);
    let told = head;
    for (const command of commands) told += await section(command);
    await expect(told.trimEnd() + "\n").toMatchFileSnapshot(file);
  });
});

/** A section: the command line, its exit status, what it printed on which stream. */
async function section(command: string): Promise<string> {
  const words = [...command.matchAll(/'([^']*)'|\S+/g)].map((match) => match[1] ?? match[0]);
  const { status, out, err, written } = await execute(words);
  const files = Object.entries(written).map(([name, text]) => fence(name, text));
  return [
    `## \`tls-diff${command === "" ? "" : ` ${command}`}\`\n\nStatus ${status}.\n`,
    fence("Standard output", out),
    fence("Standard error", err),
    ...files,
  ]
    .filter((part) => part !== "")
    .map((part) => `${part}\n`)
    .join("");
}

function fence(title: string, text: string): string {
  const marks = text.includes("```") ? "````" : "```";
  return text === "" ? "" : `${title}:\n\n${marks}text\n${text.replace(/\n*$/, "\n")}${marks}\n`;
}
