/** The two sides hold different keys for a PSK, or the identity is unknown (TLS 1.2). */
import type { Rule } from "../contract.ts";
import { keyExchangeOf } from "../counterfactual.ts";
import type { Look } from "../look.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const pskKeyMismatchTls12: Rule = {
  id: "psk-key-mismatch-tls12",
  title: "Wrong PSK or identity (TLS 1.2)",
  words: () => ({
    symptoms: [...received(20), ...received(51)],
    cause:
      "A PSK suite was agreed, but the keys differ, or the server does not know the identity: OpenSSL then goes on with a random key so that nobody can try out identities, and the Finished cannot be read. Over DTLS such a record is dropped without a word, and both sides repeat themselves until one gives up.",
    proof:
      "A PSK suite, and bad_record_mac, decrypt_error or unknown_psk_identity from the server after the client's key exchange; over DTLS no answer to it, though it is sent again.",
    disproof: "the chosen suite is not a PSK suite",
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
    const exchange = failing.first("client_key_exchange");
    if (suite === undefined || !/PSK/.test(keyExchangeOf(numberOf(suite))) || exchange === undefined) return undefined;
    const repeated = failing.alert === undefined ? repetitions(failing, exchange.packet) : 0;
    if (repeated === 0 && ![20, 51, 115, 40, 47].includes(failing.alert?.number ?? -1)) return undefined;
    const identity = exchange.pskIdentity;
    return {
      confidence: repeated === 1 && view.working === undefined ? "possible" : "likely",
      summary: `client and server do not have the same key for the PSK identity${identity === undefined || identity === "" ? "" : ` ${identity}`}`,
      evidence: [
        failing.evidence(failing.serverHello?.packet, `the server chose ${suite.name ?? suite.id}`),
        repeated === 0
          ? failing.evidence(failing.alert?.packet, endWords(view))
          : failing.evidence(
              exchange.packet,
              `the client's key exchange and Finished remain without an answer, though sent ${repeated + 1} times: DTLS drops what it cannot decrypt`,
            ),
      ],
    };
  },
};

/** DTLS: how often the client sent its last flight again without an answer to it. */
function repetitions(failing: Look, packet: number): number {
  if (failing.handshake.protocol !== "dtls" || failing.lost !== undefined) return 0;
  if (!failing.records("client").some((record) => record.packet >= packet)) return 0;
  const isAnswered =
    failing.messages.some((message) => message.from === "server" && message.packet > packet) ||
    failing.records("server").some((record) => record.packet > packet);
  if (isAnswered) return 0;
  const again = failing.events.filter(({ kind, from, packet: at }) => kind === "retransmission" && from === "client" && at > packet);
  return new Set(again.map(({ packet: at }) => at)).size;
}
