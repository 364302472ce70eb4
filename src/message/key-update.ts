/** KeyUpdate (RFC 9846 §4.6.3): the sender changes its keys, and may ask the peer to. */
import type { Cursor } from "../bytes/cursor.ts";
import type { DecodedBody } from "./message.ts";
import { fieldPoint } from "./read-values.ts";

const REQUESTS = { 0: "update_not_requested", 1: "update_requested" };

/** Reads `data`: `requestUpdate`. */
export function decodeKeyUpdate(body: Cursor, fields: DecodedBody): void {
  fields["data"] = { requestUpdate: fieldPoint(REQUESTS, body.at("request_update").u8()) };
}
