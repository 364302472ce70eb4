/** What a message decoder is: it fills in the fields in wire order, so that damage leaves those before it. */
import type { Cursor } from "../bytes/cursor.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";

/** Reads a message's body into `fields`; throws the cursor's fault. The caller checks that nothing is left. */
export type BodyDecoder = (body: Cursor, fields: DecodedBody, context: DecodeContext) => void;
