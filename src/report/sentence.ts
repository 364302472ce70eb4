/**
 * The verdict on one handshake as a sentence that can be pasted into a ticket: who, to whom, and
 * how it ended. A handshake comes in, spans go out. Nothing is claimed that the capture does not show.
 */
import type { Failure, Handshake } from "../handshake/handshake.ts";
import { code, sign, span } from "./document.ts";
import type { Block, Span, Text } from "./document.ts";
import { countText, endpointText, nameOf, plainName, protocolText, settingsText, stackText } from "./words.ts";

/** The verdict on `handshake`, which the reader knows as `label`. */
export function verdict(label: Text, handshake: Handshake): Block {
  if (handshake.reference !== undefined) return referenceVerdict(label, handshake);
  return {
    kind: "verdict",
    mark: outcomeMark(handshake),
    text: [...label, span(": "), ...parties(handshake), span(" "), ...ending(handshake), span(".")],
  };
}

/** The sentence for a hello of the library, which has no outcome. */
function referenceVerdict(label: Text, handshake: Handshake): Block {
  const stack = stackText(handshake);
  const settings = settingsText(handshake);
  return {
    kind: "verdict",
    mark: span(sign("incomplete"), "muted"),
    text: [
      ...label,
      span(": what "),
      code(stack === "" ? "this client" : stack),
      span(` offers (${settings}), as recorded; it has no server side.`),
    ],
  };
}

/** A mark for the outcome; the sentence beside it says the same. */
export function outcomeMark(handshake: Handshake): Span {
  const tone = { established: "good", failed: "bad", incomplete: "moved" } as const;
  return span(sign(handshake.outcome), tone[handshake.outcome]);
}

/** How it ended, in the few words that fit a list: `established`, `handshake_failure from server`, `reset by server`. */
export function endText(handshake: Handshake): string {
  const { failure } = handshake;
  if (failure === undefined) return handshake.negotiated.resumed && handshake.outcome === "established" ? "resumed" : handshake.outcome;
  const by = failure.by === "path" ? "on the path" : `by ${failure.by}`;
  switch (failure.kind) {
    case "alert":
      return `${failure.alert === undefined ? "encrypted alert" : nameOf(failure.alert)} ${by}`;
    case "reset":
      return `reset ${by}`;
    case "close":
      return `closed ${by}`;
    case "timeout":
      return failure.by === "path" ? "no answer" : `no answer ${by}`;
    case "not-tls":
      return failure.protocol === undefined ? `no TLS ${by}` : `plain ${plainName(failure.protocol)} ${by}`;
    case "refused":
      return `refused ${by}`;
    case "transport-error":
      return `${failure.alert === undefined ? "transport error" : nameOf(failure.alert)} ${by}`;
    case "starttls-refused":
      return failure.notOffered ? "STARTTLS not offered" : "STARTTLS refused";
    case "proxy":
      return failure.text === undefined ? "closed by the proxy" : "refused by the proxy";
    default:
      return failure.kind.replaceAll("-", " ");
  }
}

function parties(handshake: Handshake): Span[] {
  const { snapshot, transport, serverName, startTls, via, proxyTarget, proxySource, tunnels } = handshake;
  const server = endpointText(transport.server);
  const how = [
    ...(startTls === undefined ? [] : [`${plainName(startTls)} STARTTLS`]),
    ...(via === undefined ? [] : [`via ${via}${proxyTarget === undefined ? "" : ` to ${proxyTarget}`}`]),
    ...(proxySource === undefined ? [] : [`for ${proxySource}`]),
    ...(tunnels === undefined ? [] : [`in ${tunnels.toReversed().join(" in ")}`]),
  ].join(", ");
  if (snapshot === true) return [code(serverName ?? "a server without a name", "strong"), span(how === "" ? "" : ` (${how})`)];
  // `OpenSSL 3.0 in curl 7.88`, because nested brackets are hard to read.
  const stack = stackText(handshake).replace(/ \((.+)\)$/, " in $1");
  const client = [code(endpointText(transport.client)), ...(stack === "" ? [] : [span(" ("), code(stack), span(")")]), span(" to ")];
  if (serverName === undefined) return [...client, code(server), span(how === "" ? "" : ` (${how})`)];
  return [...client, code(serverName, "strong"), span(" ("), code(server), span(how === "" ? ")" : `, ${how})`)];
}

