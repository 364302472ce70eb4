/** `external_id_hash` and `external_session_id` (RFC 8844 §3.2, §4.3): bind a handshake to a session that another protocol has set up. */
import { readHex8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionReader } from "./contract.ts";

const readHash: ExtensionReader = (body) => ({ bindingHash: readHex8(body) });
const readSession: ExtensionReader = (body) => ({ sessionId: readHex8(body) });

export const externalIdHash: ExtensionCodec = {
  type: 55,
  name: "external_id_hash",
  spec: "RFC 8844 §3.2",
  in: { client_hello: readHash, server_hello: readHash, encrypted_extensions: readHash },
};

export const externalSessionId: ExtensionCodec = {
  type: 56,
  name: "external_session_id",
  spec: "RFC 8844 §4.3",
  in: { client_hello: readSession, server_hello: readSession, encrypted_extensions: readSession },
};
