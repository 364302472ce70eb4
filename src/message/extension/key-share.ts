/**
 * `key_share` (RFC 9846 §4.2.8): the client's public values, the server's, or the group in which a
 * HelloRetryRequest wants one. Drafts before 23 used another number for the same bodies.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { readLength16 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const keyShare: ExtensionCodec = {
  type: 51,
  name: "key_share",
  spec: "RFC 9846 §4.2.8",
  in: {
    client_hello: (body) => ({ entries: body.vector16().all(readEntry) }),
    server_hello: (body) => ({ entry: readEntry(body) }),
    hello_retry_request: (body) => ({ group: codePoint("supported_groups", body.u16()) }),
  },
};

export const keyShareDraft: ExtensionCodec = { ...keyShare, type: 40, name: "key_share_draft", spec: "draft-ietf-tls-tls13-22 §4.2.7" };

function readEntry(cursor: Cursor): ExtensionData {
  return { group: codePoint("supported_groups", cursor.u16()), length: readLength16(cursor) };
}
