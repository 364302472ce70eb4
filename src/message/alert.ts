/** An alert (RFC 9846 §6): two octets, level and description. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";

/** Reads `level` and `description`. */
export function decodeAlertBody(body: Cursor, fields: DecodedBody): void {
  fields["level"] = codePoint("alert_levels", body.at("level").u8());
  fields["description"] = codePoint("alerts", body.at("description").u8());
}
