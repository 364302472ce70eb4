/** The server's certificate may not be used for servers. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { certificateClaim } from "../rejection.ts";

export const certEkuMismatch: Rule = {
  id: "cert-eku-mismatch",
  title: "The certificate is not for servers",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "x509: certificate specifies an incompatible key usage" },
      { stack: "OpenSSL", text: "certificate verify failed: unsuitable certificate purpose" },
      { stack: "Java", text: "Extended key usage does not permit use for TLS server authentication" },
      { stack: "rustls", text: "invalid peer certificate: InvalidPurpose" },
    ],
    cause:
      "extendedKeyUsage lists what a certificate may be used for, and serverAuth is not in it: a client's certificate was installed on the server.",
    proof: "extendedKeyUsage of the server's certificate lacks serverAuth, and the client turns away after it.",
    disproof: "extendedKeyUsage is absent, or has serverAuth or any",
    fixes: fixServer("have it reissued with extendedKeyUsage serverAuth", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"),
    references: ["RFC 5280 §4.2.1.12"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const leaf = view.failing.chain[0];
    const usage = leaf?.extendedKeyUsage;
    if (
      leaf === undefined ||
      usage === undefined ||
      usage.some((one) => /^(serverAuth|anyExtendedKeyUsage|any|2\.5\.29\.37\.0)$/.test(one))
    )
      return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 43, 46],
      `the server's certificate may be used for ${usage.join(", ")} only, not for servers`,
      `extendedKeyUsage ${usage.join(", ")}`,
    );
  },
};
