/** `trust_anchors` (draft-ietf-tls-trust-anchor-ids §4): short names of root authorities, to pick a certificate chain by. */
import type { Cursor } from "../../bytes/cursor.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

export const trustAnchors: ExtensionCodec = {
  type: 0xca34,
  name: "trust_anchors",
  spec: "draft-ietf-tls-trust-anchor-ids §4",
  in: { client_hello: readAnchors, encrypted_extensions: readAnchors, certificate_request: readAnchors, certificate: readNothing },
};

function readAnchors(body: Cursor): ExtensionData {
  return { trustAnchors: body.vector16().all(readAnchor) };
}

/** A relative object identifier: numbers in base 128, whose eighth bit is set in all octets but the last. */
function readAnchor(list: Cursor): string {
  const octets = list.vector8();
  const numbers: number[] = [];
  let number = 0;
  let open = true;
  while (octets.remaining > 0) {
    const octet = octets.u8();
    number = number * 128 + (octet & 0x7f);
    open = octet >= 0x80;
    if (open) continue;
    if (number > Number.MAX_SAFE_INTEGER) throw octets.illegal();
    numbers.push(number);
    number = 0;
  }
  if (open) throw octets.illegal();
  return numbers.join(".");
}
