/** EncryptedExtensions (RFC 9846 §4.3.1): the server's answers to extensions that the key exchange does not need. */
import type { Cursor } from "../bytes/cursor.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodedBody, Extension } from "./message.ts";

/** Reads `extensions`. */
export function decodeEncryptedExtensions(body: Cursor, fields: DecodedBody): void {
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  readExtensions(body, "encrypted_extensions", extensions);
}
