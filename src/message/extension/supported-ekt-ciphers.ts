/** `supported_ekt_ciphers` (RFC 8870 §5.2): ciphers for transporting SRTP keys; the server picks one. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

const CIPHERS = { 1: "AESKW128", 2: "AESKW256" };

export const supportedEktCiphers: ExtensionCodec = {
  type: 39,
  name: "supported_ekt_ciphers",
  spec: "RFC 8870 §5.2",
  in: { client_hello: readCiphers, server_hello: readCipher, encrypted_extensions: readCipher },
};

function readCiphers(body: Cursor): ExtensionData {
  return { ciphers: body.vector8().all((list) => fieldPoint(CIPHERS, list.u8())) };
}

function readCipher(body: Cursor): ExtensionData {
  return { cipher: fieldPoint(CIPHERS, body.u8()) };
}
