/** `cookie` (RFC 9846 §4.2.2): what a server that keeps no state gives the client to send back. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const cookie: ExtensionCodec = {
  type: 44,
  name: "cookie",
  spec: "RFC 9846 §4.2.2",
  in: { client_hello: readCookie, hello_retry_request: readCookie },
};

function readCookie(body: Cursor): ExtensionData {
  return { cookie: readHex16(body) };
}
