/** The server does not know the name that was asked for. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const sniUnrecognizedName: Rule = {
  id: "sni-unrecognized-name",
  title: "The server does not know this name",
  words: () => ({
    symptoms: received(112),
    cause: "No site or certificate of the server is for the name in the hello, and it refuses instead of serving a default.",
    proof: "The server answers the hello with a fatal unrecognized_name.",
    disproof: "the alert is a warning only, and the server went on",
    fixes: [
      {
        where: "server",
        text: "add the name to a site and its certificate, or set a default",
        source: "https://www.rfc-editor.org/rfc/rfc6066#section-3",
      },
      {
        where: "nginx",
        text: "add it to server_name; ssl_reject_handshake must be off where it is to be served",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake",
      },
      {
        where: "apache",
        text: "ServerName or ServerAlias with the name",
        source: "https://httpd.apache.org/docs/2.4/mod/core.html#serveralias",
      },
      {
        where: "haproxy",
        text: "a crt with the name, or no strict-sni",
        source: "https://docs.haproxy.org/3.0/configuration.html#5.1-strict-sni",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3"],
  }),
  explains: ["handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    const name = failing.offer.serverName;
    if (name === undefined || !failing.refusedWith(112)) return undefined;
    return {
      confidence: "certain",
      summary: `the server knows no site of the name ${name}`,
      evidence: [
        failing.evidence(failing.hello?.packet, `asks for ${name}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working?.offer.serverName === undefined || working.offer.serverName === name
          ? []
          : [working.evidence(working.hello?.packet, `asks for ${working.offer.serverName}, and is answered`)]),
      ],
    };
  },
};
