/** The server has only CBC suites, and the client offers none. */
import type { Rule } from "../contract.ts";
import { CBC } from "../fixes/cbc.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const cbcOnlyServer: Rule = {
  id: "cbc-only-server",
  title: "The server has only CBC suites",
  words: () => ({
    symptoms: received(40),
    cause:
      "rustls offers AEAD suites only, and Python from 3.10 none with a SHA-1 MAC. A server that was never given AES-GCM or ChaCha20-Poly1305 has nothing in common with them.",
    proof:
      "Where it works, the server chose a CBC suite; the failing hello offers none with its MAC, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: CBC,
    references: ["RFC 9325 §4.2", "RFC 7366", "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "CBC",
      (suite) => `the server accepts only CBC suites, here ${suite}, and the client offers none with that MAC`,
      "none in CBC mode with that MAC",
    ),
};
