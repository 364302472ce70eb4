/**
 * Decrypts the records of a DTLS association with a key log. Each record has its number and that of its keys, so it does
 * not matter in which order they come, or if some are missing; in DTLS 1.3 the record number is encrypted (RFC 9147 §4.2.3).
 */
import { fromHex } from "../bytes/hex.ts";
import { type Decipher, headerMaskOf } from "../crypto/cipher.ts";
import { expandLabel, LABEL_PREFIX } from "../crypto/hkdf.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import { DtlsMessages } from "../record/dtls-messages.ts";
import { FRAGMENT_HEADER, fragmentAt } from "../record/dtls-record.ts";
import type { Sealed } from "../record/sealed.ts";
import { CONTENT } from "../record/tls-record.ts";
import type { EncryptedRecord, Exchange, RawMessage } from "../record/tls-stream.ts";
import { isTls13, tlsCounterpart } from "../registry/tls-versions.ts";
import { clientTerms, issuedTicket, type ServerTerms, serverTerms } from "./hello.ts";
import type { OpenedRecord, Opening, OpenRecord, Trouble } from "./opened.ts";
import type { SecretStore, SessionTerms } from "./secret-store.ts";
import { sessionKeys } from "./session-keys.ts";
import { nextSecret, openWith, type TrafficKeys, trafficKeys, type TrafficSuite, trafficSuite } from "./traffic-keys.ts";

/** DTLS 1.2 as its records call it; those of DTLS 1.3 have no version (RFC 9147 §4). */
const DTLS12 = 0xfefd;
const HANDSHAKE = { newSessionTicket: 4, clientKeyExchange: 16 } as const;
/** Keys by their number (RFC 9147 §6.1). */
const EPOCH = { early: 1, handshake: 2, application: 3 } as const;
/** How many key updates are tried. */
const MAX_UPDATES = 16;

/** Decrypts `exchange` as far as possible. */
export function openDtls(exchange: Exchange, secrets: SecretStore, decipher?: Decipher): Opening {
  const found = keysOf(exchange, secrets, decipher);
  if (typeof found === "string")
    return { messages: exchange.messages, encrypted: exchange.encrypted, events: [], trouble: found, opened: 0, failed: 0 };
  const messages: RawMessage[] = [...exchange.messages];
  const encrypted: EncryptedRecord[] = [];
  const sides = [0, 1].map((side) => new DtlsSide(side as SideIndex, messages)) as [DtlsSide, DtlsSide];
  let opened = 0;
  let failed = 0;
  for (const record of exchange.encrypted) {
    const { sealed, side, epoch = 0 } = record;
    const plain = sealed?.isWhole === true ? found[side](sealed, epoch) : null;
    if (plain === null || sealed === undefined || sealed.moment === null) {
      if (sealed !== undefined) failed++;
      encrypted.push(record);
      continue;
    }
    opened++;
    if (sides[side].take(plain, sealed, sealed.moment)) continue;
    const { sealed: _, ...rest } = record;
    encrypted.push({ ...rest, content: plain.content, isOpened: true });
  }
  for (const side of sides) side.end();
  const trouble: { trouble?: Trouble } = opened === 0 && failed > 0 ? { trouble: "wrong" } : {};
  return { messages, encrypted, events: [], ...trouble, opened, failed };
}

type Keys = readonly [OpenRecord, OpenRecord];

/** The functions that open the records of each side; their second argument is the epoch, in DTLS 1.3 only its two lower bits. */
function keysOf({ messages }: Exchange, secrets: SecretStore, decipher: Decipher | undefined): Keys | Trouble {
  const handshakes = messages.filter((message) => message.kind === "handshake");
  const hello = handshakes.findLast(({ handshakeType }) => handshakeType === 1);
  const client = hello === undefined ? undefined : clientTerms(hello.body);
  const server = handshakes.flatMap(({ handshakeType, body }) => (handshakeType === 2 ? (serverTerms(body) ?? []) : []))[0];
  if (hello === undefined || client === undefined || server === undefined) return "missing";
  const bodyOf = (type: number): Uint8Array | undefined => handshakes.find(({ handshakeType }) => handshakeType === type)?.body;
  const ticket = bodyOf(HANDSHAKE.newSessionTicket);
  const session = {
    keyExchange: bodyOf(HANDSHAKE.clientKeyExchange),
    offered: client.ticket,
    issued: ticket === undefined ? undefined : issuedTicket(ticket),
  };
  const pair = isTls13(server.version)
    ? unifiedKeys(client.random, server, secrets, decipher)
    : sessionPair(client.random, server, secrets, decipher, session);
  if (typeof pair === "string") return pair;
  return hello.side === 0 ? [pair.client, pair.server] : [pair.server, pair.client];
}

interface KeyPair {
  readonly client: OpenRecord;
  readonly server: OpenRecord;
}

function sessionPair(
  clientRandom: string,
  server: ServerTerms,
  secrets: SecretStore,
  decipher: Decipher | undefined,
  session: SessionTerms,
): KeyPair | Trouble {
  const random = fromHex(clientRandom);
  const version = tlsCounterpart(server.version);
  const master = secrets.masterSecret(random, server, version, session);
  if (master === undefined) return "missing";
  return (server.compression === 0 ? sessionKeys(master, random, server, version, decipher) : undefined) ?? "unsupported";
}

