/** What the network saw: the size of the hello and its segments, retransmissions, gaps, addresses. */
import { isFields, type Fields } from "../identity.ts";
import { messageOf, type View } from "../view.ts";
import { compareFields } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const transport: Facet = {
  name: "transport",
  about: "Octets and packets of the hello, retransmissions and gaps, addresses.",
  compare: ({ left, right }) => {
    const [ours, theirs] = [factsOf(left), factsOf(right)];
    // If one side lacks the hello, its size is not a transport difference.
    const alone = ["helloLength", "helloSegments"].filter((key) => ours[key] === undefined || theirs[key] === undefined);
    return compareFields("transport", ours, theirs, "transport", new Set(alone));
  },
};

function factsOf(view: View): Fields {
  const hello = messageOf(view, "client_hello");
  const ends = isFields(view.handshake["transport"]) ? view.handshake["transport"] : {};
  return {
    helloLength: hello?.["length"],
    helloSegments: Array.isArray(hello?.["packets"]) ? hello["packets"].length : undefined,
    retransmissions: countBySide(view, "retransmission"),
    gaps: countBySide(view, "gap"),
    client: ends["client"],
    server: ends["server"],
  };
}

function countBySide(view: View, kind: string): Fields {
  const count = (from: string): number => view.events.filter((event) => event["kind"] === kind && event["from"] === from).length;
  return { client: count("client"), server: count("server") };
}
