/** Full segments of the server get lost. */
import type { Claim, Rule } from "../contract.ts";
import type { Look } from "../look.ts";
import type { View } from "../view.ts";
import { SILENCE } from "../symptoms.ts";

/** Milliseconds before TCP sends anything again, at least. */
const AGAIN = 20;

export const pmtuBlackHole: Rule = {
  id: "pmtu-black-hole",
  title: "The server's full segments get lost on the way",
  words: () => ({
    symptoms: SILENCE,
    cause:
      "The path takes shorter packets than both ends believe (a VPN, PPPoE, a tunnel), and the ICMP messages that would say so are dropped. The beginning of the server's flight arrives, its full segments do not.",
    proof:
      "The server's flight begins and stops in the middle of a message; the client waits in vain. Where the path is another one the flight is complete.",
    disproof: "the server itself stopped sending",
    fixes: [
      {
        where: "path",
        text: "clamp the MSS on the tunnel (iptables -j TCPMSS --clamp-mss-to-pmtu), and let ICMP fragmentation-needed pass",
        source: "https://www.rfc-editor.org/rfc/rfc2923",
      },
      {
        where: "server",
        text: "net.ipv4.tcp_mtu_probing = 1, or a smaller MTU on its interface",
        source: "https://www.rfc-editor.org/rfc/rfc4821",
      },
    ],
    references: ["RFC 2923", "RFC 4821", "RFC 8899"],
  }),
  explains: ["no-answer-timeout", "client-left-during-handshake"],
  check(view) {
    const { failing, working } = view;
    const { failure } = failing;
    if (failure === undefined) return beginningLost(view);
    const gap = failing.lost;
    if (failing.established || failing.alert !== undefined || failing.hello === undefined) return undefined;
    if (failing.serverHello === undefined && gap === undefined) return undefined;
    if (!["timeout", "close", "reset"].includes(failure.kind)) return undefined;
    const cut = failing.messages.findLast(({ from }) => from === "server");
    const again = sentAgain(failing);
    const isCut = cut?.malformed !== undefined && /the capture holds/.test(cut.malformed);
    const last = failing.events.findLast(({ kind, from }) => kind === "segment" && from === "server");
    const end = failing.events.find(({ kind, packet }) => (kind === "fin" || kind === "rst") && packet > (last?.packet ?? 0));
    const waited = end === undefined || last === undefined ? 0 : Date.parse(end.time) - Date.parse(last.time);
    if (!isCut && gap === undefined && again < 2) return undefined;
    if (!isCut && failing.first("server_hello_done") !== undefined && gap === undefined) return undefined;
    if (failure.by === "server" || (waited < 1_000 && gap === undefined && again < 2)) return undefined;
    return {
      confidence: gap !== undefined || again > 1 || working !== undefined ? "likely" : "possible",
      summary:
        cut === undefined
          ? "the server answers, and only the end of its flight arrives: full segments get lost on the way"
          : "the beginning of the server's flight arrives and its rest does not: full segments get lost on the way",
      evidence: [
        ...(cut === undefined ? [] : [failing.evidence(cut.packet, `${cut.type} from the server${isCut ? " ends in the middle" : ""}`)]),
        ...(gap === undefined ? [] : [failing.evidence(gap.packet, `${gap.length ?? 0} octets of the server are missing`)]),
        failing.evidence(
          failure.packet,
          waited >= 1_000 ? `the client gives up after ${Math.round(waited / 1_000)} s` : "the client gives up",
        ),
        ...(working === undefined ? [] : [working.evidence(working.serverHello?.packet, "here the whole flight arrives")]),
      ],
    };
  },
};

/** How often the server said something again. What comes at the same time as before was only captured twice, as on the interface any. */
function sentAgain({ events }: Look): number {
  let sent = NaN;
  let count = 0;
  for (const { kind, from, time } of events) {
    if (from !== "server") continue;
    if (kind === "segment") sent = Date.parse(time);
    if (kind === "retransmission" && !(Date.parse(time) - sent < AGAIN)) count++;
  }
  return count;
}

/**
 * The first of the server's segments, the fullest, is what gets lost, and its end arrives. Had only the capture missed it, the client
 * would have gone on.
 */
function beginningLost({ failing, working }: View): Claim | undefined {
  const gap = failing.events.find(({ kind, from }) => kind === "gap" && from === "server");
  const end = failing.events.find(({ kind, from }) => (kind === "fin" || kind === "rst") && from === "client");
  if (failing.hello === undefined || failing.established || gap === undefined || end === undefined || end.packet < gap.packet)
    return undefined;
  const isGoing = failing.events.some(({ kind, from, packet }) => kind === "segment" && from === "client" && packet > gap.packet);
  const waited = Date.parse(end.time) - Date.parse(gap.time);
  if (isGoing || waited < 1_000) return undefined;
  return {
    confidence: working?.serverHello === undefined ? "possible" : "likely",
    summary: "the server answers, and its full segments get lost on the way: only the end of its flight arrives",
    evidence: [
      failing.evidence(gap.packet, `${gap.length ?? 0} octets of the server are missing before this packet`),
      failing.evidence(end.packet, `the client says nothing and gives up after ${Math.round(waited / 1_000)} s`),
      ...(working?.serverHello === undefined ? [] : [working.evidence(working.serverHello.packet, "here the whole flight arrives")]),
    ],
  };
}
