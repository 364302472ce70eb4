/** `ech_outer_extensions` (RFC 9849 §5.1): extensions that an inner hello takes from the outer one. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const echOuterExtensions: ExtensionCodec = {
  type: 0xfd00,
  name: "ech_outer_extensions",
  spec: "RFC 9849 §5.1",
  in: { client_hello: readTypes },
};

function readTypes(body: Cursor): ExtensionData {
  return { outerExtensions: readPoints16(body.vector8(), "extension_types") };
}
