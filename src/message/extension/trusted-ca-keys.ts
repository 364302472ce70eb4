/** `trusted_ca_keys` (RFC 6066 §6): the root authorities that the client has; the server answers with an empty body. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint, readHex, readHex16 } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const IDENTIFIER_TYPES = { 0: "pre_agreed", 1: "key_sha1_hash", 2: "x509_name", 3: "cert_sha1_hash" };

export const trustedCaKeys: ExtensionCodec = {
  type: 3,
  name: "trusted_ca_keys",
  spec: "RFC 6066 §6",
  in: { client_hello: readAuthorities, server_hello: readNothing },
};

function readAuthorities(body: Cursor): ExtensionData {
  return { authorities: body.vector16().all(readAuthority) };
}

function readAuthority(list: Cursor): ExtensionData {
  const type = list.u8();
  const identifierType = fieldPoint(IDENTIFIER_TYPES, type);
  if (type === 0) return { identifierType };
  if (type === 1 || type === 3) return { identifierType, sha1: readHex(list, 20) };
  if (type === 2) return { identifierType, name: readHex16(list) };
  throw list.illegal();
}
