/** `use_srtp` (RFC 5764 §4.1.1): the SRTP protection profiles, the server's pick as a list of one, and the master key identifier. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint, readHex8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

const PROFILES = {
  0x0001: "SRTP_AES128_CM_HMAC_SHA1_80",
  0x0002: "SRTP_AES128_CM_HMAC_SHA1_32",
  0x0005: "SRTP_NULL_HMAC_SHA1_80",
  0x0006: "SRTP_NULL_HMAC_SHA1_32",
  0x0007: "SRTP_AEAD_AES_128_GCM",
  0x0008: "SRTP_AEAD_AES_256_GCM",
  0x0009: "DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM",
  0x000a: "DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM",
  0x000b: "SRTP_ARIA_128_CTR_HMAC_SHA1_80",
  0x000c: "SRTP_ARIA_128_CTR_HMAC_SHA1_32",
  0x000d: "SRTP_ARIA_256_CTR_HMAC_SHA1_80",
  0x000e: "SRTP_ARIA_256_CTR_HMAC_SHA1_32",
  0x000f: "SRTP_AEAD_ARIA_128_GCM",
  0x0010: "SRTP_AEAD_ARIA_256_GCM",
};

export const useSrtp: ExtensionCodec = {
  type: 14,
  name: "use_srtp",
  spec: "RFC 5764 §4.1.1",
  in: { client_hello: readProfiles, server_hello: readProfiles, encrypted_extensions: readProfiles },
};

function readProfiles(body: Cursor): ExtensionData {
  return { profiles: body.vector16().all((list) => fieldPoint(PROFILES, list.u16(), 2)), mki: readHex8(body) };
}
