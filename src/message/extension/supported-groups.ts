/** `supported_groups` (RFC 9846 §4.2.7, RFC 8422 §5.1.1, RFC 7919): the groups for the key exchange, in order of preference. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const supportedGroups: ExtensionCodec = {
  type: 10,
  name: "supported_groups",
  spec: "RFC 9846 §4.2.7",
  // Some servers of TLS 1.2 echo it in their hello, which no specification allows.
  in: { client_hello: readGroups, server_hello: readGroups, encrypted_extensions: readGroups },
};

function readGroups(body: Cursor): ExtensionData {
  return { groups: readPoints16(body.vector16(), "supported_groups") };
}
