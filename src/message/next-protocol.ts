/** NextProtocol (draft-agl-tls-nextprotoneg-04 §3): the client's pick, padded so that its length does not reveal it. */
import type { Cursor } from "../bytes/cursor.ts";
import type { DecodedBody } from "./message.ts";
import { readLength8, readText8 } from "./read-values.ts";

/** Reads `data`: `protocol` and `paddingLength`. */
export function decodeNextProtocol(body: Cursor, fields: DecodedBody): void {
  const protocol = readText8(body.at("selected_protocol"));
  fields["data"] = { protocol };
  fields["data"] = { protocol, paddingLength: readLength8(body.at("padding")) };
}
