/** Handshakes whose keys or transcripts differ: one side could not read the other's first encrypted record. */
import type { View } from "./view.ts";

/** A side that could not decrypt, or did not accept, what the other one encrypted. */
export interface Unreadable {
  readonly by: "client" | "server";
  readonly number: number;
  readonly packet: number;
  readonly words: string;
}

/** An alert bad_record_mac or decrypt_error (or decode_error) after the keys have changed. */
export function authFailed({ failing }: View): Unreadable | undefined {
  const { alert } = failing;
  if (alert === undefined || ![20, 51].includes(alert.number)) return undefined;
  const { by, number, packet, name } = alert;
  const words = `the ${by} sends ${name} after ${alert.after === "" ? "the keys have changed" : alert.after}`;
  if (failing.isTls13) return by === "client" || failing.records("client").length > 0 ? { by, number, packet, words } : undefined;
  const changed = failing.messages.some((message) => message.type === "change_cipher_spec" && message.from !== by);
  return changed ? { by, number, packet, words } : undefined;
}
