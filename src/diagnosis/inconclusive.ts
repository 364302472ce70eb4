/** The finding for a handshake that failed without a rule finding a cause: how far the capture shows it, and what to record next. */
import type { Finding } from "./contract.ts";
import type { View } from "./view.ts";

/** The name used instead of a rule's id. */
export const INCONCLUSIVE = "inconclusive";

/** One finding without a cause, or none if nothing failed. */
export function inconclusive(view: View): Finding[] {
  const { failing, working } = view;
  if (failing.established || (failing.messages.length === 0 && failing.failure === undefined)) return [];
  // A client that completes its side and closes in an orderly way has what it wanted.
  if (failing.failure === undefined && failing.parting?.said === true) return [];
  const fixes = wanted(view).map((text) => ({ where: "client" as const, text, source: "https://www.tcpdump.org/manpages/tcpdump.1.html" }));
  const compared = working === undefined ? "one capture alone" : "the comparison";
  const idle = Math.floor((failing.parting?.idle ?? 0) / 1_000);
  const end =
    failing.failure === undefined && idle > 0
      ? `the client completed its side, sent nothing for ${idle} s and left: nothing shows that TLS failed`
      : failing.failure === undefined
        ? "the capture does not show how the handshake ended"
        : `${compared} does not show why it failed`;
  return [
    {
      rule: INCONCLUSIVE,
      title: "Nothing can be concluded",
      confidence: "possible",
      side: failing.side,
      summary: end,
      evidence: [failing.evidence(failing.failure?.packet ?? failing.messages.at(-1)?.packet, lastSeen(view))],
      disproof: "a capture that shows more",
      fixes,
    },
  ];
}

function lastSeen({ failing }: View): string {
  const { failure, messages } = failing;
  const last = messages.at(-1);
  if (failing.alert !== undefined) return `the ${failing.alert.by} sent ${failing.alert.name}`;
  if (failure !== undefined) return `${failure.kind} by ${failure.by}${failure.after === undefined ? "" : ` after ${failure.after}`}`;
  return last === undefined ? "no message of the handshake was captured" : `the last message is ${last.type} from the ${last.from}`;
}

/** What would help most. */
function wanted({ failing, working }: View): string[] {
  const advice: string[] = [];
  if (failing.offer.isCut === true || working?.offer.isCut === true)
    advice.push("Capture whole packets, because offers cannot be compared if a hello is cut: tcpdump -i any -s 0 -U -w fail.pcap");
  else if (failing.failure === undefined)
    advice.push(
      "Capture whole packets of both directions, from before the client starts until it has failed: tcpdump -i any -s 0 -U -w fail.pcap",
    );
  if (failing.isTls13 && failing.failure !== undefined)
    advice.push("Record with a key log (SSLKEYLOGFILE): in TLS 1.3 the certificate and the alert are encrypted");
  if (working === undefined) advice.push("Capture a client that works with the same server, and compare: tls-diff fail.pcap ok.pcap");
  if (failing.failure?.by === "server") advice.push("Read the server's own log at the time of the failure: the alert does not say why");
  if (failing.isUnanswered)
    advice.push("Capture on the server at the same time: that shows whether the hello arrives, and who ends the connection");
  return advice.length > 0 ? advice : ["Capture at the client and at the server at the same time"];
}
