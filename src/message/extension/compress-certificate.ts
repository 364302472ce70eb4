/** `compress_certificate` (RFC 8879 §3): the compression algorithms that the sender can decompress certificates with. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const compressCertificate: ExtensionCodec = {
  type: 27,
  name: "compress_certificate",
  spec: "RFC 8879 §3",
  in: { client_hello: readAlgorithms, certificate_request: readAlgorithms },
};

function readAlgorithms(body: Cursor): ExtensionData {
  return { algorithms: readPoints16(body.vector8(), "certificate_compression_algorithms") };
}
