/** What opening an exchange gives. */
import type { FlowEvent } from "../flow/flow.ts";
import type { Sealed } from "../record/sealed.ts";
import type { EncryptedRecord, RawMessage } from "../record/tls-stream.ts";

/** A record's plaintext. */
export interface OpenedRecord {
  /** The content type of what is inside. */
  readonly content: number;
  readonly octets: Uint8Array;
  /** Octets of the record before the first octet of its ciphertext that became plaintext. */
  readonly shift: number;
}

/** Opens the record with this sequence number, or `null` if it was not sealed so. */
export type OpenRecord = (record: Sealed, sequence: number) => OpenedRecord | null;

/** Why records were left as they are. */
export type Trouble =
  /** The key log has nothing for this connection. */
  | "missing"
  /** What it has does not fit. */
  | "wrong"
  /** The cipher suite, or the version, is not one that can be opened. */
  | "unsupported";

/** The hello that is seen, or the one inside of it. */
export type UsedHello = "outer" | "inner";

/** An exchange as far as the key log opens it. */
export interface Opening {
  /** Those that were read before and those that the key log opened, in the order of time. */
  readonly messages: readonly RawMessage[];
  /** Records that are no messages, opened or not. */
  readonly encrypted: readonly EncryptedRecord[];
  /** Transport facts that were encrypted. */
  readonly events: readonly FlowEvent[];
  /**
   * Which hello the connection goes on with, where the client's holds another one encrypted (RFC 9849 §5) and the key log
   * tells: its keys are named after the random of the one that was used.
   */
  readonly usedHello?: UsedHello;
  readonly trouble?: Trouble;
  /** Records or packets that were opened. */
  readonly opened: number;
  /** Those that were kept and not opened although there were keys. */
  readonly failed: number;
}
