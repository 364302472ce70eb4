/** The server name is an address. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { isAddress } from "../names.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sniIpLiteral: Rule = {
  id: "sni-ip-literal",
  title: "The server name is an IP address",
  words: () => ({
    symptoms: [...received(112), ...received(47)],
    cause: "server_name holds DNS names only. Some servers ignore an address there, some refuse it, some serve their default certificate.",
    proof: "server_name is an IP address, and the server refuses the hello.",
    disproof: "the server answers such a hello",
    fixes: [
      {
        where: "client",
        text: "put the host's name there, or send no server_name for an address",
        source: "https://www.rfc-editor.org/rfc/rfc6066#section-3",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3"],
  }),
  explains: [
    "sni-unrecognized-name",
    "handshake-failure-unspecified",
    "internal-error",
    "sni-autocert-internal-error",
    "access-denied",
    "rst-after-client-hello",
    "fin-after-client-hello",
  ],
  check(view) {
    const { failing, working } = view;
    const name = failing.offer.serverName;
    if (name === undefined || !isAddress(name) || !failing.endsAfterHello || failing.failure?.kind === "timeout") return undefined;
    if (failing.alert !== undefined && ![112, 47, 40, 49, 50, 80].includes(failing.alert.number)) return undefined;
    if (working?.offer.serverName === name || view.blocked.length > 0) return undefined;
    return {
      confidence: failing.refusedWith(112) ? "certain" : "likely",
      summary: `the server name is the address ${name}, which is not allowed there, and the server refuses it`,
      evidence: [failing.evidence(failing.hello?.packet, `server_name ${name}`), failing.evidence(failing.failure?.packet, endWords(view))],
    };
  },
};
