/** `heartbeat` (RFC 6520 §2): whether the peer may send heartbeat requests. */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const heartbeat: ExtensionCodec = {
  type: 15,
  name: "heartbeat",
  spec: "RFC 6520 §2",
  in: { client_hello: readMode, server_hello: readMode, encrypted_extensions: readMode },
};

function readMode(body: Cursor): ExtensionData {
  return { mode: codePoint("heartbeat_modes", body.u8()) };
}
