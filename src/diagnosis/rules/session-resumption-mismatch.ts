/** The server resumes a session with other parameters. */
import type { Rule } from "../contract.ts";
import { EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";

export const sessionResumptionMismatch: Rule = {
  id: "session-resumption-mismatch",
  title: "A session was resumed with other parameters",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server resumed a session with a different cipher suite" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_server_hello:old session cipher not returned" },
      { stack: "curl", text: "curl: (35) SSL routines::ssl session version mismatch" },
    ],
    cause:
      "Nodes behind one name have different TLS settings but share session ids or tickets: the second connection, to another node, resumes with another version or suite, and the client aborts. The first connection always works.",
    proof: "The hello offers a session, the server resumes it, and the client aborts right after the ServerHello.",
    disproof: "the hello offers neither session id nor ticket",
    fixes: [
      {
        where: "server",
        text: "give all nodes the same versions, suites and ticket keys",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-F.1.4",
      },
      { where: "openssl", text: "curl --no-sessionid", source: "https://curl.se/docs/manpage.html#--no-sessionid" },
      { where: "python", text: "a new SSLContext for each connection", source: "https://docs.python.org/3/library/ssl.html#ssl-session" },
      {
        where: "client",
        text: "switch its session cache off for this host",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-F.1.4",
      },
    ],
    references: ["RFC 5246 §F.1.4", "https://github.com/curl/curl/issues/1006"],
  }),
  explains: ["unsafe-legacy-renegotiation", "ems-required", "illegal-parameter"],
  check(view) {
    const { failing, working } = view;
    const { hello, serverHello } = failing;
    if (
      hello === undefined ||
      serverHello === undefined ||
      failing.isTls13 ||
      failing.alert?.by !== "client" ||
      ![40, 47, 70, 80].includes(failing.alert.number)
    )
      return undefined;
    const ticket = hello.extensions?.find(({ id }) => Number.parseInt(id, 16) === EXTENSION.sessionTicket);
    const offers = (ticket?.length ?? 0) > 0 || (hello.sessionId ?? "") !== "";
    const returned = (serverHello.sessionId ?? "") !== "" && serverHello.sessionId === hello.sessionId;
    // A client of TLS 1.3 sends a session id that stands for nothing.
    if (!offers || !returned || failing.chain.length > 0 || (failing.offer.versions.includes(0x0304) && (ticket?.length ?? 0) === 0))
      return undefined;
    const differs = working?.choice.suite !== undefined && working.choice.suite.id !== failing.choice.suite?.id;
    return {
      confidence: working !== undefined && differs ? "likely" : "possible",
      summary: "the server resumes a session with other parameters than it was made with",
      evidence: [
        failing.evidence(
          serverHello.packet,
          `resumes the session with ${failing.choice.version?.name ?? ""} and ${failing.choice.suite?.name ?? ""}`,
        ),
        failing.evidence(failing.alert.packet, endWords(view)),
        ...(working === undefined
          ? []
          : [
              working.evidence(
                working.serverHello?.packet,
                `${working.choice.version?.name ?? ""} and ${working.choice.suite?.name ?? ""}`,
              ),
            ]),
      ],
    };
  },
};
