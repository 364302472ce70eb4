/** CertificateURL (RFC 6066 §5): where to find the client's certificates, instead of the certificates. */
import type { Cursor } from "../bytes/cursor.ts";
import type { DecodedBody } from "./message.ts";
import { fieldPoint, readHex, readText16 } from "./read-values.ts";

const CHAIN_TYPES = { 0: "individual_certs", 1: "pkipath" };
/** RFC 6066 demands a hash; in RFC 4366 it could be missing. */
const WITHOUT_HASH = 0;

/** Reads `data`: `chainType` and `urls`, each with the SHA-1 of what is there. */
export function decodeCertificateUrl(body: Cursor, fields: DecodedBody): void {
  const chainType = fieldPoint(CHAIN_TYPES, body.at("type").u8());
  fields["data"] = { chainType };
  const urls = body
    .at("url_and_hash_list")
    .vector16()
    .all((list) => {
      const url = readText16(list);
      return list.u8() === WITHOUT_HASH ? { url } : { url, sha1: readHex(list, 20) };
    });
  fields["data"] = { chainType, urls };
}
