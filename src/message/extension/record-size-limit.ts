/** `record_size_limit` (RFC 8449 §4): the largest record that the sender accepts, in octets of plaintext. */
import type { Cursor } from "../../bytes/cursor.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const recordSizeLimit: ExtensionCodec = {
  type: 28,
  name: "record_size_limit",
  spec: "RFC 8449 §4",
  in: { client_hello: readLimit, server_hello: readLimit, encrypted_extensions: readLimit },
};

function readLimit(body: Cursor): ExtensionData {
  return { limit: body.u16() };
}
