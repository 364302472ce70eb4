/** `dnssec_chain` (RFC 9102 §2): the client names the port it connects to, the server gives the DNS records that authenticate it. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readLength16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const dnssecChain: ExtensionCodec = {
  type: 59,
  name: "dnssec_chain",
  spec: "RFC 9102 §2",
  in: { client_hello: (body) => ({ port: body.u16() }), server_hello: readChain, certificate: readChain },
};

/** `supportLifetime` in hours. */
function readChain(body: Cursor): ExtensionData {
  return { supportLifetime: body.u16(), chainLength: readLength16(body) };
}
