/** `next_protocol_negotiation` (draft-agl-tls-nextprotoneg-04 §3): before ALPN; the server lists, the client picks in a message of its own. */
import { readTexts8 } from "../read-values.ts";
import { type ExtensionCodec, readNothing } from "./contract.ts";

export const nextProtocolNegotiation: ExtensionCodec = {
  type: 0x3374,
  name: "next_protocol_negotiation",
  spec: "draft-agl-tls-nextprotoneg-04 §3",
  in: { client_hello: readNothing, server_hello: (body) => ({ protocols: readTexts8(body) }) },
};
