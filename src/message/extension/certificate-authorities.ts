/** `certificate_authorities` (RFC 9846 §4.2.4): the distinguished names of authorities that the sender trusts, as DER in hex. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHexes16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const certificateAuthorities: ExtensionCodec = {
  type: 47,
  name: "certificate_authorities",
  spec: "RFC 9846 §4.2.4",
  in: { client_hello: readAuthorities, certificate_request: readAuthorities },
};

function readAuthorities(body: Cursor): ExtensionData {
  return { authorities: readHexes16(body.vector16()) };
}
