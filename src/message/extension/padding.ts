/** `padding` (RFC 7685 §3): zeros that make the hello longer. Also under the number that it had before. */
import type { Cursor } from "../../bytes/cursor.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const padding: ExtensionCodec = { type: 21, name: "padding", spec: "RFC 7685 §3", in: { client_hello: readZeros } };

export const paddingOld: ExtensionCodec = { ...padding, type: 0x8b47, name: "padding_old" };

function readZeros(body: Cursor): ExtensionData {
  const paddingLength = body.remaining;
  while (body.position < body.end && body.bytes[body.position] === 0) body.position++;
  if (body.remaining > 0) throw body.illegal();
  return { paddingLength };
}
