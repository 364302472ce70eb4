/** `status_request_v2` (RFC 6961 §2.2): revocation status of a whole chain; the server confirms with an empty body. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readHexRest } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";
import { readOcspRequest } from "./status-request.ts";

export const statusRequestV2: ExtensionCodec = {
  type: 17,
  name: "status_request_v2",
  spec: "RFC 6961 §2.2",
  in: { client_hello: readRequests, server_hello: readNothing },
};

function readRequests(body: Cursor): ExtensionData {
  return { requests: body.vector16().all(readRequest) };
}

function readRequest(list: Cursor): ExtensionData {
  const type = list.u8();
  const request = list.vector16();
  const statusType = codePoint("certificate_status_types", type);
  if (type !== 1 && type !== 2) return { statusType, request: readHexRest(request) };
  const fields = readOcspRequest(request);
  request.finish();
  return { statusType, ...fields };
}
