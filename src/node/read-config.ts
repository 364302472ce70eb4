/** Reads `tls-diff.config.json`; anything wrong with it is a `CaptureError` whose message begins with the file's name. */
import { readFile } from "node:fs/promises";
import { safeText } from "../bytes/text.ts";
import type { Configuration } from "../expectation/expectation.ts";
import { CaptureError } from "../fault/errors.ts";
import { checkSchema } from "./schema-check.ts";

/** Reads a configuration and checks it against its schema. */
export async function readConfig(path: string): Promise<Configuration> {
  const name = safeText(path);
  const value = parse(await textOf(path, name), name);
  const fault = checkSchema("config", value);
  if (fault !== null) throw new CaptureError("unsupported", `${name} is not a configuration for tls-diff check: ${safeText(fault)}`);
  return value as Configuration;
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new CaptureError(
      "unreadable",
      `${name} ${isMissing ? "does not exist; tls-diff check --help shows an example" : "cannot be read"}`,
      {
        cause: error,
      },
    );
  }
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CaptureError(
      "unsupported",
      `${name} is not a configuration for tls-diff check: it is not JSON (${safeText((error as Error).message)})`,
      {
        cause: error,
      },
    );
  }
}
