/** Fixes where a certificate does not pass strict checks of RFC 5280. */
import type { Fix } from "../contract.ts";

export const STRICT_X509: readonly Fix[] = [
  {
    where: "server",
    text: "have it reissued with subject and authority key identifiers, and a CA with critical basicConstraints and keyUsage",
    source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1",
  },
  {
    where: "python",
    text: "Python 3.13 and later, until then: ctx.verify_flags &= ~ssl.VERIFY_X509_STRICT",
    source: "https://docs.python.org/3/whatsnew/3.13.html#ssl",
  },
  { where: "openssl", text: "leave out -x509_strict", source: "https://docs.openssl.org/3.0/man1/openssl-verification-options/" },
];
