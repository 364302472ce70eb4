/** The server answered another max_fragment_length than was asked for. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { dataOf, EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";

export const maxFragmentLengthMismatch: Rule = {
  id: "max-fragment-length-mismatch",
  title: "A wrong answer to max_fragment_length",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "SSL routines:tls_parse_stoc_maxfragmentlen:ssl3 ext invalid max fragment length" },
      { stack: "mbedTLS", text: "SSL - Processing of the ServerHello handshake message failed" },
    ],
    cause: "Clients with little memory ask for short records; the server must answer the same length or nothing.",
    proof: "max_fragment_length differs in ClientHello and ServerHello, and the client aborts.",
    disproof: "both are the same",
    fixes: [
      ...fixServer("fix it: it must answer the length that was asked for", "https://www.rfc-editor.org/rfc/rfc6066#section-4"),
      {
        where: "client",
        text: "do not ask for it: s_client without -maxfraglen, mbedTLS without mbedtls_ssl_conf_max_frag_len",
        source: "https://www.rfc-editor.org/rfc/rfc8449",
      },
    ],
    references: ["RFC 6066 §4"],
  }),
  explains: ["bad-server-signature", "illegal-parameter"],
  check(view) {
    const { failing } = view;
    const [asked, answered] = [failing.hello, failing.serverHello].map((hello) => dataOf(hello?.extensions, EXTENSION.maxFragmentLength));
    if (asked === undefined || answered === undefined || failing.abort === undefined) return undefined;
    const [ours, theirs] = [JSON.stringify(asked), JSON.stringify(answered)];
    if (ours === theirs) return undefined;
    return {
      confidence: failing.alert === undefined ? "likely" : "certain",
      summary: "the server answers another max_fragment_length than the client asked for",
      evidence: [
        failing.evidence(failing.hello?.packet, `max_fragment_length ${wordsOf(asked)}`),
        failing.evidence(failing.serverHello?.packet, `answered with ${wordsOf(answered)}`),
        failing.evidence(failing.abort.packet, endWords(view)),
      ],
    };
  },
};

function wordsOf(data: Readonly<Record<string, unknown>>): string {
  return Object.values(data)
    .map((value) => (typeof value === "object" && value !== null ? Object.values(value).join(" ") : String(value)))
    .join(" ");
}
