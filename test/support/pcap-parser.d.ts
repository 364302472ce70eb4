/** What the tests use of the package `pcap-parser`, which has no types of its own. */
declare module "pcap-parser" {
  import type { EventEmitter } from "node:events";
  import type { Readable } from "node:stream";

  export interface Packet {
    readonly header: {
      readonly timestampSeconds: number;
      readonly timestampMicroseconds: number;
      readonly capturedLength: number;
      readonly originalLength: number;
    };
    readonly data: Buffer;
  }

  /** Emits `packet`, `end` and `error`. */
  export function parse(input: string | Readable): EventEmitter;
}
