/** Something other than TLS came back. */
import type { DialogueLine } from "../../handshake/handshake.ts";
import type { Claim, Rule } from "../contract.ts";
import { deathOf } from "../death.ts";
import type { Look } from "../look.ts";
import type { View } from "../view.ts";
import { NOT_TLS } from "./plaintext-smtp-banner.ts";

export const notTls: Rule = {
  id: "not-tls",
  title: "The other side does not speak TLS",
  words: () => ({
    symptoms: NOT_TLS,
    cause: "The port belongs to another protocol, or to one that must be asked for TLS first (PostgreSQL, MySQL, LDAP).",
    proof: "The answer to the ClientHello is not a TLS record.",
    disproof: "the answer is a TLS record",
    fixes: [
      {
        where: "client",
        text: "use the port of TLS, or the way in which this protocol begins TLS",
        source: "https://www.rfc-editor.org/rfc/rfc7525",
      },
      { where: "server", text: "switch TLS on for this port", source: "https://www.rfc-editor.org/rfc/rfc9325" },
    ],
    references: ["RFC 9325"],
  }),
  explains: [
    "unexpected-message",
    "decode-error",
    "fin-after-client-hello",
    "rst-after-client-hello",
    "no-answer-timeout",
    "protocol-version-too-low",
    "protocol-version-too-high",
    "version-intolerant-server",
    "pq-large-hello-rst",
    "pq-large-hello-timeout",
    "ech-blocked",
    "grease-intolerance",
    "tls-fingerprint-blocking",
  ],
  check(view) {
    const { failing } = view;
    const { failure } = failing;
    if (failure !== undefined && failure.kind !== "not-tls" && deathOf(view) !== undefined) return wantsStartTls(view, failure.packet);
    const text = failure?.kind === "not-tls" && failure.by !== "client" ? (failure.text ?? "") : answerIn(failing);
    if (failing.hello === undefined || text === undefined) return undefined;
    return {
      confidence: "likely",
      summary: `what answers on this port does not speak TLS${text === "" ? "" : `: "${text.slice(0, 60)}"`}`,
      evidence: [failing.evidence(failure?.packet, `the answer to the hello is not a TLS record: ${text.slice(0, 80)}`)],
    };
  },
};

/** What the server says in plaintext after the hello, if the client then ends the connection with an alert. */
function answerIn({ handshake, hello, alert, serverHello }: Look): string | undefined {
  const { dialogue, startTls } = handshake;
  if (hello === undefined || serverHello !== undefined || alert?.by !== "client" || startTls !== undefined || !Array.isArray(dialogue))
    return undefined;
  return (dialogue as readonly DialogueLine[]).find(
    ({ from, packet }) => from === "server" && packet > hello.packet && packet < alert.packet,
  )?.text;
}

/** The server drops an immediate hello, but answers one after STARTTLS: databases and directories wait for the client, and send no greeting. */
function wantsStartTls({ failing, working, isSameServer }: View, packet: number): Claim | undefined {
  const startTls = working?.handshake.startTls;
  if (working?.serverHello === undefined || startTls === undefined || !isSameServer) return undefined;
  if (failing.handshake.startTls !== undefined || failing.handshake.via !== undefined) return undefined;
  return {
    confidence: "likely",
    summary: `the port expects ${startTls.toUpperCase()}, where TLS begins only on request, but the client begins with TLS immediately`,
    evidence: [
      failing.evidence(failing.hello?.packet, "the first octets of the connection are a ClientHello"),
      failing.evidence(packet, "the server ends the connection, or does not answer"),
      working.evidence(working.hello?.packet, `here TLS begins after ${startTls.toUpperCase()} STARTTLS`),
    ],
  };
}
