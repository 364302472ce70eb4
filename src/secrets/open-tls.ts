/**
 * Decrypts the records of a TLS connection with a key log: walks through what both sides sent in the order of the capture,
 * derives keys from hellos (also those of a renegotiation, RFC 5746), and adds the messages in decrypted records.
 */
import { fromHex } from "../bytes/hex.ts";
import type { Decipher } from "../crypto/cipher.ts";
import { LABEL_PREFIX } from "../crypto/hkdf.ts";
import type { SideIndex } from "../flow/pair.ts";
import type { Moment } from "../flow/moment.ts";
import { Defragmenter, type Span } from "../record/defragment.ts";
import type { Sealed } from "../record/sealed.ts";
import { CONTENT } from "../record/tls-record.ts";
import type { EncryptedRecord, Exchange, RawMessage } from "../record/tls-stream.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import { type ClientTerms, clientTerms, issuedTicket, type ServerTerms, serverTerms, usedHelloOf } from "./hello.ts";
import type { OpenedRecord, Opening, OpenRecord, Trouble } from "./opened.ts";
import { sessionKeys } from "./session-keys.ts";
import type { SecretStore } from "./secret-store.ts";
import { TrafficPhases, type TrafficSuite, trafficSuite } from "./traffic-keys.ts";

const HANDSHAKE = { clientHello: 1, serverHello: 2, newSessionTicket: 4, clientKeyExchange: 16 } as const;
/** Drafts of TLS 1.3 before this one did not authenticate the record header. */
const HEADER_DRAFT = 0x7f19;

/** Decrypts `exchange` as far as possible. */
export function openTls(exchange: Exchange, secrets: SecretStore, decipher?: Decipher): Opening {
  return new TlsOpening(exchange, secrets, decipher).run();
}

/** The records of one side. */
interface Direction {
  open: OpenRecord | null;
  sequence: number;
  readonly messages: Defragmenter;
  version: number;
}

class TlsOpening {
  readonly #exchange: Exchange;
  readonly #secrets: SecretStore;
  readonly #decipher: Decipher | undefined;
  /** The server's hello, if it chose TLS 1.3. */
  readonly #modern: ServerTerms | undefined;
  readonly #messages: RawMessage[] = [];
  readonly #encrypted: EncryptedRecord[] = [];
  readonly #directions: readonly [Direction, Direction];
  #client: ClientTerms | undefined;
  #clientSide: SideIndex = 0;
  #server: ServerTerms | undefined;
  /** The random by which the key log knows a connection of TLS 1.3. */
  #random: string | undefined;
  #keyExchange: Uint8Array | undefined;
  #issued: string | undefined;
  #trouble: Trouble | undefined;
  #opened = 0;
  #failed = 0;

  constructor(exchange: Exchange, secrets: SecretStore, decipher: Decipher | undefined) {
    this.#exchange = exchange;
    this.#secrets = secrets;
    this.#decipher = decipher;
    this.#directions = [this.#direction(0), this.#direction(1)];
    const hellos = exchange.messages.filter((message) => message.kind === "handshake" && message.handshakeType === HANDSHAKE.serverHello);
    this.#modern = hellos.map(({ body }) => serverTerms(body)).find((terms) => isTls13(terms?.version));
  }

  run(): Opening {
    const { messages, encrypted } = this.#exchange;
    let next = 0;
    for (const record of encrypted) {
      for (; next < (record.sealed?.after ?? next); next++) this.#take(messages[next] as RawMessage);
      this.#record(record);
    }
    for (const message of messages.slice(next)) this.#take(message);
    for (const direction of this.#directions) direction.messages.lose();
    const trouble = this.#opened === 0 && this.#failed > 0 ? "wrong" : this.#trouble;
    const usedHello = this.#opened > 0 && this.#client !== undefined ? usedHelloOf(this.#client, this.#random) : undefined;
    return {
      messages: this.#messages,
      encrypted: this.#encrypted,
      events: [],
      ...(trouble === undefined ? {} : { trouble }),
      ...(usedHello === undefined ? {} : { usedHello }),
      opened: this.#opened,
      failed: this.#failed,
    };
  }

  #direction(side: SideIndex): Direction {
    const direction: Direction = {
      open: null,
      sequence: 0,
      version: 0,
      messages: new Defragmenter((message) => this.#take({ side, kind: "handshake", ...message, decrypted: true })),
    };
    return direction;
  }

  /** Takes a message, which may change the keys of what follows. */
  #take(message: RawMessage): void {
    this.#messages.push(message);
    if (message.kind === "change_cipher_spec") this.#changeCipherSpec(message.side);
    if (message.kind === "sslv2" && message.body[0] === 1) this.#sslv2Hello(message.side, message.body);
    if (message.kind !== "handshake") return;
    const { side, handshakeType, body } = message;
    if (handshakeType === HANDSHAKE.clientHello) {
      this.#clientSide = side;
      this.#client = clientTerms(body);
      this.#keyExchange = undefined;
      this.#issued = undefined;
      // Early data precedes the server's hello, which determines how it is encrypted.
      if (this.#modern !== undefined) this.#trafficKeys(this.#modern);
    } else if (handshakeType === HANDSHAKE.serverHello) {
      this.#server = serverTerms(body);
    } else if (handshakeType === HANDSHAKE.clientKeyExchange) {
      this.#keyExchange = body;
    } else if (handshakeType === HANDSHAKE.newSessionTicket && this.#modern === undefined) {
      this.#issued = issuedTicket(body);
    }
  }

  /** The challenge takes the place of the random, at its end (RFC 5246 §E.2). */
  #sslv2Hello(side: SideIndex, body: Uint8Array): void {
    if (body.length < 9) return;
    const length = ((body[7] as number) << 8) | (body[8] as number);
    const challenge = body.subarray(Math.max(9, body.length - Math.min(length, 32)));
    const random = new Uint8Array(32);
    random.set(challenge, 32 - challenge.length);
    this.#clientSide = side;
    this.#client = clientTerms(Uint8Array.from([3, 0, ...random]));
  }

