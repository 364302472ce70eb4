/** `srp` (RFC 5054 §2.8.1): the user's name. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readText8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const srp: ExtensionCodec = { type: 12, name: "srp", spec: "RFC 5054 §2.8.1", in: { client_hello: readIdentity } };

function readIdentity(body: Cursor): ExtensionData {
  return { identity: readText8(body) };
}
