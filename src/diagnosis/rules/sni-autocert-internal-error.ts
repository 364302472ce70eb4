/** A server that fetches certificates by name has none for this one. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sniAutocertInternalError: Rule = {
  id: "sni-autocert-internal-error",
  title: "The server has no certificate for this name",
  words: () => ({
    symptoms: [
      ...received(80),
      { stack: "Go server", text: "acme/autocert: missing server name" },
      { stack: "Caddy", text: "no certificate available for" },
    ],
    cause:
      "Servers in Go that choose the certificate in a callback (autocert, Caddy, Traefik) answer internal_error where the callback finds none: for a hello without a name, with an address, or with a name that they do not serve.",
    proof: "internal_error right after the hello, and another server name is answered by the same server.",
    disproof: "both hellos ask for the same name",
    fixes: [
      {
        where: "server",
        text: "configure the name, or a default for hellos without one: in Caddy default_sni and fallback_sni",
        source: "https://caddyserver.com/docs/caddyfile/options#default-sni",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3", "https://github.com/caddyserver/caddy/issues/7417", "https://pkg.go.dev/golang.org/x/crypto/acme/autocert"],
  }),
  explains: ["internal-error", "sni-missing"],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (!failing.refusedWith(80)) return undefined;
    const name = failing.offer.serverName;
    if (working !== undefined && working.offer.serverName === name) return undefined;
    if (working === undefined && name !== undefined) return undefined;
    return {
      confidence: working === undefined ? "possible" : "likely",
      summary:
        name === undefined
          ? "the client names no server, and this one has no certificate for such hellos"
          : `the server has no certificate for ${name}`,
      evidence: [
        failing.evidence(failing.hello?.packet, name === undefined ? "no server_name extension" : `asks for ${name}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working === undefined
          ? []
          : [working.evidence(working.hello?.packet, `asks for ${working.offer.serverName ?? "no name"}, and is answered`)]),
      ],
    };
  },
};
