/** Fixes for servers, and for finding out what only a server or a second capture can tell. */
import type { Fix } from "../contract.ts";

/** A fix that only the server can apply. */
export function fixServer(text: string, source: string): readonly Fix[] {
  return [{ where: "server", text, source }];
}

/** Points to the server's own log, which says what the alert does not. */
export const SERVER_LOG: Fix = {
  where: "server",
  text: "read its log at the time of the failure: it names the reason that the capture cannot show",
  source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
};

/** Captures at both ends at the same time show who is at fault. */
export const BOTH_ENDS: Fix = {
  where: "path",
  text: "capture at the client and at the server at once: what leaves one and does not reach the other was stopped between them",
  source: "https://www.rfc-editor.org/rfc/rfc9293",
};
