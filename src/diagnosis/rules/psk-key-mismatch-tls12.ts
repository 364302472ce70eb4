/** The two sides hold different keys for a PSK, or the identity is unknown (TLS 1.2). */
import type { Rule } from "../contract.ts";
import { keyExchangeOf } from "../counterfactual.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const pskKeyMismatchTls12: Rule = {
  id: "psk-key-mismatch-tls12",
  title: "Wrong PSK or identity (TLS 1.2)",
  words: () => ({
    symptoms: [...received(20), ...received(51)],
    cause:
      "A PSK suite was agreed, but the keys differ, or the server does not know the identity: OpenSSL then goes on with a random key so that nobody can try out identities, and the Finished cannot be read.",
    proof: "A PSK suite, and bad_record_mac, decrypt_error or unknown_psk_identity from the server after the client's key exchange.",
    disproof: "the chosen suite is no PSK suite",
    fixes: [
      { where: "server", text: "enter the client's identity and key", source: "https://www.rfc-editor.org/rfc/rfc4279#section-2" },
      {
        where: "client",
        text: "set the identity and the key that the server knows",
        source: "https://www.rfc-editor.org/rfc/rfc4279#section-2",
      },
    ],
    references: ["RFC 4279 §2"],
  }),
  explains: ["bad-record-mac", "hello-modified-in-transit", "dhe-leading-zero"],
  check(view) {
    const { failing } = view;
    const suite = failing.choice.suite;
    if (suite === undefined || !/PSK/.test(keyExchangeOf(numberOf(suite))) || failing.alert === undefined) return undefined;
    if (![20, 51, 115, 40, 47].includes(failing.alert.number) || failing.first("client_key_exchange") === undefined) return undefined;
    const identity = failing.first("client_key_exchange")?.pskIdentity;
    return {
      confidence: "likely",
      summary: `client and server do not have the same key for the PSK identity${identity === undefined || identity === "" ? "" : ` ${identity}`}`,
      evidence: [
        failing.evidence(failing.serverHello?.packet, `the server chose ${suite.name ?? suite.id}`),
        failing.evidence(failing.alert.packet, endWords(view)),
      ],
    };
  },
};
