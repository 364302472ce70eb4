/** QUIC: the other side closed the connection with an error. */
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";

export const quicTransportError: Rule = {
  id: "quic-transport-error",
  title: "QUIC: closed with an error",
  words: () => ({
    symptoms: [
      { stack: "quic-go", text: "PROTOCOL_VIOLATION (remote)" },
      { stack: "Chrome", text: "ERR_QUIC_PROTOCOL_ERROR" },
    ],
    cause: "A CONNECTION_CLOSE frame says which rule of QUIC or of TLS was broken: an error of 0x100 and above is a TLS alert.",
    proof: "A CONNECTION_CLOSE in an Initial packet, which can be read without a key log.",
    disproof: "the error is NO_ERROR (0x00)",
    fixes: [
      SERVER_LOG,
      {
        where: "client",
        text: "look the error up in RFC 9000 §20.1; its reason phrase says more",
        source: "https://www.rfc-editor.org/rfc/rfc9000#section-20.1",
      },
    ],
    references: ["RFC 9000 §20.1", "RFC 9001 §4.8"],
  }),
  check({ failing }) {
    const { failure } = failing;
    if (failing.handshake.protocol !== "quic" || failure?.kind !== "transport-error") return undefined;
    const error = failing.events.find(({ kind, error: code }) => kind === "connection-close" && code !== undefined)?.error ?? failure.alert;
    return {
      confidence: "likely",
      summary: `the ${failure.by} closed the QUIC connection with ${error?.name ?? error?.id ?? "an error"}`,
      evidence: [
        failing.evidence(
          failure.packet,
          `CONNECTION_CLOSE, ${error?.name ?? error?.id ?? "error not readable"}${failure.text === undefined ? "" : `: "${failure.text}"`}`,
        ),
      ],
    };
  },
};
