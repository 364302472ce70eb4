/** The result of decrypting an exchange. */
import type { FlowEvent } from "../flow/flow.ts";
import type { Sealed } from "../record/sealed.ts";
import type { EncryptedRecord, RawMessage } from "../record/tls-stream.ts";

/** A record's plaintext. */
export interface OpenedRecord {
  /** The content type of the plaintext. */
  readonly content: number;
  readonly octets: Uint8Array;
  /** Octets of the record before the ciphertext of the first plaintext octet. */
  readonly shift: number;
}

/** Opens the record with this sequence number; `null` if it is not authentic. */
export type OpenRecord = (record: Sealed, sequence: number) => OpenedRecord | null;

/** Why records were not decrypted. */
export type Trouble =
  /** The key log has nothing for this connection. */
  | "missing"
  /** The keys that it has do not fit. */
  | "wrong"
  /** The cipher suite, or the version, is not supported. */
  | "unsupported";

/** The hello that is seen, or the one inside it. */
export type UsedHello = "outer" | "inner";

/** An exchange as far as the key log decrypts it. */
export interface Opening {
  /** Plaintext and decrypted messages, in the order of time. */
  readonly messages: readonly RawMessage[];
  /** Records without messages, decrypted or not. */
  readonly encrypted: readonly EncryptedRecord[];
  /** Transport events that were encrypted. */
  readonly events: readonly FlowEvent[];
  /**
   * Which hello the connection goes on with, if the client's contains another one encrypted (RFC 9849 §5) and the key log
   * shows it: its secrets are listed under the random of the hello that was used.
   */
  readonly usedHello?: UsedHello;
  readonly trouble?: Trouble;
  /** How many records or packets were decrypted. */
  readonly opened: number;
  /** How many were kept but not decrypted, although there were keys. */
  readonly failed: number;
}
