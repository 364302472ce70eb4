/** `token_binding` (RFC 8472 §2): the protocol's version and the kinds of key. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

const KEY_PARAMETERS = { 0: "rsa2048_pkcs1.5", 1: "rsa2048_pss", 2: "ecdsap256" };

export const tokenBinding: ExtensionCodec = {
  type: 24,
  name: "token_binding",
  spec: "RFC 8472 §2",
  in: { client_hello: readParameters, server_hello: readParameters, encrypted_extensions: readParameters },
};

function readParameters(body: Cursor): ExtensionData {
  const version = `${body.u8()}.${body.u8()}`;
  return { version, keyParameters: body.vector8().all((list) => fieldPoint(KEY_PARAMETERS, list.u8())) };
}
