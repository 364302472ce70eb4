/**
 * Writes a handshake as a line of JSON, as octets. Lists of suites, extensions, code points and certificates are equal in many handshakes: the
 * model shares them, frozen, so that their JSON need be made only once.
 */
import type { Utf8Writer } from "../bytes/utf8-writer.ts";
import type { Handshake } from "../handshake/handshake.ts";
import { writeJson, writeNextKey, writeUnsharedJson } from "./layout/write-json.ts";
import { SCHEMA_VERSION } from "./tool.ts";

/** Writes `JSON.stringify` of {@link handshakeLine}, and the end of the line. */
export function writeHandshake(to: Utf8Writer, file: string, handshake: Handshake): void {
  to.text(`{"schemaVersion":${SCHEMA_VERSION},"file":`);
  writeJson(to, file);
  for (const key in handshake) {
    const value = handshake[key as keyof Handshake];
    if (value === undefined) continue;
    writeNextKey(to, key);
    if (key === "events") writeUnsharedJson(to, value);
    else writeJson(to, value);
  }
  to.text("}\n");
}
