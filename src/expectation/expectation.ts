/** What a user expects of a capture's handshakes, and what came of it: the types of `tls-diff.config.json` and of `tls-diff check`. */
import type { Difference, DifferenceClass } from "../diff/difference.ts";

/** The lists of a client hello of which something can be expected. */
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

/** What is expected of every handshake that was chosen. */
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
  /** Classes of differences from the baseline that count; before the configuration's own. */
  readonly failOn?: readonly DifferenceClass[];
}

/** A `tls-diff.config.json`. */
export interface Configuration {
  readonly failOn?: readonly DifferenceClass[];
  readonly captures: readonly ExpectedCapture[];
}

/** One expectation, and whether it held. */
export interface CheckedItem {
  /** `mustOffer.cipherSuites`, `baseline`, `outcome`: where the configuration says it. */
  readonly expectation: string;
  /** The handshake of the capture; absent where the whole capture is meant. */
  readonly handshake?: number;
  readonly passed: boolean;
  /** One sentence without its dot: what was expected, or what is wrong. */
  readonly message: string;
  /** Of a baseline: the difference. */
  readonly difference?: Difference;
}

/** What came of one capture. */
export interface CheckedCapture {
  readonly capture: string;
  readonly baseline?: string;
  /** The baseline was written. */
  readonly updated?: boolean;
  /** Why nothing could be checked: one sentence without its dot. */
  readonly error?: { readonly code: "unreadable" | "no-handshake"; readonly message: string };
  readonly items: readonly CheckedItem[];
}
