/**
 * Judges the issuer of a server certificate that was sent alone: an intermediate CA, whose certificate should
 * have been sent as well, or a root that the client may not know. Both lead to the same alert.
 */
import type { CertificateEntry } from "../message/message.ts";

/** Who issued it, as far as the certificate shows. */
export type Issuer = "intermediate" | "root" | "unknown";

const INTERMEDIATE = "intermediate|inter|issuing|issuer|sub(?:ordinate)?|ica\\d*|[re]\\d{1,2}";
const IN_NAME = { intermediate: new RegExp(`\\b(?:${INTERMEDIATE})\\b`, "i"), root: /\broot\b/i };
const ALONE = new RegExp(`^(?:${INTERMEDIATE}|root)$`, "i");

/** Is it a word in an authority's name that shows its place in a chain? */
export function tellsPlace(word: string): boolean {
  return ALONE.test(word);
}

/** Is the certificate of the CA that issued the server's missing in the chain? The server's own may have been sent twice, or with the root only. */
export function lacksIssuer([leaf, ...others]: readonly CertificateEntry[]): boolean {
  if (leaf?.issuer === undefined || leaf.issuer === leaf.subject || leaf.basicConstraints?.ca === true) return false;
  return !others.some(({ subject }) => subject === leaf.issuer);
}

/** Public CAs issue from intermediates, include the URL of the issuer's certificate, and log what they issue. */
export function issuerOf({ issuer = "", authorityInfoAccess, signedCertificateTimestamps = 0 }: CertificateEntry): Issuer {
  if ((authorityInfoAccess?.caIssuers ?? []).length > 0 || signedCertificateTimestamps > 0) return "intermediate";
  const common = /CN=([^,+]+)/.exec(issuer)?.[1] ?? issuer;
  if (IN_NAME.intermediate.test(common)) return "intermediate";
  return IN_NAME.root.test(common) ? "root" : "unknown";
}
