/** Numbers of the registries to the shape in which the model and the JSON carry them. */

/** A number of a registry with its name, or `null` if the registry has none. */
export interface CodePoint {
  /** `0x` and as many lower-case hex digits as the field has octets. */
  readonly id: string;
  /** As IANA spells it; `GREASE` for RFC 8701 values. */
  readonly name: string | null;
  /** Cipher suites only: the name that OpenSSL uses. */
  readonly openssl?: string;
}
