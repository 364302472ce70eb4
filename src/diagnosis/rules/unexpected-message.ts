/** A message came out of order. */
import { alertClaim } from "../alerts.ts";
import type { Rule } from "../contract.ts";
import { LAST_MESSAGE } from "../fixes/last-message.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";

export const unexpectedMessage: Rule = {
  id: "unexpected-message",
  title: "A message came out of order",
  words: () => ({
    symptoms: received(10),
    cause: "One side received a message that is not allowed there, or something that was not TLS at all.",
    proof: "The alert unexpected_message.",
    disproof: "a more specific cause fits",
    fixes: [SERVER_LOG, LAST_MESSAGE],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check: (view) => alertClaim(view, 10, "one side received a message that is not allowed there"),
};
