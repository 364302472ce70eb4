/** `encrypted_server_name` (draft-ietf-tls-esni-02 §5): the predecessor of ECH, which hid only the name; the server proves with a nonce that it has read it. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readHex, readHex16, readLength16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const encryptedServerName: ExtensionCodec = {
  type: 0xffce,
  name: "encrypted_server_name",
  spec: "draft-ietf-tls-esni-02 §5",
  in: { client_hello: readName, encrypted_extensions: (body) => ({ nonce: readHex(body, 16) }) },
};

function readName(body: Cursor): ExtensionData {
  return {
    cipherSuite: codePoint("cipher_suites", body.u16()),
    group: codePoint("supported_groups", body.u16()),
    keyLength: readLength16(body),
    recordDigest: readHex16(body),
    encryptedNameLength: readLength16(body),
  };
}
