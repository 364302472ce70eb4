/** TDS (MS-TDS §2.2.6.5): both sides say in PRELOGIN whether they want TLS, and wrap its records in packets until the handshake is over. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, numberAt, octetCount, type Party, REDACTED, safe, type Talk, type Unit } from "../talk.ts";

const HEADER = 8;
const PRELOGIN = 0x12;
const TABULAR_RESULT = 0x04;
const LOGIN7 = 0x10;
/** Values of the option ENCRYPTION, without the bit for a client's certificate. */
const ENCRYPTION = ["ENCRYPT_OFF", "ENCRYPT_ON", "ENCRYPT_NOT_SUP", "ENCRYPT_REQ", "ENCRYPT_EXT"];
const [, ON, NOT_SUPPORTED, REQUIRED] = [0, 1, 2, 3];
/** Numbers of the options VERSION and ENCRYPTION, and the one that ends the list. */
const OPTION = { version: 0, encryption: 1, terminator: 0xff } as const;

interface Prelogin {
  readonly version: string;
  readonly encryption: number;
  readonly end: number;
}

export const tds: Upgrade = {
  name: "tds",
  speaks: ({ client, server }) => (prelogin(client, PRELOGIN) ?? prelogin(server, TABULAR_RESULT)) !== undefined,
  asks: ({ client, server }) => {
    const [wanted, given] = [prelogin(client, PRELOGIN)?.encryption, prelogin(server, TABULAR_RESULT)?.encryption];
    return wanted !== NOT_SUPPORTED && given !== NOT_SUPPORTED;
  },
  answers: ({ server }) => prelogin(server, TABULAR_RESULT) !== undefined,
  refusal: (talk) => refusalOf(talk),
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

function refusalOf(talk: Talk): Refusal | undefined {
  const [ours, theirs] = [prelogin(talk.client, PRELOGIN), prelogin(talk.server, TABULAR_RESULT)];
  if (ours === undefined || theirs === undefined) return undefined;
  const { packet } = talk.unit("server", theirs.end, "");
  const demands = ours.encryption === ON || ours.encryption === REQUIRED;
  if (theirs.encryption === NOT_SUPPORTED && demands) return { text: safe(`ENCRYPTION ${nameOf(theirs.encryption)}`), packet };
  if (ours.encryption === NOT_SUPPORTED && (theirs.encryption === REQUIRED || theirs.encryption === ON)) {
    return { text: safe(`ENCRYPTION ${nameOf(ours.encryption)}`), packet: talk.unit("client", ours.end, "").packet, by: "client" };
  }
  return undefined;
}

function nameOf(encryption: number): string {
  return ENCRYPTION[encryption] ?? `unknown (${encryption})`;
}

function units(talk: Talk, from: Party): Unit[] {
  const text = talk[from];
  const list: Unit[] = [];
  for (let at = 0; at < text.length;) {
    const length = numberAt(text, at + 2, 2);
    const end = length >= HEADER ? Math.min(text.length, at + length) : text.length;
    list.push(talk.unit(from, end, words(text.slice(at, end), from)));
    at = end;
  }
  return list;
}

function words(packet: string, from: Party): string {
  const type = packet.charCodeAt(0);
  const said = prelogin(packet, from === "client" ? PRELOGIN : TABULAR_RESULT);
  if (said !== undefined) return `PRELOGIN version ${said.version}, ENCRYPTION ${nameOf(said.encryption)}`;
  if (type === LOGIN7) return `LOGIN7 ${REDACTED}`;
  return `packet of type 0x${type.toString(16).padStart(2, "0")}, ${octetCount(packet.length)}`;
}

/** The PRELOGIN at the beginning of a side's octets. */
function prelogin(text: string, type: number): Prelogin | undefined {
  if (text.charCodeAt(0) !== type || !(numberAt(text, 2, 2) > HEADER)) return undefined;
  if (text.charCodeAt(HEADER) !== OPTION.version) return undefined;
  let version = "unknown";
  let encryption = -1;
  for (let at = HEADER; text.charCodeAt(at) !== OPTION.terminator; at += 5) {
    const [option, start, length] = [text.charCodeAt(at), HEADER + numberAt(text, at + 1, 2), numberAt(text, at + 3, 2)];
    if (Number.isNaN(length) || option > 0x20) return undefined;
    if (option === OPTION.version && length === 6)
      version = [text.charCodeAt(start), text.charCodeAt(start + 1), numberAt(text, start + 2, 2)].join(".");
    if (option === OPTION.encryption && length === 1) encryption = text.charCodeAt(start) & 0x7f;
  }
  return encryption < 0 ? undefined : { version, encryption, end: Math.min(text.length, numberAt(text, 2, 2)) };
}
