/** The server name has a character that some servers do not accept. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { isAddress } from "../names.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sniUnderscoreGnutls: Rule = {
  id: "sni-underscore-gnutls",
  title: "The server name has a character that the server refuses",
  words: () => ({
    symptoms: [...received(47), { stack: "GnuTLS server", text: "A disallowed SNI server name has been received." }],
    cause:
      "A host name consists of letters, digits, hyphens and dots. GnuTLS as a server refuses anything else, an underscore above all; others ignore it.",
    proof: "server_name holds an underscore or another such character, and the server answers illegal_parameter.",
    disproof: "a name without such a character is refused as well",
    fixes: [
      {
        where: "server",
        text: "give the host a name of letters, digits and hyphens",
        source: "https://www.rfc-editor.org/rfc/rfc1123#section-2.1",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3", "RFC 1123 §2.1"],
  }),
  explains: ["handshake-failure-unspecified", "illegal-parameter"],
  check(view) {
    const { failing, working } = view;
    const name = failing.offer.serverName;
    if (name === undefined || isAddress(name) || /^[a-z0-9.-]*$/i.test(name) || !failing.refusedWith(47)) return undefined;
    if (working?.offer.serverName === name) return undefined;
    return {
      confidence: working === undefined ? "likely" : "certain",
      summary: `the server refuses the name ${name}, which is not a valid host name`,
      evidence: [
        failing.evidence(failing.hello?.packet, `server_name ${name}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working === undefined
          ? []
          : [working.evidence(working.hello?.packet, `asks for ${working.offer.serverName ?? "no name"}, and is answered`)]),
      ],
    };
  },
};
