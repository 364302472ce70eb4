/** `max_fragment_length` (RFC 6066 §4): the largest record that the client accepts; the server echoes it. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const maxFragmentLength: ExtensionCodec = {
  type: 1,
  name: "max_fragment_length",
  spec: "RFC 6066 §4",
  in: { client_hello: readLength, server_hello: readLength, encrypted_extensions: readLength },
};

function readLength(body: Cursor): ExtensionData {
  return { maxFragmentLength: codePoint("max_fragment_lengths", body.u8()) };
}
