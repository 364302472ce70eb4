/** A length of the hello that some servers cannot handle. */
import type { Rule } from "../contract.ts";
import { deathOf, deathWords, traitsOf } from "../death.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const helloLengthMod256: Rule = {
  id: "hello-length-mod-256",
  title: "A hello whose length the server cannot handle",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "Some servers take certain lengths for something else: where the low octet of the length is 10 or 14, they mistake it for a line feed or a message of another kind.",
    proof: "Hellos whose length leaves 10 or 14 when divided by 256 fail, the same hello with another length works.",
    disproof: "another length fails as well",
    fixes: [
      { where: "server", text: "update it", source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.2" },
      {
        where: "client",
        text: "change the length of the hello, by its lists or by padding",
        source: "https://www.rfc-editor.org/rfc/rfc7685",
      },
    ],
    references: ["RFC 7685", "https://github.com/testssl/testssl.sh/issues/1113"],
  }),
  check(view) {
    const { failing, working } = view;
    if (deathOf(view) === undefined || working?.serverHello === undefined || traitsOf(view).length > 0) return undefined;
    const rest = failing.helloLength % 256;
    if ((rest !== 10 && rest !== 14) || [10, 14].includes(working.helloLength % 256)) return undefined;
    return {
      confidence: "possible",
      summary: `the hello has ${failing.helloLength} octets, a length that some servers mistake`,
      evidence: [
        failing.evidence(failing.hello?.packet, `${failing.helloLength} octets, ${rest} modulo 256`),
        working.evidence(working.hello?.packet, `${working.helloLength} octets, and answered`),
        failing.evidence(failing.failure?.packet, deathWords(view)),
      ],
    };
  },
};
