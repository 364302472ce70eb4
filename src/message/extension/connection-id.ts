/** `connection_id` (RFC 9146 §3, DTLS): what the peer must put on the sender's records. Also under the number of its drafts. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const connectionId: ExtensionCodec = {
  type: 54,
  name: "connection_id",
  spec: "RFC 9146 §3",
  in: { client_hello: readId, server_hello: readId },
};

export const connectionIdDeprecated: ExtensionCodec = { ...connectionId, type: 53, name: "connection_id_deprecated" };

function readId(body: Cursor): ExtensionData {
  return { connectionId: readHex8(body) };
}
