/** One side insists on an application protocol, and none was agreed. */
import type { Rule } from "../contract.ts";
import type { TransportEvent } from "../../handshake/handshake.ts";
import type { Look } from "../look.ts";
import { ALPN } from "../fixes/alpn.ts";

/** Octets of an encrypted alert in TLS 1.3, also as JSSE pads it; tickets that a server sends at most after one handshake. */
const ALERTS: ReadonlySet<number> = new Set([19, 35]);
const TICKETS = 4;

export const alpnRequiredMissing: Rule = {
  id: "alpn-required-missing",
  title: "An application protocol was demanded and none agreed",
  words: () => ({
    symptoms: [
      { stack: "grpc-go", text: "credentials: cannot check peer: missing selected ALPN property" },
      { stack: "PostgreSQL", text: "direct SSL connection was established without ALPN protocol negotiation extension" },
      { stack: "gRPC", text: "Failed: Cannot check peer: missing selected ALPN property" },
    ],
    cause:
      "gRPC from 1.67, HTTP/2 and direct TLS to PostgreSQL need an agreed protocol. A client that offers none, or a proxy that strips the extension, completes the handshake and is then turned away.",
    proof: "The handshake completes without an agreed protocol and the connection ends at once; with one it goes on.",
    disproof: "a protocol was agreed in the failing handshake",
    fixes: [
      { where: "server", text: "switch ALPN on, with h2 for gRPC", source: "https://www.rfc-editor.org/rfc/rfc9113#section-3.2" },
      ...ALPN.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 7301 §3.2", "RFC 9113 §3.2", "https://github.com/grpc/grpc-go/issues/7535"],
  }),
  explains: ["client-rejects-after-handshake"],
  needsWholeHello: true,
  check({ failing, working }) {
    if (working === undefined || !working.clientSpoke || failing.serverHello === undefined) return undefined;
    // A client that used STARTTLS need not name the protocol in ALPN.
    if (failing.handshake.startTls !== working.handshake.startTls) return undefined;
    const left = failing.leave !== undefined && !failing.leave.said;
    const isQuick =
      left ||
      (failing.failure !== undefined &&
        failing.failure.by === "server" &&
        failing.later("client").length > 0 &&
        failing.alert === undefined);
    const isRefused = hasServerLeft(failing);
    if ((!isQuick && !isRefused) || failing.choice.alpn !== undefined) return undefined;
    const noneOffered = failing.offer.alpn.length === 0 && working.offer.alpn.length > 0;
    const stripped = !failing.isTls13 && failing.offer.alpn.length > 0 && working.choice.alpn !== undefined;
    if (!noneOffered && !stripped) return undefined;
    return {
      confidence: stripped || isRefused ? "likely" : "possible",
      summary: stripped
        ? "the server agreed on no application protocol, and the client does not go on without one"
        : "the client offers no application protocol, and the server may not go on without one",
      evidence: [
        failing.evidence(
          failing.hello?.packet,
          noneOffered ? "offers no application protocol" : `offers ${failing.offer.alpn.join(", ")}, and gets no answer to it`,
        ),
        working.evidence(
          working.hello?.packet,
          `offers ${working.offer.alpn.join(", ")}${working.choice.alpn === undefined ? "" : `, and ${working.choice.alpn} is agreed`}`,
        ),
      ],
    };
  },
};

/** The handshake is complete, and the server leaves without an answer: it sends no more than its tickets, all of one length. */
function hasServerLeft(look: Look): boolean {
  const end = look.events.find(({ kind }) => kind === "fin" || kind === "rst");
  const sent = look.later("server").filter(({ content, length = 0 }) => content === "application_data" && !ALERTS.has(length));
  if (!look.established || end?.from !== "server" || look.later("server").length === 0) return false;
  // A server that answers a goodbye has not left first.
  const isGoodbye = ({ content, length = 0 }: TransportEvent): boolean => content === "alert" || (look.isTls13 && ALERTS.has(length));
  if (look.later("client").some((record) => isGoodbye(record) && record.packet < end.packet)) return false;
  if (look.later("client").every(({ packet }) => packet > end.packet)) return true;
  // One record alone could be an answer.
  return look.isTls13 && sent.length > 1 && sent.length <= TICKETS && new Set(sent.map(({ length }) => length)).size === 1;
}
