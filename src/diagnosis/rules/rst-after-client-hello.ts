/** A reset right after the hello. */
import type { Rule } from "../contract.ts";
import { plainDeath } from "../plain-death.ts";
import { BOTH_ENDS, SERVER_LOG } from "../fixes/server.ts";
import { RESET } from "../symptoms.ts";

export const rstAfterClientHello: Rule = {
  id: "rst-after-client-hello",
  title: "A reset right after the hello",
  words: () => ({
    symptoms: RESET,
    cause:
      "Somebody ended the connection without a word: a filter that does not like the server name, a server that cannot read the hello, or Windows, which resets instead of sending an alert where no suite is common (event 36874).",
    proof:
      "A reset from the server's side after the hello, before anything of TLS. Where one thing alone differs from a hello that works, that is it.",
    disproof: "the reset answers the SYN, or comes after a message of the server",
    fixes: [
      SERVER_LOG,
      BOTH_ENDS,
      {
        where: "iis",
        text: "look for event 36874 or 36888 of Schannel in the system log",
        source: "https://learn.microsoft.com/troubleshoot/windows-server/identity/enable-schannel-event-logging",
      },
    ],
    references: ["RFC 9846 §6", "RFC 9293 §3.5.2"],
  }),
  check: (view) => plainDeath(view, "reset", "the connection is reset right after the hello"),
};