function ending(handshake: Handshake): Span[] {
  if (handshake.failure !== undefined && handshake.outcome === "failed") {
    return [span("failed", "bad"), span(": "), ...failureWords(handshake, handshake.failure)];
  }
  if (handshake.outcome === "established") return establishedWords(handshake);
  const last = handshake.messages.at(-1);
  if (handshake.outcome === "failed") return [span("failed", "bad")];
  return [
    span("is incomplete", "moved"),
    ...(last === undefined
      ? [span(": the capture shows no message of it")]
      : [span(": the capture shows nothing after "), code(last.type), span(last.packet > 0 ? ` (packet ${last.packet})` : "")]),
  ];
}

function establishedWords(handshake: Handshake): Span[] {
  const { version, cipherSuite, resumed } = handshake.negotiated;
  return [
    span("established", "good"),
    span(" "),
    version === undefined ? span(protocolText(handshake)) : code(nameOf(version)),
    ...(cipherSuite === undefined ? [] : [span(" with "), code(nameOf(cipherSuite), "strong"), span(` (${cipherSuite.id})`)]),
    ...(resumed ? [span(", resuming an earlier session")] : []),
  ];
}

function failureWords(handshake: Handshake, failure: Failure): Span[] {
  const who = failure.by === "path" ? "something on the path" : `the ${failure.by}`;
  const at = failure.packet > 0 ? ` (packet ${failure.packet})` : "";
  const after = failure.after === undefined ? [] : [span(" after "), code(failure.after)];
  const quoted = failure.text === undefined ? [] : [span(': "'), code(failure.text), span('"')];
  switch (failure.kind) {
    case "alert":
      return failure.alert === undefined
        ? [span(`${who} sent an encrypted alert`), ...after, span(at)]
        : [span(`${who} sent `), code(alertText(failure.alert.name, failure.alert.id), "bad"), ...after, span(at)];
    case "reset":
      return [span(`${who} reset the connection`), ...after, span(at)];
    case "close":
      return [span(`${who} closed the connection`), ...after, span(at)];
    case "timeout":
      return [span(failure.by === "path" ? "no answer came" : `${who} did not answer`), ...after, span(at)];
    case "not-tls":
      return [
        span(failure.protocol === undefined ? `${who} did not speak TLS` : `${who} spoke ${plainName(failure.protocol)} instead of TLS`),
        ...after,
        span(at),
        ...quoted,
      ];
    case "version-negotiation":
      return [span(`${who} supports none of the offered versions`), ...after, span(at)];
    case "refused":
      return [span(failure.by === "path" ? "the connection was never answered" : `${who} refused the connection`), span(at), ...quoted];
    case "proxy":
      return [
        span(failure.text === undefined ? "the proxy ended the connection without an answer" : "the proxy refused the connection"),
        span(at),
        ...quoted,
      ];
    case "starttls-refused":
      return [span(failure.notOffered ? `${who} did not offer STARTTLS` : `${who} refused STARTTLS`), span(at), ...quoted];
    default:
      return [
        span(`${who} closed the ${protocolText(handshake)} connection with an error`),
        ...(failure.alert === undefined ? [] : [span(", "), code(alertText(failure.alert.name, failure.alert.id), "bad")]),
        ...after,
        span(at),
        ...quoted,
      ];
  }
}

function alertText(name: string | null, id: string): string {
  return name ?? `the unknown alert ${id}`;
}

/** `2 handshakes`, for sentences about a whole capture. */
export function handshakeCount(count: number): string {
  return countText(count, "handshake");
}
