/** SupplementalData (RFC 4680 §2): what an extension announced, such as hints to the user's account. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";
import { readLength16 } from "./read-values.ts";

/** Reads `data`: `entries`, each with its type and octets. */
export function decodeSupplementalData(body: Cursor, fields: DecodedBody): void {
  const list = body.at("supp_data").vector24();
  fields["data"] = {
    entries: list.all((entry) => ({ type: codePoint("supplemental_data_types", entry.u16()), length: readLength16(entry) })),
  };
}
