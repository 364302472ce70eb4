/**
 * `application_settings` (draft-vvv-tls-alps-01 §4): protocols for which the client takes settings in
 * the handshake; the server's settings are the whole body. Under its present and its first number.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { readHexRest, readTexts8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const applicationSettings: ExtensionCodec = {
  type: 0x44cd,
  name: "application_settings",
  spec: "draft-vvv-tls-alps-01 §4",
  in: { client_hello: readProtocols, encrypted_extensions: (body) => ({ settings: readHexRest(body) }) },
};

export const applicationSettingsOld: ExtensionCodec = { ...applicationSettings, type: 0x4469 };

function readProtocols(body: Cursor): ExtensionData {
  return { protocols: readTexts8(body.vector16()) };
}
