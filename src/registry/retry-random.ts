/** The random that makes a ServerHello a HelloRetryRequest (RFC 9846 §4.1.3). */
import { fromHex } from "../bytes/hex.ts";

/** SHA-256 of `HelloRetryRequest`: 32 octets. */
export const RETRY_RANDOM: Uint8Array = fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
