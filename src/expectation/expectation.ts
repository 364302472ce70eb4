/** What a user expects of a capture's handshakes, and the results: the types of `tls-diff.config.json` and of `tls-diff check`. */
import type { Difference, DifferenceClass } from "../diff/difference.ts";

/** The lists of a client hello that expectations can be about. */
export type OfferedList =
  | "versions"
  | "cipherSuites"
  | "extensions"
  | "groups"
  | "keyShares"
  | "signatureSchemes"
  | "alpn"
  | "compressionMethods";

/** Members by list: IANA's name, OpenSSL's, or the number as `0x1301`; any letter case. */
export type Offers = Readonly<Partial<Record<OfferedList, readonly string[]>>>;

/** What is expected of every selected handshake. */
export interface Expectation {
  readonly mustOffer?: Offers;
  readonly mustNotOffer?: Offers;
  /** These, and no others, in this order. */
  readonly exactly?: Offers;
  /** These, and no others, in any order. */
  readonly anyOrder?: Offers;
  readonly outcome?: "established" | "failed" | "incomplete";
  readonly fingerprint?: { readonly ja3?: string; readonly ja4?: string };
  /** The highest version that the client offers, as `TLS 1.3`. */
  readonly highestVersion?: string;
}

/** One capture of a configuration. */
export interface ExpectedCapture extends Expectation {
  /** Path, relative to the configuration, as are the others. */
  readonly capture: string;
  readonly keylog?: string;
  /** A snapshot with which the handshakes are compared. */
  readonly baseline?: string;
  readonly sni?: string;
  readonly server?: string;
  readonly stream?: number;
  /** Classes of differences from the baseline that count; takes precedence over the configuration's. */
  readonly failOn?: readonly DifferenceClass[];
}

/** A `tls-diff.config.json`. */
export interface Configuration {
  readonly failOn?: readonly DifferenceClass[];
  readonly captures: readonly ExpectedCapture[];
}

/** One expectation, and whether it was met. */
export interface CheckedItem {
  /** Its key in the configuration: `mustOffer.cipherSuites`, `baseline`, `outcome`. */
  readonly expectation: string;
  /** The handshake of the capture; absent if it is about the whole capture. */
  readonly handshake?: number;
  readonly passed: boolean;
  /** One sentence without its full stop: what was expected, or what is wrong. */
  readonly message: string;
  /** For a baseline: the difference. */
  readonly difference?: Difference;
}

/** The results for one capture. */
export interface CheckedCapture {
  readonly capture: string;
  readonly baseline?: string;
  /** The baseline was written. */
  readonly updated?: boolean;
  /** Why nothing could be checked: one sentence without its full stop. */
  readonly error?: { readonly code: "unreadable" | "no-handshake"; readonly message: string };
  readonly items: readonly CheckedItem[];
}
