/** `oid_filters` (RFC 9846 §4.2.5): which certificate extensions, with which values, the client's certificate must have; DER in hex. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex8, readHex16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const oidFilters: ExtensionCodec = {
  type: 48,
  name: "oid_filters",
  spec: "RFC 9846 §4.2.5",
  in: { certificate_request: readFilters },
};

function readFilters(body: Cursor): ExtensionData {
  return { filters: body.vector16().all((list) => ({ oid: readHex8(list), values: readHex16(list) })) };
}
