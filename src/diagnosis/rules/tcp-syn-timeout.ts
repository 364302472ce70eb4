/** The SYN gets no answer. */
import type { Rule } from "../contract.ts";

export const tcpSynTimeout: Rule = {
  id: "tcp-syn-timeout",
  title: "The connection is never answered",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "dial tcp: i/o timeout" },
      { stack: "Python", text: "TimeoutError: [Errno 110] Connection timed out" },
      { stack: "curl", text: "curl: (28) Connection timed out" },
      { stack: "Node.js", text: "Error: connect ETIMEDOUT" },
      { stack: "Java", text: "java.net.ConnectException: Connection timed out" },
    ],
    cause: "A firewall drops the packets, the route or the address is wrong, or the server's queue is full. TLS was never tried.",
    proof: "The SYN is sent again and again, and no SYN-ACK comes.",
    disproof: "a SYN-ACK came",
    fixes: [
      {
        where: "path",
        text: "let the port pass the firewall, and check route and address, IPv6 above all",
        source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.8.3",
      },
      {
        where: "server",
        text: "look whether the SYN arrives (tcpdump) and whether the accept queue is full (ss -ltn, nstat TcpExtListenOverflows)",
        source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.8.3",
      },
    ],
    references: ["RFC 9293 §3.8.3"],
  }),
  check({ failing, working }) {
    const { failure } = failing;
    if (failure?.kind !== "refused" || failure.by !== "path") return undefined;
    const count = failing.events.filter(({ kind }) => kind === "syn").length;
    return {
      confidence: "certain",
      summary: "no answer comes to the client's SYN: the connection was never opened",
      evidence: [
        failing.evidence(failure.packet, `${count} SYN packets and no SYN-ACK`),
        ...(working === undefined ? [] : [working.evidence(working.hello?.packet, "here the connection opens")]),
      ],
    };
  },
};
