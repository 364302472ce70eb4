/** No answer to the hello. */
import type { Rule } from "../contract.ts";
import { plainDeath } from "../plain-death.ts";
import { BOTH_ENDS, SERVER_LOG } from "../fixes/server.ts";
import { SILENCE } from "../symptoms.ts";

export const noAnswerTimeout: Rule = {
  id: "no-answer-timeout",
  title: "No answer to the hello",
  words: () => ({
    symptoms: SILENCE,
    cause:
      "The server is overloaded or waits for another protocol, or a filter drops the hello or the answer without a word. If the server's TCP acknowledged the hello, it arrived there, or at something that answers for it.",
    proof: "The hello, perhaps sent again, and nothing of TLS until the client gives up.",
    disproof: "the server answers later",
    fixes: [SERVER_LOG, BOTH_ENDS],
    references: ["RFC 9293 §3.8"],
  }),
  check: (view) => plainDeath(view, "silence", "the server does not answer the hello"),
};
