/** `ec_point_formats` (RFC 8422 §5.1.2): the encodings of curve points that each side can read. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const ecPointFormats: ExtensionCodec = {
  type: 11,
  name: "ec_point_formats",
  spec: "RFC 8422 §5.1.2",
  in: { client_hello: readFormats, server_hello: readFormats },
};

function readFormats(body: Cursor): ExtensionData {
  return { formats: readPoints8(body.vector8(), "ec_point_formats") };
}
