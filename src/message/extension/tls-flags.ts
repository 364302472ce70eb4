/** `tls_flags` (draft-ietf-tls-tlsflags-14 §2): yes-or-no extensions as the bits of one, numbered from the first octet's lowest. */
import type { Cursor } from "../../bytes/cursor.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const tlsFlags: ExtensionCodec = {
  type: 62,
  name: "tls_flags",
  spec: "draft-ietf-tls-tlsflags-14 §2",
  in: {
    client_hello: readFlags,
    server_hello: readFlags,
    hello_retry_request: readFlags,
    encrypted_extensions: readFlags,
    certificate_request: readFlags,
    certificate: readFlags,
    new_session_ticket: readFlags,
  },
};

function readFlags(body: Cursor): ExtensionData {
  const octets = body.vector8();
  const flags: number[] = [];
  for (let first = 0; octets.remaining > 0; first += 8) {
    const octet = octets.u8();
    for (let bit = 0; bit < 8; bit++) if ((octet >> bit) & 1) flags.push(first + bit);
  }
  return { flags };
}
