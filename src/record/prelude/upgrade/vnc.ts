/** VNC's security type VeNCrypt, which wraps the rest of RFB (RFC 6143 §7.1.2) in TLS. */
import type { Upgrade } from "../contract.ts";
import { inOrder, octetCount, type Party, safe, type Talk, type Unit } from "../talk.ts";

/** Octets of `RFB 003.008` and a line feed. */
const VERSION = 12;
const VENCRYPT = 19;
/** The older type TLS of vino and others. */
const PLAIN_TLS = 18;

export const vnc: Upgrade = {
  name: "vnc",
  speaks: ({ client, server }) => /^RFB \d{3}\.\d{3}\n/.test(server) || /^RFB \d{3}\.\d{3}\n/.test(client),
  asks: ({ client }) => [VENCRYPT, PLAIN_TLS].includes(client.charCodeAt(VERSION)),
  answers: ({ server }) => server.length > VERSION,
  refusal: (talk) => {
    // An empty list of types is followed by the reason: a text after its four-octet length.
    if (talk.server.charCodeAt(VERSION) !== 0 || talk.server.length < VERSION + 5) return undefined;
    const { packet } = talk.unit("server", talk.server.length, "");
    return { text: safe(talk.server.slice(VERSION + 5)), packet };
  },
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

function units(talk: Talk, from: Party): Unit[] {
  const text = talk[from];
  if (text === "") return [];
  const list = [talk.unit(from, Math.min(VERSION, text.length), text.slice(0, VERSION - 1))];
  const type = text.charCodeAt(VERSION);
  const chosen = from === "client" && (type === VENCRYPT || type === PLAIN_TLS);
  if (chosen) list.push(talk.unit(from, VERSION + 1, `security type ${type} (${type === VENCRYPT ? "VeNCrypt" : "TLS"})`));
  const rest = text.length - VERSION - (chosen ? 1 : 0);
  if (rest > 0) list.push(talk.unit(from, text.length, octetCount(rest)));
  return list;
}
