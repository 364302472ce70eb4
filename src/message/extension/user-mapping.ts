/** `user_mapping` (RFC 4681 §3): which kinds of hints about the user's account each side supports. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const userMapping: ExtensionCodec = {
  type: 6,
  name: "user_mapping",
  spec: "RFC 4681 §3",
  in: { client_hello: readTypes, server_hello: readTypes },
};

function readTypes(body: Cursor): ExtensionData {
  return { types: readPoints8(body.vector8(), "user_mapping_types") };
}
