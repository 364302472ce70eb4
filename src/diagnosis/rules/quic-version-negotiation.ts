/** The server does not speak the QUIC version of the client's first packet. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";

export const quicVersionNegotiation: Rule = {
  id: "quic-version-negotiation",
  title: "The server does not speak this version of QUIC",
  words: () => ({
    symptoms: [
      { stack: "quic-go", text: "no compatible QUIC version found" },
      { stack: "Chrome", text: "ERR_QUIC_PROTOCOL_ERROR" },
      { stack: "quinn", text: "peer doesn't implement any supported version" },
    ],
    cause:
      "The client begins with a version that the server lacks (version 2, a draft), and the server answers with the list of those that it has. The client then begins again or gives up.",
    proof: "The server answers the Initial packet with a Version Negotiation packet, and no connection follows.",
    disproof: "the client goes on with one of the versions that the server listed",
    fixes: [
      ...fixServer("enable the version that its clients speak, version 1 at least", "https://www.rfc-editor.org/rfc/rfc9000#section-6"),
      { where: "client", text: "offer QUIC version 1, or fall back to TCP", source: "https://www.rfc-editor.org/rfc/rfc9369#section-4" },
    ],
    references: ["RFC 8999 §6", "RFC 9000 §6", "RFC 9369"],
  }),
  explains: ["quic-transport-error"],
  check({ failing }) {
    const event = failing.events.find(({ kind }) => kind === "version-negotiation");
    if (event === undefined || failing.established || failing.serverHello !== undefined) return undefined;
    return {
      confidence: "certain",
      summary: "the server does not speak the QUIC version with which the client began, and answered with those that it has",
      evidence: [failing.evidence(event.packet, "a Version Negotiation packet from the server")],
    };
  },
};
