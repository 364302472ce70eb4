/** `signed_certificate_timestamp` (RFC 6962 §3.3.1): the client asks with an empty body, the server sends the logs' signed timestamps. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHex } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const V1 = 0;
/** The last millisecond of the year 9999, beyond which RFC 3339 has no date. */
const LAST_DATE = 253_402_300_799_999;

export const signedCertificateTimestamp: ExtensionCodec = {
  type: 18,
  name: "signed_certificate_timestamp",
  spec: "RFC 6962 §3.3.1",
  in: { client_hello: readNothing, server_hello: readList, certificate: readList, certificate_request: readNothing },
};

function readList(body: Cursor): ExtensionData {
  return { scts: body.vector16().all(readTimestamp) };
}

/** Version 1 (RFC 6962 §3.2): the log, and when it signed; for other versions only the length. */
function readTimestamp(list: Cursor): ExtensionData {
  const sct = list.vector16();
  const length = sct.remaining;
  const version = sct.u8();
  if (version !== V1) return { version, length };
  const logId = readHex(sct, 32);
  const time = sct.u32() * 0x1_0000_0000 + sct.u32();
  if (time > LAST_DATE) throw sct.illegal();
  return { version, length, logId, timestamp: new Date(time).toISOString() };
}
