/**
 * What an extension codec is: a number, its name, and for each message in which the extension may
 * stand the reader of the body that it has there. A reader returns plain data or throws the cursor's
 * fault; a single place checks for all of them that nothing of the body is left.
 */
import type { Cursor } from "../../bytes/cursor.ts";

/** A message that carries extensions, as in the table of RFC 9846 §4.2. */
export type Place =
  | "client_hello"
  | "server_hello"
  | "hello_retry_request"
  | "encrypted_extensions"
  | "certificate"
  | "certificate_request"
  | "new_session_ticket";

/** The fields of an extension: camelCase names, code points, numbers, safe text, hex. */
export interface ExtensionData {
  readonly [field: string]: unknown;
}

/** Reads the whole of an extension's body. */
export type ExtensionReader = (body: Cursor) => ExtensionData;

/** One extension. */
export interface ExtensionCodec {
  /** ExtensionType. */
  readonly type: number;
  /** As in the registry. */
  readonly name: string;
  /** Where its body is specified. */
  readonly spec: string;
  /** The reader for each place in which it is specified, or in which deployed peers send it. */
  readonly in: { readonly [place in Place]?: ExtensionReader };
}

const NOTHING: ExtensionData = Object.freeze({});

/** Reads a body that must be empty: the extension is a flag. */
export function readNothing(): ExtensionData {
  return NOTHING;
}
