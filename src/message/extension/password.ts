/** `pwd_protect`, `pwd_clear` and `password_salt` (RFC 8492 §4): who logs in with a password, in clear or hidden, and the server's salt. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex16, readLength8, readText8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const pwdProtect: ExtensionCodec = {
  type: 29,
  name: "pwd_protect",
  spec: "RFC 8492 §4",
  in: { client_hello: (body) => ({ protectedNameLength: readLength8(body) }) },
};

export const pwdClear: ExtensionCodec = {
  type: 30,
  name: "pwd_clear",
  spec: "RFC 8492 §4",
  in: { client_hello: (body) => ({ name: readText8(body) }) },
};

export const passwordSalt: ExtensionCodec = {
  type: 31,
  name: "password_salt",
  spec: "RFC 8492 §4",
  in: { client_hello: readSalt, server_hello: readSalt, hello_retry_request: readSalt },
};

function readSalt(body: Cursor): ExtensionData {
  return { salt: readHex16(body) };
}
