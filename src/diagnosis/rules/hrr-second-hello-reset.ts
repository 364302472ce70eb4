/** The connection dies after a HelloRetryRequest. */
import type { Rule } from "../contract.ts";
import { GROUPS } from "../fixes/groups.ts";
import { endWords } from "../suites.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const hrrSecondHelloReset: Rule = {
  id: "hrr-second-hello-reset",
  title: "The connection dies after a HelloRetryRequest",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "Some boxes on the path, and some servers, expect one hello for each connection and drop the second one, which follows a HelloRetryRequest. Clients whose first key share fits are not affected.",
    proof: "A HelloRetryRequest, the second hello, and then a reset, a close or silence; where it works there was no HelloRetryRequest.",
    disproof: "the working handshake went through a HelloRetryRequest as well",
    fixes: [
      {
        where: "path",
        text: "update the firewall or balancer: a second ClientHello follows a HelloRetryRequest",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.4",
      },
      {
        where: "server",
        text: "let it accept x25519, so that it need not ask again",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1",
      },
      ...GROUPS.filter(({ where }) => where !== "server" && where !== "boringssl"),
    ],
    references: ["RFC 9846 §4.1.4", "RFC 9846 §D.4"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "no-answer-timeout", "handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    const retry = failing.retries[0];
    const second = failing.secondHello;
    if (retry === undefined || failing.serverHello !== undefined || failing.failure === undefined) return undefined;
    // Some boxes do not even let the whole second hello through.
    if (second === undefined && (failing.failure.by === "client" || failing.failure.kind === "timeout")) return undefined;
    if (failing.retries.length > 1 || failing.alert !== undefined || failing.failure.kind === "not-tls") return undefined;
    const worked = working?.serverHello;
    if (working !== undefined && working.retries.length > 0) return undefined;
    return {
      confidence: worked === undefined ? "possible" : "likely",
      summary:
        second === undefined
          ? "the connection dies after a HelloRetryRequest, before the second hello"
          : "the connection dies after the second hello that a HelloRetryRequest asked for",
      evidence: [
        failing.evidence(retry.packet, "the server asks for another hello"),
        ...(second === undefined ? [] : [failing.evidence(second.packet, "the second hello")]),
        failing.evidence(failing.failure.packet, endWords(view)),
        ...(working === undefined ? [] : [working.evidence(worked?.packet, "answers at once, without a HelloRetryRequest")]),
      ],
    };
  },
};
