/** The family: no scheme of the hello fits the server's key. */
import type { Rule } from "../contract.ts";
import { keyOfServer, signatureLength, schemesFor } from "../signatures.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const certificateKeyNotAccepted: Rule = {
  id: "certificate-key-not-accepted",
  title: "No signature scheme fits the server's key",
  symptoms: received(40),
  cause:
    "The server can sign only with its certificate's key. If signature_algorithms has no scheme for that kind of key, nothing is left.",
  proof: "The working handshake shows the kind of the server's key, and the failing hello has no scheme for it.",
  disproof: "a scheme for that key is in signature_algorithms of the failing hello",
  fixes: [
    {
      where: "server",
      text: "add a certificate of the kind that its clients accept: P-256 or RSA with 2048 bits",
      source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1",
    },
    {
      where: "client",
      text: "offer the schemes for that kind of key in signature_algorithms",
      source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.3",
    },
  ],
  references: ["RFC 9846 §4.2.3", "RFC 5246 §7.4.2"],
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  check(view) {
    const { failing, working } = view;
    const { schemes } = failing.offer;
    if (!failing.refusedWith(40, 71, 47) || schemes === undefined || working === undefined) return undefined;
    if (view.blocked.some(({ aspect }) => aspect !== "certificate" && aspect !== "scheme")) return undefined;
    const key = keyOfServer(working);
    const missing = (working.offer.schemes ?? []).filter((scheme) => !schemes.includes(scheme));
    if (key !== undefined) {
      if (schemesFor(key, working.isTls13).some((usable) => schemes.includes(usable))) return undefined;
    } else if (!working.isTls13 || signatureLength(working) > 0 || missing.length === 0) return undefined;
    return {
      confidence: key === undefined ? "possible" : "likely",
      summary:
        key === undefined
          ? "the server may sign only with a scheme that the client does not accept"
          : `the server's key is ${key}, and the client accepts no scheme for it`,
      evidence: [
        failing.evidence(failing.hello?.packet, `signature_algorithms lacks ${missing.length} schemes that the working hello has`),
        working.evidence(working.serverHello?.packet, "the server answers"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
