/** Nothing listens on the port. */
import type { Rule } from "../contract.ts";

export const tcpRefused: Rule = {
  id: "tcp-refused",
  title: "The port is closed",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "dial tcp: connect: connection refused" },
      { stack: "Python", text: "ConnectionRefusedError: [Errno 111] Connection refused" },
      { stack: "curl", text: "curl: (7) Failed to connect: Connection refused" },
      { stack: "Node.js", text: "Error: connect ECONNREFUSED" },
      { stack: "Java", text: "java.net.ConnectException: Connection refused" },
    ],
    cause: "Nothing listens there, or a firewall rejects the connection. TLS was never tried.",
    proof: "A reset in answer to the SYN.",
    disproof: "a SYN-ACK came",
    fixes: [
      {
        where: "server",
        text: "start the service, and let it listen on this address and port (ss -ltn shows)",
        source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2",
      },
      {
        where: "client",
        text: "check the port and the address, IPv4 and IPv6",
        source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2",
      },
    ],
    references: ["RFC 9293 §3.5.2"],
  }),
  check({ failing, working }) {
    const { failure, handshake } = failing;
    if (failure?.kind !== "refused" || failure.by === "path") return undefined;
    const { address, port } = handshake.transport.server;
    return {
      confidence: "certain",
      summary: `nothing accepts connections on ${address.includes(":") ? `[${address}]` : address}:${port}`,
      evidence: [
        failing.evidence(failure.packet, "a reset in answer to the SYN"),
        ...(working === undefined ? [] : [working.evidence(working.hello?.packet, "here the connection opens")]),
      ],
    };
  },
};
