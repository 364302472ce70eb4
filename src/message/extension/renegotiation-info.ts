/** `renegotiation_info` (RFC 5746 §3.2): empty in a first handshake, otherwise the verify_data of the last one. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const renegotiationInfo: ExtensionCodec = {
  type: 0xff01,
  name: "renegotiation_info",
  spec: "RFC 5746 §3.2",
  in: { client_hello: readConnection, server_hello: readConnection },
};

function readConnection(body: Cursor): ExtensionData {
  return { renegotiatedConnection: readHex8(body) };
}
