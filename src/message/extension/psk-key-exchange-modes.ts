/** `psk_key_exchange_modes` (RFC 9846 §4.2.9): whether a PSK may be used alone or only with a fresh key exchange. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readPoints8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const pskKeyExchangeModes: ExtensionCodec = {
  type: 45,
  name: "psk_key_exchange_modes",
  spec: "RFC 9846 §4.2.9",
  in: { client_hello: readModes },
};

function readModes(body: Cursor): ExtensionData {
  return { modes: readPoints8(body.vector8(), "psk_key_exchange_modes") };
}
