/** The hello names no server, and this one needs the name. */
import type { Rule } from "../contract.ts";
import { SERVER_NAME } from "../fixes/server-name.ts";
import { endWords } from "../suites.ts";
import { CLOSED, received, RESET } from "../symptoms.ts";

export const sniMissing: Rule = {
  id: "sni-missing",
  title: "The client names no server",
  words: () => ({
    symptoms: [...received(112), ...RESET, ...CLOSED],
    cause:
      "Servers with many names choose certificate and site by the server name in the hello; some refuse a hello without one. Clients send none for an address in the URL, if they are very old, or if the program did not pass the name on.",
    proof: "The failing hello has no server_name and is refused at once; with it the same server answers.",
    disproof: "server_name is in the failing hello",
    fixes: [
      { where: "server", text: "give it a default certificate and site", source: "https://www.rfc-editor.org/rfc/rfc6066#section-3" },
      {
        where: "nginx",
        text: "a server block with listen 443 ssl default_server",
        source: "https://nginx.org/en/docs/http/configuring_https_servers.html#name_based_https_servers",
      },
      {
        where: "apache",
        text: "SSLStrictSNIVHostCheck off, and a first virtual host that may answer",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstrictsnivhostcheck",
      },
      {
        where: "haproxy",
        text: "a default crt first on the bind line, without strict-sni",
        source: "https://docs.haproxy.org/3.0/configuration.html#5.1-strict-sni",
      },
      ...SERVER_NAME,
    ],
    references: ["RFC 6066 §3"],
  }),
  explains: [
    "handshake-failure-unspecified",
    "rst-after-client-hello",
    "fin-after-client-hello",
    "no-answer-timeout",
    "no-common-cipher-suite",
    "internal-error",
    "f5-hello-length",
    "no-common-group",
    "tls-fingerprint-blocking",
    "rsa-pss-cert",
    "certificate-key-not-accepted",
  ],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (!failing.endsAfterHello || failing.offer.serverName !== undefined || failing.handshake.protocol === "sslv2") return undefined;
    if (failing.hello?.extensions === undefined || failing.hello.sslv2 === true) return undefined;
    if (failing.alert !== undefined && ![40, 112, 49, 80, 109].includes(failing.alert.number)) return undefined;
    if (view.blocked.length > 0) return undefined;
    if (working !== undefined && working.offer.serverName === undefined) return undefined;
    // Silence is not a refusal: most servers that do not answer are overloaded, hanging or absent.
    if (working === undefined && failing.failure?.kind === "timeout") return undefined;
    const isSure = failing.refusedWith(112, 109);
    if (working === undefined && !isSure && failing.alert?.number === 40) return undefined;
    return {
      confidence: working === undefined ? (isSure ? "likely" : "possible") : isSure ? "certain" : "likely",
      summary: "the client names no server in its hello, and the server refuses such hellos",
      evidence: [
        failing.evidence(failing.hello.packet, "no server_name extension"),
        ...(working?.serverHello === undefined
          ? []
          : [working.evidence(working.hello?.packet, `asks for ${working.offer.serverName}, and is answered`)]),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
