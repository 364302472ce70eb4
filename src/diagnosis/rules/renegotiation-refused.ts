/** The server wants to negotiate again, and the client refuses. */
import type { Rule } from "../contract.ts";

export const renegotiationRefused: Rule = {
  id: "renegotiation-refused",
  title: "The client refuses to negotiate again",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "local error: tls: no renegotiation" },
      { stack: "OpenSSL", text: "SSL routines:ssl3_read_bytes:no renegotiation" },
      { stack: "Apache", text: "AH02261: Re-negotiation handshake failed" },
      { stack: "Chrome", text: "ERR_SSL_PROTOCOL_ERROR" },
    ],
    cause:
      "In TLS 1.2 a server may ask for a new handshake later, as a rule to get a client certificate for one directory. Go refuses that by default, rustls and browsers always; OpenSSL and Java go along.",
    proof: "After the handshake the server sends a handshake record, and the client answers with an alert and the connection ends.",
    disproof: "the client answers with a handshake record",
    fixes: [
      {
        where: "server",
        text: "ask for the certificate in the first handshake, for the whole virtual host",
        source: "https://www.rfc-editor.org/rfc/rfc9325#section-3.5",
      },
      {
        where: "apache",
        text: "SSLVerifyClient in the <VirtualHost>, not in a <Directory> or <Location>",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
      },
      {
        where: "iis",
        text: "negotiate the client certificate: netsh http update sslcert ... clientcertnegotiation=enable",
        source: "https://learn.microsoft.com/windows-server/networking/technologies/netsh/netsh-http",
      },
      {
        where: "go",
        text: "until then tls.Config.Renegotiation: tls.RenegotiateOnceAsClient",
        source: "https://pkg.go.dev/crypto/tls#RenegotiationSupport",
      },
      {
        where: "dotnet",
        text: "SslClientAuthenticationOptions.AllowRenegotiation = true",
        source: "https://learn.microsoft.com/dotnet/api/system.net.security.sslclientauthenticationoptions.allowrenegotiation",
      },
    ],
    references: ["RFC 5246 §7.4.1.1", "https://pkg.go.dev/crypto/tls#RenegotiationSupport"],
  }),
  explains: ["client-rejects-after-handshake"],
  check({ failing, working }) {
    if (failing.isTls13 || failing.handshake.outcome !== "established") return undefined;
    const asked = failing.later("server").find(({ content }) => content === "handshake");
    if (asked === undefined) return undefined;
    // The new hello may be in what the capture lacks.
    if (failing.events.some(({ kind, from, packet }) => kind === "gap" && from === "client" && packet > asked.packet)) return undefined;
    const after = failing.later("client").filter(({ packet }) => packet > asked.packet);
    const answer = after[0];
    if (answer === undefined || answer.content !== "alert" || after.some(({ content }) => content === "handshake")) return undefined;
    const went = working?.later("client").find(({ content }) => content === "handshake");
    return {
      confidence: "likely",
      summary: "the server asked for a new handshake after the first, and the client refused it",
      evidence: [
        failing.evidence(asked.packet, "an encrypted handshake record from the server after the handshake"),
        failing.evidence(answer.packet, "the client answers with an alert"),
        ...(working === undefined || went === undefined ? [] : [working.evidence(went.packet, "this client answers with a new hello")]),
      ],
    };
  },
};
