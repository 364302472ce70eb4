/** The client cannot read the server's certificate. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { certificateClaim } from "../rejection.ts";

export const certNegativeSerial: Rule = {
  id: "cert-negative-serial",
  title: "The certificate's serial number is not allowed",
  words: () => ({
    symptoms: [{ stack: "Go", text: "tls: failed to parse certificate from server: x509: negative serial number" }],
    cause: "A serial number must be positive and have 20 octets at most. Go from 1.23 refuses negative ones; everybody else ignores it.",
    proof: "The serial number is negative or too long, and the client turns away after the certificate.",
    disproof: "the serial number is positive and short",
    fixes: [
      ...fixServer("have it reissued with a positive serial number", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2"),
      { where: "go", text: "until then GODEBUG=x509negativeserial=1", source: "https://go.dev/doc/godebug", from: "1.23" },
    ],
    references: ["RFC 5280 §4.1.2.2", "https://go.dev/doc/go1.23#cryptox509pkgcryptox509"],
  }),
  explains: ["unknown-ca", "incomplete-chain", "client-rejects-after-handshake", "decode-error", "encrypted-client-alert"],
  check(view) {
    const entry = view.failing.chain.find(({ serialNumber = "" }) => serialNumber.startsWith("-") || serialNumber.length > 40);
    if (entry?.serialNumber === undefined) return undefined;
    const what = entry.serialNumber.startsWith("-") ? "negative" : "longer than 20 octets";
    return certificateClaim(
      view,
      entry,
      [42, 50],
      `the serial number of the server's certificate is ${what}, which the client does not accept`,
      `serial number ${entry.serialNumber}`,
    );
  },
};
