/** The family: no scheme of the hello fits the server's key. */
import type { Claim, Rule } from "../contract.ts";
import { type KeyKind, keyOfServer, schemesFor, signatureLength } from "../signatures.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";
import type { View } from "../view.ts";

export const certificateKeyNotAccepted: Rule = {
  id: "certificate-key-not-accepted",
  title: "No signature scheme fits the server's key",
  words: () => ({
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
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite"],
  check(view) {
    const { failing, working } = view;
    const { schemes } = failing.offer;
    if (!failing.refusedWith(40, 71, 47) || schemes === undefined) return undefined;
    if (working === undefined) return mayBe(view, schemes);
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

/** Kinds of keys that servers are given, and that not every client has a scheme for. */
const KINDS: readonly KeyKind[] = ["RSA", "P-256", "P-384", "P-521", "Ed25519"];

/** One capture alone: what the client could not verify. */
function mayBe(view: View, schemes: readonly number[]): Claim | undefined {
  const { failing, alsoFailed } = view;
  if (failing.refusedWith(47)) return undefined;
  const offered = new Set([...schemes, ...(alsoFailed?.offer.schemes ?? [])]);
  const missing = KINDS.filter((kind) => !schemesFor(kind, true).some((scheme) => offered.has(scheme)));
  if (missing.length === 0) return undefined;
  return {
    confidence: "possible",
    summary: `the server's key may be ${missing.join(" or ")}, for which the client accepts no signature scheme`,
    evidence: [
      failing.evidence(failing.hello?.packet, `signature_algorithms has no scheme for ${missing.join(", ")}`),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}
