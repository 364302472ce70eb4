/**
 * A server's certificate that came alone, and what it says of its issuer: a CA below a root, whose certificate should
 * have come along, or a root that the client may not know. Both end in the same alert.
 */
import type { CertificateEntry } from "../message/message.ts";

/** Who issued it, as far as the certificate tells. */
export type Issuer = "intermediate" | "root" | "unknown";

const INTERMEDIATE = "intermediate|inter|issuing|issuer|sub(?:ordinate)?|ica\\d*|[re]\\d{1,2}";
const IN_NAME = { intermediate: new RegExp(`\\b(?:${INTERMEDIATE})\\b`, "i"), root: /\broot\b/i };
const ALONE = new RegExp(`^(?:${INTERMEDIATE}|root)$`, "i");

/** Is it a word by which an authority's name tells where in a chain it stands? */
export function tellsPlace(word: string): boolean {
  return ALONE.test(word);
}

/** Is the certificate of whoever issued the server's own missing among those that came with it? Its own may have come twice, or with the root alone. */
export function lacksIssuer([leaf, ...others]: readonly CertificateEntry[]): boolean {
  if (leaf?.issuer === undefined || leaf.issuer === leaf.subject || leaf.basicConstraints?.ca === true) return false;
  return !others.some(({ subject }) => subject === leaf.issuer);
}

/** Public CAs issue from below their roots, say where the issuer's certificate lies, and log what they issue. */
export function issuerOf({ issuer = "", authorityInfoAccess, signedCertificateTimestamps = 0 }: CertificateEntry): Issuer {
  if ((authorityInfoAccess?.caIssuers ?? []).length > 0 || signedCertificateTimestamps > 0) return "intermediate";
  const common = /CN=([^,+]+)/.exec(issuer)?.[1] ?? issuer;
  if (IN_NAME.intermediate.test(common)) return "intermediate";
  return IN_NAME.root.test(common) ? "root" : "unknown";
}
