import type { DecodeContext } from "../../../src/message/message.ts";

/** A body and what it must give. */
export interface MessageVector {
  /** What is special about it. */
  readonly what: string;
  readonly handshakeType: number;
  readonly body: Uint8Array;
  readonly context?: Partial<DecodeContext>;
  readonly fields: { readonly type: string; readonly [field: string]: unknown };
  /** Lengths to which the body may be cut and still be whole: what is optional starts there. */
  readonly whole?: readonly number[];
  /** Its shape is told by what fits: a cut or longer body may be taken for something else, and must only not throw. */
  readonly guessed?: boolean;
}
export const point = (id: string, name: string | null): { id: string; name: string | null } => ({ id, name });
export const octets = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
export const TLS12 = 0x0303;
export const TLS13 = 0x0304;
