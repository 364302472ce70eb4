/** For alerts in which one side complains about what it received. */
import type { Fix } from "../contract.ts";

/** The message before the alert is the one that was refused. */
export const LAST_MESSAGE: Fix = {
  where: "client",
  text: "look at the last message before the alert: tls-diff show FILE",
  source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
};
