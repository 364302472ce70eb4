/** `status_request` (RFC 6066 §8, RFC 9846 §4.4.2.1): the client asks for the revocation status; TLS 1.3 answers beside the certificate. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readHex16, readHexes16, readHexRest, readLength24 } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const OCSP = 1;

export const statusRequest: ExtensionCodec = {
  type: 5,
  name: "status_request",
  spec: "RFC 6066 §8, RFC 9846 §4.4.2.1",
  in: {
    client_hello: readRequest,
    server_hello: readNothing,
    certificate: readStatus,
    certificate_request: (body) => (body.remaining === 0 ? readNothing() : readRequest(body)),
  },
};

function readRequest(body: Cursor): ExtensionData {
  const type = body.u8();
  const statusType = codePoint("certificate_status_types", type);
  return type === OCSP ? { statusType, ...readOcspRequest(body) } : { statusType, request: readHexRest(body) };
}

/** An OCSPStatusRequest: hashes or names of responders, and the extensions of the OCSP request, in hex. */
export function readOcspRequest(body: Cursor): ExtensionData {
  return { responderIds: readHexes16(body.vector16()), requestExtensions: readHex16(body) };
}

function readStatus(body: Cursor): ExtensionData {
  return { statusType: codePoint("certificate_status_types", body.u8()), responseLength: readLength24(body) };
}
