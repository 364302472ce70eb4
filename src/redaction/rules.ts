/** How values are replaced in all parts of a capture. */
import type { Pseudonyms } from "./pseudonym.ts";

/** Shared by all parts of the redaction. */
export interface RedactionRules {
  readonly names: Pseudonyms;
  /** Server names, and the texts of certificates, stay. */
  readonly keepNames: boolean;
  /** The addresses of the packets, 4 or 16 octets each. */
  readonly addresses: readonly Uint8Array[];
}
