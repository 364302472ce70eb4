/** `cached_info` (RFC 7924 §3): what the client still holds from an earlier handshake, by its hash; the server names what it leaves out. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint, readHex8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

const TYPES = { 1: "cert", 2: "cert_req" };

export const cachedInfo: ExtensionCodec = {
  type: 25,
  name: "cached_info",
  spec: "RFC 7924 §3",
  in: { client_hello: readHeld, server_hello: readLeftOut, encrypted_extensions: readLeftOut },
};

function readHeld(body: Cursor): ExtensionData {
  return { objects: body.vector16().all((list) => ({ type: fieldPoint(TYPES, list.u8()), hash: readHex8(list) })) };
}

function readLeftOut(body: Cursor): ExtensionData {
  return { objects: body.vector16().all((list) => ({ type: fieldPoint(TYPES, list.u8()) })) };
}
