/** `application_layer_protocol_negotiation` (RFC 7301 §3.1): protocols in order of preference; the server's pick is a list of one. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readTexts8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const alpn: ExtensionCodec = {
  type: 16,
  name: "application_layer_protocol_negotiation",
  spec: "RFC 7301 §3.1",
  in: { client_hello: readProtocols, server_hello: readProtocols, encrypted_extensions: readProtocols },
};

function readProtocols(body: Cursor): ExtensionData {
  return { protocols: readTexts8(body.vector16()) };
}