  /** TLS 1.3: both sides now have keys, the client perhaps also for early data before the server's hello. */
  #trafficKeys(server: ServerTerms): void {
    const suite = trafficSuite(server.cipherSuite, this.#decipher);
    const serverSide = other(this.#clientSide);
    const first = this.#exchange.encrypted.find(({ side, sealed }) => side === serverSide && sealed?.isWhole === true)?.sealed;
    const random =
      suite === undefined || this.#client === undefined
        ? undefined
        : this.#secrets.randomOf(
            this.#client,
            (inner) => first !== undefined && this.#phases("SERVER", inner, suite, server).open(first) !== null,
          );
    if (suite === undefined) this.#trouble = "unsupported";
    else if (random === undefined) this.#trouble = "missing";
    this.#random = random;
    if (suite === undefined || random === undefined) return;
    for (const role of ["CLIENT", "SERVER"] as const) {
      const phases = this.#phases(role, random, suite, server);
      const direction = this.#directions[role === "CLIENT" ? this.#clientSide : serverSide];
      direction.version = server.version;
      direction.open = phases.isEmpty ? null : (record) => phases.open(record);
    }
  }

  #phases(role: "CLIENT" | "SERVER", random: string, suite: TrafficSuite, { version }: ServerTerms): TrafficPhases {
    const find = (label: string): Uint8Array | undefined => this.#secrets.trafficSecret(label, random, suite);
    const application = find(`${role}_TRAFFIC_SECRET_0`);
    const labels = [...(role === "CLIENT" ? ["CLIENT_EARLY_TRAFFIC_SECRET"] : []), `${role}_HANDSHAKE_TRAFFIC_SECRET`];
    const found = [...labels.map(find), application].filter((secret) => secret !== undefined);
    const authenticatesHeader = version >> 8 !== 0x7f || version >= HEADER_DRAFT;
    return new TrafficPhases(suite, LABEL_PREFIX.tls, found, application !== undefined, authenticatesHeader);
  }

  /** Up to TLS 1.2: from here on the side uses the keys of its handshake. */
  #changeCipherSpec(side: SideIndex): void {
    const server = this.#server;
    if (server === undefined || this.#client === undefined || isTls13(server.version)) return;
    const direction = this.#directions[side];
    direction.open = null;
    direction.sequence = 0;
    direction.version = server.version;
    const random = fromHex(this.#client.random);
    const master = this.#secrets.masterSecret(random, server, server.version, {
      keyExchange: this.#keyExchange,
      offered: this.#client.ticket,
      issued: this.#issued,
    });
    const keys = master === undefined ? undefined : sessionKeys(master, random, server, server.version, this.#decipher);
    if (master === undefined) this.#trouble = "missing";
    // Compressed data (RFC 3749) cannot be read without everything before it.
    else if (keys === undefined || server.compression !== 0) this.#trouble = "unsupported";
    else direction.open = side === this.#clientSide ? keys.client : keys.server;
  }

  #record(record: EncryptedRecord): void {
    const { side, sealed } = record;
    const direction = this.#directions[side];
    const opened = sealed === undefined || direction.open === null ? null : this.#open(direction, direction.open, sealed);
    if (opened === null || sealed === undefined || sealed.moment === null) this.#encrypted.push(record);
    else this.#content(side, direction, opened, sealed, sealed.moment, record);
  }

  #open(direction: Direction, open: OpenRecord, sealed: Sealed): OpenedRecord | null {
    const opened = sealed.isWhole || isTls13(direction.version) ? open(sealed, direction.sequence) : null;
    direction.sequence++;
    if (opened === null) this.#failed++;
    else this.#opened++;
    return opened;
  }

  #content(side: SideIndex, direction: Direction, opened: OpenedRecord, sealed: Sealed, moment: Moment, record: EncryptedRecord): void {
    const { content, octets } = opened;
    const version = ((sealed.octets[1] as number) << 8) | (sealed.octets[2] as number);
    const packets = [...new Set(sealed.spans.map(({ carrier }) => carrier))].sort((a, b) => a - b);
    const plain = { side, body: octets.slice(), packets, moment, recordVersion: version, decrypted: true } as const;
    if (content === CONTENT.handshake && octets.length > 0) {
      if (direction.messages.record(octets, 0, octets.length, spansOf(sealed, opened), version, moment)) return;
    } else if (content === CONTENT.alert && octets.length === 2) {
      this.#take({ ...plain, kind: "alert" });
      return;
    } else if (content === CONTENT.changeCipherSpec && octets.length === 1) {
      this.#take({ ...plain, kind: "change_cipher_spec" });
      return;
    }
    const { sealed: _, ...rest } = record;
    this.#encrypted.push({ ...rest, content, isOpened: true });
  }
}

function other(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

/** The packets that carry the octets of a plaintext: its offsets are those of the ciphertext, minus what precedes that. */
function spansOf({ spans }: Sealed, { octets, shift }: OpenedRecord): Span[] {
  return spans.map(({ end, carrier }, index) => ({ end: index === spans.length - 1 ? octets.length : Math.max(0, end - shift), carrier }));
}
