/** `server_name` (RFC 6066 §3): the name that the client asks for; a server only confirms. */
import type { Cursor } from "../../bytes/cursor.ts";
import { readText16 } from "../read-values.ts";
import { type ExtensionCodec, type ExtensionData, readNothing } from "./contract.ts";

const HOST_NAME = 0;

export const serverName: ExtensionCodec = {
  type: 0,
  name: "server_name",
  spec: "RFC 6066 §3",
  in: { client_hello: readNames, server_hello: readNothing, encrypted_extensions: readNothing, certificate_request: readNames },
};

/** The first host name; anything else in the list, which no client sends, goes into `otherNames`. */
function readNames(body: Cursor): ExtensionData {
  const list = body.vector16();
  if (list.remaining === 0) throw list.illegal();
  let name: string | undefined;
  let otherNames: { nameType: number; name: string }[] | undefined;
  while (list.remaining > 0) {
    const nameType = list.u8();
    const text = readText16(list);
    if (nameType === HOST_NAME && name === undefined) name = text;
    else (otherNames ??= []).push({ nameType, name: text });
  }
  return {
    ...(name === undefined ? {} : { serverName: name }),
    ...(otherNames === undefined ? {} : { otherNames }),
  };
}