function unifiedKeys(random: string, server: ServerTerms, secrets: SecretStore, decipher: Decipher | undefined): KeyPair | Trouble {
  if (!secrets.knows(random)) return "missing";
  const suite = trafficSuite(server.cipherSuite, decipher);
  if (suite === undefined) return "unsupported";
  const find = (label: string): Uint8Array | undefined => secrets.trafficSecret(label, random, suite);
  const side = (role: string, early: Uint8Array | undefined): OpenRecord => {
    const epochs = new UnifiedEpochs(suite, early, find(`${role}_HANDSHAKE_TRAFFIC_SECRET`), find(`${role}_TRAFFIC_SECRET_0`));
    return (record, epoch) => epochs.open(record, epoch);
  };
  return { client: side("CLIENT", find("CLIENT_EARLY_TRAFFIC_SECRET")), server: side("SERVER", undefined) };
}

/** The keys of one epoch, and the number expected of its next record. */
interface Epoch extends TrafficKeys {
  readonly sn: Uint8Array;
  next: number;
}

/** The records of one side of DTLS 1.3. */
class UnifiedEpochs {
  readonly #suite: TrafficSuite;
  readonly #secrets: (Uint8Array | undefined)[];
  readonly #epochs = new Map<number, Epoch>();

  constructor(suite: TrafficSuite, early: Uint8Array | undefined, handshake: Uint8Array | undefined, application: Uint8Array | undefined) {
    this.#suite = suite;
    this.#secrets = [undefined, early, handshake, application];
  }

  /** Opens a record of an epoch whose two lower bits are `bits`. */
  open(record: Sealed, bits: number): OpenedRecord | null {
    for (let number = bits === 0 ? 4 : bits; number < EPOCH.application + MAX_UPDATES; number += 4) {
      const epoch = this.#epoch(number);
      const opened = epoch === undefined ? null : this.#open(record, epoch);
      if (opened !== null) return opened;
    }
    return null;
  }

  #epoch(number: number): Epoch | undefined {
    const known = this.#epochs.get(number);
    if (known !== undefined) return known;
    while (this.#secrets.length <= number) {
      const last = this.#secrets.at(-1);
      this.#secrets.push(last === undefined ? undefined : nextSecret(this.#suite, last, LABEL_PREFIX.dtls));
    }
    const secret = this.#secrets[number];
    if (secret === undefined) return undefined;
    const keys = trafficKeys(this.#suite, secret, LABEL_PREFIX.dtls);
    const sn = expandLabel(this.#suite.hash, secret, `${LABEL_PREFIX.dtls}sn`, this.#suite.keyLength);
    const epoch = { ...keys, sn, next: 0 };
    this.#epochs.set(number, epoch);
    return epoch;
  }

  #open({ octets, header }: Sealed, epoch: Epoch): OpenedRecord | null {
    if (octets.length - header < 16) return null;
    const head = octets.slice(0, header);
    const first = head[0] as number;
    const size = (first & 0x08) === 0 ? 1 : 2;
    const at = header - size - ((first & 0x04) === 0 ? 0 : 2);
    const mask = headerMaskOf(this.#suite.cipher)(epoch.sn, octets.slice(header, header + 16));
    let truncated = 0;
    for (let index = 0; index < size; index++) {
      head[at + index] = (head[at + index] as number) ^ (mask[index] as number);
      truncated = truncated * 256 + (head[at + index] as number);
    }
    const sequence = wholeNumber(truncated, 256 ** size, epoch.next);
    const opened = openWith(this.#suite, epoch, sequence, head, octets.subarray(header));
    if (opened === null) return null;
    epoch.next = Math.max(epoch.next, sequence + 1);
    return { ...opened, shift: header };
  }
}

/** The number nearest to the expected one that ends in these octets (RFC 9147 §4.2.2). */
function wholeNumber(truncated: number, window: number, expected: number): number {
  const candidate = expected - (expected % window) + truncated;
  if (candidate + window / 2 < expected) return candidate + window;
  return candidate >= expected + window / 2 && candidate >= window ? candidate - window : candidate;
}

/** Collects what one side said in decrypted records. */
class DtlsSide {
  readonly #side: SideIndex;
  readonly #list: RawMessage[];
  readonly #messages: DtlsMessages;
  #isUnified = false;

  /** Messages go into `list`. */
  constructor(side: SideIndex, list: RawMessage[]) {
    this.#side = side;
    this.#list = list;
    this.#messages = new DtlsMessages((message) => {
      const { handshakeType, body, length, packets, moment, recordVersion } = message;
      const version = this.#isUnified ? {} : { recordVersion };
      list.push({ side, kind: "handshake", handshakeType, body, length, packets, moment, ...version, decrypted: true });
    });
  }

  /** Takes a record's plaintext; false if it holds no message. */
  take({ content, octets }: OpenedRecord, sealed: Sealed, moment: Moment): boolean {
    this.#isUnified = (sealed.octets[0] as number) >> 5 === 1;
    if (content === CONTENT.handshake) return this.#fragments(octets, moment);
    if (content !== CONTENT.alert || octets.length !== 2) return false;
    const isSent = this.#list.some(
      ({ kind, side, decrypted, ...message }) =>
        kind === "alert" && side === this.#side && decrypted === true && "body" in message && message.body[1] === octets[1],
    );
    const version = this.#isUnified ? {} : { recordVersion: DTLS12 };
    if (!isSent) {
      this.#list.push({
        side: this.#side,
        kind: "alert",
        body: octets.slice(),
        packets: [moment.number],
        moment,
        ...version,
        decrypted: true,
      });
    }
    return true;
  }

  /** Nothing more will come. */
  end(): void {
    this.#messages.end();
  }

  #fragments(octets: Uint8Array, moment: Moment): boolean {
    let at = 0;
    while (octets.length - at >= FRAGMENT_HEADER) {
      const fragment = fragmentAt(octets, at, octets.length, octets.length);
      if (fragment === null) break;
      this.#messages.fragment(octets, fragment, DTLS12, moment);
      at = fragment.start + fragment.announced;
    }
    return at > 0;
  }
}
