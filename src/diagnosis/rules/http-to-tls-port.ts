/** Plaintext to a port of TLS. */
import type { Claim, Rule } from "../contract.ts";
import type { View } from "../view.ts";

/** Seconds for which a client waits for a greeting at least. */
const PATIENCE = 2;

export const httpToTlsPort: Rule = {
  id: "http-to-tls-port",
  title: "Plaintext to a TLS port",
  words: () => ({
    symptoms: [
      { stack: "curl", text: "curl: (52) Empty reply from server" },
      { stack: "Go", text: "net/http: HTTP/1.x transport connection broken: malformed HTTP response" },
      { stack: "Go server", text: "Client sent an HTTP request to an HTTPS server." },
      { stack: "nginx", text: "400 The plain HTTP request was sent to HTTPS port" },
      { stack: "Apache", text: "You're speaking plain HTTP to an SSL-enabled server port." },
      { stack: "OpenSSL server", text: "SSL routines:ssl3_get_record:http request" },
    ],
    cause:
      "The client speaks HTTP (or another protocol) without TLS, because the URL says http where it should say https, or because a proxy in between took TLS off. Clients of SMTP, IMAP or FTP in plaintext wait for a greeting there, and the server waits for a hello.",
    proof: "The client's first octets are text, and the server closes or answers that it wants TLS.",
    disproof: "the client's first octets are 16 03",
    fixes: [
      {
        where: "client",
        text: "use https:// (for other protocols: their TLS mode)",
        source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
      },
      {
        where: "server",
        text: "redirect from a port of plaintext HTTP, where clients come in by http://",
        source: "https://www.rfc-editor.org/rfc/rfc6797#section-7.2",
      },
    ],
    references: ["RFC 9110 §4.2.2"],
  }),
  check(view) {
    const { failing, working } = view;
    const { failure } = failing;
    if (failing.hello !== undefined || failure === undefined) return undefined;
    const waited = bothWait(view);
    if (waited !== undefined) return waited;
    const isPlain = failure.kind === "not-tls" && failure.by === "client";
    // Without a hello before it an alert of the server answers something that was none.
    // What the capture has cut off may have been a hello.
    const isCut = failing.events.some(({ kind, from }) => kind === "gap" && from === "client");
    const opened =
      !isCut &&
      failing.events.some(({ kind }) => kind === "syn") &&
      failing.events.some(({ kind, from, packet }) => kind === "segment" && from === "client" && packet < failure.packet);
    const isAnswered =
      opened && failure.kind === "alert" && failure.by === "server" && failing.messages.every(({ type }) => type === "alert");
    if (!isPlain && !isAnswered) return undefined;
    const said = failure.text ?? "something else than TLS";
    return {
      confidence: working?.serverHello === undefined ? "likely" : "certain",
      summary: `the client speaks plaintext ("${said.slice(0, 60)}") to a port that expects TLS`,
      evidence: [
        failing.evidence(failure.packet, `the client says: ${said.slice(0, 80)}`),
        ...(working?.serverHello === undefined
          ? []
          : [
              working.evidence(working.serverHello.packet, view.isSameServer ? "the same port speaks TLS" : "here another port speaks TLS"),
            ]),
      ],
    };
  },
};

/** Who waits for a greeting says nothing, and nor does a server that waits for a hello. */
function bothWait({ failing, working, isSameServer }: View): Claim | undefined {
  const { events, failure } = failing;
  const opened = events.find(({ kind }) => kind === "syn-ack");
  const end = events.find(({ kind }) => kind === "fin" || kind === "rst");
  if (opened === undefined || end?.from !== "client" || failure?.by !== "client" || working?.serverHello === undefined || !isSameServer)
    return undefined;
  const isSpoken = events.some(({ kind, packet }) => kind === "segment" && packet < end.packet);
  const seconds = (Date.parse(end.time) - Date.parse(opened.time)) / 1_000;
  if (isSpoken || failing.messages.some(({ packet }) => packet < end.packet) || !(seconds >= PATIENCE)) return undefined;
  return {
    confidence: "possible",
    summary: `the client says nothing for ${seconds.toFixed(1)} seconds and leaves: it waits for the server's greeting, and the server for a ClientHello`,
    evidence: [
      failing.evidence(end.packet, "neither side has said anything when the client closes the connection"),
      working.evidence(working.serverHello.packet, "the same port speaks TLS"),
    ],
  };
}
