/** `signature_algorithms` and `signature_algorithms_cert` (RFC 9846 §4.2.3): the signatures that the sender can check. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const signatureAlgorithms: ExtensionCodec = {
  type: 13,
  name: "signature_algorithms",
  spec: "RFC 9846 §4.2.3",
  in: { client_hello: readSchemes, certificate_request: readSchemes },
};

export const signatureAlgorithmsCert: ExtensionCodec = { ...signatureAlgorithms, type: 50, name: "signature_algorithms_cert" };

function readSchemes(body: Cursor): ExtensionData {
  return { schemes: readPoints16(body.vector16(), "signature_schemes") };
}
