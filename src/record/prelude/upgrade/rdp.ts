/** RDP's negotiation of security (MS-RDPBCGR §2.2.1.1, §2.2.1.2) in X.224 connection requests. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, littleAt, numberAt, octetCount, type Party, safe, type Talk, type Unit } from "../talk.ts";

const REQUEST = 0xe0;
const CONFIRM = 0xd0;
/** Octets of TPKT and X.224 headers. */
const HEADER = 11;
const NEGOTIATION = { request: 1, response: 2, failure: 3 } as const;
/** Bits of requestedProtocols. */
const PROTOCOLS: readonly (readonly [number, string])[] = [
  [1, "PROTOCOL_SSL"],
  [2, "PROTOCOL_HYBRID"],
  [4, "PROTOCOL_RDSTLS"],
  [8, "PROTOCOL_HYBRID_EX"],
  [16, "PROTOCOL_RDSAAD"],
];
const FAILURES: Readonly<Record<number, string>> = {
  1: "SSL_REQUIRED_BY_SERVER",
  2: "SSL_NOT_ALLOWED_BY_SERVER",
  3: "SSL_CERT_NOT_ON_SERVER",
  4: "INCONSISTENT_FLAGS",
  5: "HYBRID_REQUIRED_BY_SERVER",
  6: "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
};

export const rdp: Upgrade = {
  name: "rdp",
  speaks: ({ client, server }) => isPdu(client, REQUEST) || (client === "" && isPdu(server, CONFIRM)),
  asks: ({ client, server }) => isPdu(client, REQUEST) || isPdu(server, CONFIRM),
  answers: ({ server }) => isPdu(server, CONFIRM),
  refusal: (talk) => refusalOf(talk),
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

function isPdu(text: string, type: number): boolean {
  return text.startsWith("\x03\0") && text.charCodeAt(5) === type;
}

function refusalOf(talk: Talk): Refusal | undefined {
  const { client, server } = talk;
  if (!isPdu(server, CONFIRM)) return undefined;
  const end = numberAt(server, 2, 2);
  const { packet } = talk.unit("server", end, "");
  const [asked, said] = [negotiation(client), negotiation(server)];
  if (said?.type === NEGOTIATION.failure) return { text: safe(words(server)), packet };
  if (asked === undefined || asked.value === 0) return undefined;
  if (said !== undefined && said.value !== 0) return undefined;
  return client.length > numberAt(client, 2, 2) ? undefined : { text: safe(words(server)), packet, offered: false };
}

/** The negotiation structure at the end of the first PDU. */
function negotiation(text: string): { readonly type: number; readonly value: number } | undefined {
  const at = numberAt(text, 2, 2) - 8;
  if (!(at >= HEADER)) return undefined;
  const type = text.charCodeAt(at);
  const value = littleAt(text, at + 4, 4);
  return (type === 1 || type === 2 || type === 3) && littleAt(text, at + 2, 2) === 8 && !Number.isNaN(value) ? { type, value } : undefined;
}

function words(text: string): string {
  const name = text.charCodeAt(5) === REQUEST ? "Connection Request" : "Connection Confirm";
  const said = negotiation(text);
  if (said === undefined) return `${name} without RDP_NEG`;
  if (said.type === NEGOTIATION.failure) return `${name}, RDP_NEG_FAILURE ${FAILURES[said.value] ?? "unknown"} (${said.value})`;
  const protocols = PROTOCOLS.filter(([bit]) => (said.value & bit) !== 0).map(([, protocol]) => protocol);
  return `${name}, ${said.type === NEGOTIATION.request ? "RDP_NEG_REQ" : "RDP_NEG_RSP"} ${protocols.length === 0 ? "PROTOCOL_RDP" : protocols.join(", ")}`;
}

function units(talk: Talk, from: Party): Unit[] {
  const text = talk[from];
  if (text === "") return [];
  if (!isPdu(text, from === "client" ? REQUEST : CONFIRM)) return [talk.unit(from, text.length, octetCount(text.length))];
  const end = Math.min(text.length, numberAt(text, 2, 2));
  const first = talk.unit(from, end, words(text));
  return end < text.length ? [first, talk.unit(from, text.length, octetCount(text.length - end))] : [first];
}
