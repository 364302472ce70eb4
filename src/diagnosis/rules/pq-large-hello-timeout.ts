/** A ClientHello of several segments gets no answer. */
import type { Rule } from "../contract.ts";
import { deathOf } from "../death.ts";
import { LARGE_HELLO } from "../fixes/large-hello.ts";
import { SILENCE } from "../symptoms.ts";
import { largeClaim } from "./pq-large-hello-rst.ts";

export const pqLargeHelloTimeout: Rule = {
  id: "pq-large-hello-timeout",
  title: "A hello with a post-quantum key share gets no answer",
  words: () => ({
    symptoms: SILENCE,
    cause:
      "A key share of X25519MLKEM768 makes the hello longer than one TCP segment. Some boxes wait for ever, or drop what they cannot read in one piece, so that client and server both see silence.",
    proof: "The hello with the large key share gets no answer; a hello without it gets one from the same server.",
    disproof: "the server answers a small hello as slowly",
    fixes: LARGE_HELLO,
    references: ["https://tldr.fail/", "https://go.dev/doc/go1.24#crypto-tls"],
  }),
  explains: ["no-answer-timeout", "f5-hello-length"],
  check: (view) => (deathOf(view) === "silence" ? largeClaim(view, "stays without an answer") : undefined),
};
