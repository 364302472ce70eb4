/**
 * The entrance of this room: key logs and exchanges whose connections have ended come in, and the exchanges go out with what could be
 * decrypted. Nothing is thrown; an exchange that cannot be decrypted is returned unchanged, with the reason as a note.
 */
import type { Decipher } from "../crypto/cipher.ts";
import { counted, type Note } from "../fault/note.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { Exchange } from "../record/tls-stream.ts";
import type { KeyLog } from "./key-log.ts";
import { openDtls } from "./open-dtls.ts";
import { openQuic } from "./open-quic.ts";
import { openTls } from "./open-tls.ts";
import type { Opening, Trouble, UsedHello } from "./opened.ts";
import { SecretStore } from "./secret-store.ts";

/** An exchange after decryption, and what to report about it. */
export interface OpenedExchange {
  readonly exchange: Exchange;
  /** Transport events that were encrypted. */
  readonly events: readonly FlowEvent[];
  readonly usedHello?: UsedHello;
  readonly note: Note | null;
}

const OPENERS = { tls: openTls, dtls: openDtls, quic: openQuic } as const;

const WORDS: Readonly<Record<Trouble, string>> = {
  missing: "the key log has no keys for this connection",
  wrong: "the keys in the key log do not fit this connection: nothing could be decrypted",
  unsupported: "this connection cannot be decrypted: its cipher suite, version or compression is not supported",
};

/** What to decrypt with. */
export interface DecryptorOptions {
  readonly keyLog?: KeyLog;
  /** Provides ciphers that the portable core does not have. */
  readonly decipher?: Decipher;
}

/** Decrypts exchanges with key logs (RFC 9850). */
export class Decryptor {
  readonly #secrets: SecretStore;
  readonly #decipher: Decipher | undefined;

  constructor({ keyLog, decipher }: DecryptorOptions = {}) {
    this.#secrets = new SecretStore(keyLog);
    this.#decipher = decipher;
  }

  /** Are there any secrets? */
  get isHopeful(): boolean {
    return !this.#secrets.isEmpty;
  }

  /** Takes the octets of a key log. */
  addKeyLog(octets: Uint8Array): void {
    this.#secrets.add(octets);
  }

  /** Decrypts an exchange as far as possible. */
  open(exchange: Exchange): OpenedExchange {
    if (this.#secrets.isEmpty || exchange.encrypted.length === 0) return { exchange, events: [], note: null };
    const opening = OPENERS[exchange.protocol](exchange, this.#secrets, this.#decipher);
    const { id, protocol, events, client, leftOut } = exchange;
    const { messages, encrypted } = opening;
    return {
      exchange: {
        id,
        protocol,
        messages,
        encrypted,
        leftOut,
        ...(events === undefined ? {} : { events }),
        ...(client === undefined ? {} : { client }),
        release: () => exchange.release(),
      },
      events: opening.events,
      ...(opening.usedHello === undefined ? {} : { usedHello: opening.usedHello }),
      note: noteOf(opening),
    };
  }
}

function noteOf({ trouble, opened, failed }: Opening): Note | null {
  if (trouble !== undefined && opened === 0) return { code: `keys-${trouble}`, count: 1, message: WORDS[trouble] };
  if (failed === 0) return null;
  return { code: "not-decrypted", count: failed, message: `${counted(failed, "encrypted record")} that the key log does not open` };
}
