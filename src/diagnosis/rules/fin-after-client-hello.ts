/** A close right after the hello, without an alert. */
import type { Rule } from "../contract.ts";
import { plainDeath } from "../plain-death.ts";
import { BOTH_ENDS, SERVER_LOG } from "../fixes/server.ts";
import { CLOSED } from "../symptoms.ts";

export const finAfterClientHello: Rule = {
  id: "fin-after-client-hello",
  title: "A close right after the hello, without an alert",
  words: () => ({
    symptoms: CLOSED,
    cause:
      "The server, or a balancer before it, closed the connection without saying why: it has no backend, does not like the server name, or cannot read the hello. An alert that the client sends afterwards is only its answer to the close.",
    proof: "A FIN from the server after the hello, before anything of TLS.",
    disproof: "the server sent an alert before",
    fixes: [SERVER_LOG, BOTH_ENDS],
    references: ["RFC 9846 §6.1"],
  }),
  check: (view) => plainDeath(view, "close", "the server closes the connection right after the hello, without an alert"),
};
