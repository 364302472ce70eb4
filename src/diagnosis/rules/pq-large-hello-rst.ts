/** A ClientHello of several segments is answered with a reset or a close. */
import type { Rule } from "../contract.ts";
import { deathClaim, deathOf } from "../death.ts";
import { LARGE_HELLO } from "../fixes/large-hello.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const pqLargeHelloRst: Rule = {
  id: "pq-large-hello-rst",
  title: "A hello with a post-quantum key share is reset",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "A key share of X25519MLKEM768 has 1216 octets, so that the hello needs two TCP segments. Servers and firewalls that read only the first segment take it for broken. Go from 1.24, OpenSSL from 3.5 (with Node.js from 24), Chrome from 131 and Firefox from 132 send it by default.",
    proof: "The hello with the large key share is answered by a reset or a close; a hello without it gets an answer from the same server.",
    disproof: "another client with a hello of several segments is answered, or the reset comes after something of the server",
    fixes: LARGE_HELLO,
    references: ["https://tldr.fail/", "https://go.dev/doc/go1.24#crypto-tls", "RFC 9846 §4.2.8"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "f5-hello-length", "tls-fingerprint-blocking"],
  check(view) {
    const death = deathOf(view);
    if (death !== "reset" && death !== "close") return undefined;
    return largeClaim(view, death === "reset" ? "is reset" : "is closed");
  },
};

/** The claim for both ways in which large hellos die. */
export function largeClaim(view: Parameters<Rule["check"]>[0], fate: string): ReturnType<Rule["check"]> {
  const { failing, working } = view;
  const packets = failing.helloPackets;
  return deathClaim(
    view,
    "large",
    "possible",
    `the connection ${fate} after a ClientHello of ${failing.helloLength} octets, large through its post-quantum key share`,
    `the hello has ${failing.helloLength} octets in ${packets} ${packets === 1 ? "segment" : "segments"}, with a post-quantum key share`,
    `answers a hello of ${working?.helloLength ?? 0} octets without that key share`,
  );
}
