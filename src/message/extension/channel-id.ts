/** `channel_id` (draft-balfanz-tls-channelid-01 §3): the client has a key for this server; always empty. Also under its first number. */
import { type ExtensionCodec, readNothing } from "./contract.ts";

const SPEC = "draft-balfanz-tls-channelid-01 §3";

export const channelId: ExtensionCodec = {
  type: 0x7550,
  name: "channel_id",
  spec: SPEC,
  in: { client_hello: readNothing, server_hello: readNothing, encrypted_extensions: readNothing },
};

export const channelIdOld: ExtensionCodec = { ...channelId, type: 0x754f, name: "channel_id_old" };
