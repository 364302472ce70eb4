/** `transparency_info` (RFC 9162 §6.5): the client asks with an empty body, the server sends its entries in the logs. */
import type { Cursor } from "../../bytes/cursor.ts";
import { fieldPoint } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const ITEM_TYPES = {
  0x0100: "x509_entry_v2",
  0x0101: "precert_entry_v2",
  0x0102: "x509_sct_v2",
  0x0103: "precert_sct_v2",
  0x0104: "signed_tree_head_v2",
  0x0105: "consistency_proof_v2",
  0x0106: "inclusion_proof_v2",
};

export const transparencyInfo: ExtensionCodec = {
  type: 52,
  name: "transparency_info",
  spec: "RFC 9162 §6.5",
  in: { client_hello: readNothing, server_hello: readItems, certificate: readItems, certificate_request: readNothing },
};

function readItems(body: Cursor): ExtensionData {
  return { items: body.vector16().all(readItem) };
}

function readItem(list: Cursor): ExtensionData {
  const item = list.vector16();
  const length = item.remaining;
  return { type: fieldPoint(ITEM_TYPES, item.u16(), 2), length };
}
