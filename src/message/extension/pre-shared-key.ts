/** `pre_shared_key` (RFC 9846 §4.2.11): tickets or external keys that the client has, each with its binder; the server's pick by number. */
import type { Cursor } from "../../bytes/cursor.ts";
import { toText } from "../../bytes/text.ts";
import { readLength8 } from "../read-values.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

/** Octets up to which an identity is taken for a name that somebody gave to an external key; tickets are longer. */
const NAME_OCTETS = 64;

export const preSharedKey: ExtensionCodec = {
  type: 41,
  name: "pre_shared_key",
  spec: "RFC 9846 §4.2.11",
  in: { client_hello: readOffer, server_hello: (body) => ({ selectedIdentity: body.u16() }) },
};

function readOffer(body: Cursor): ExtensionData {
  return { identities: body.vector16().all(readIdentity), binderLengths: body.vector16().all(readLength8) };
}

function readIdentity(list: Cursor): ExtensionData {
  const octets = list.vector16();
  const length = octets.remaining;
  const obfuscatedTicketAge = list.u32();
  if (length > NAME_OCTETS) return { length, obfuscatedTicketAge };
  return { length, identity: toText(octets.bytes, octets.position, octets.end), obfuscatedTicketAge };
}
