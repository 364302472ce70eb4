/** `supported_versions` (RFC 9846 §4.2.1): versions in order of preference; the server's pick. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readPoints16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const supportedVersions: ExtensionCodec = {
  type: 43,
  name: "supported_versions",
  spec: "RFC 9846 §4.2.1",
  in: { client_hello: readVersions, server_hello: readVersion, hello_retry_request: readVersion },
};

function readVersions(body: Cursor): ExtensionData {
  return { versions: readPoints16(body.vector8(), "versions") };
}

function readVersion(body: Cursor): ExtensionData {
  return { version: codePoint("versions", body.u16()) };
}
