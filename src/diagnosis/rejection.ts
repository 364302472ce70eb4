/**
 * A client that rejected the server's certificate: with an alert after it, or by leaving right after the
 * handshake, like stacks that verify late. Which alert it sends depends on the client, not on the fault.
 */
import type { CertificateEntry } from "../message/message.ts";
import type { Claim, Confidence } from "./contract.ts";
import type { Look } from "./look.ts";
import type { View } from "./view.ts";

/** How a client rejected the certificate. */
export interface Rejection {
  /** The alert's number; -1 if it left without a readable one. */
  readonly number: number;
  readonly packet: number;
  readonly words: string;
}

/** Alerts that some client sends for a certificate that it rejects. */
const ALERTS: ReadonlySet<number> = new Set([10, 40, 42, 43, 44, 45, 46, 48, 49, 50, 51, 80, 113]);
/** Those of them that do not say what is wrong: Erlang, and programs that check the name themselves, send the same one for every fault. */
const UNSPECIFIC: ReadonlySet<number> = new Set([40, 42, 43, 46, 80]);
/** Milliseconds within which a client judges a certificate. */
const AT_ONCE = 1_000;
const AFTER: ReadonlySet<string> = new Set([
  "certificate",
  "certificate_status",
  "server_key_exchange",
  "certificate_request",
  "server_hello_done",
  "certificate_verify",
  "finished",
  "server_hello",
]);

/** The client's rejection, if the capture shows it and the certificate. */
export function rejectionOf(view: View): Rejection | undefined {
  const { failing } = view;
  if (failing.chain.length === 0) return undefined;
  const { alert, leave } = failing;
  if (alert?.by === "client" && alert.number < 0 && !failing.isTls13) {
    return { number: -1, packet: alert.packet, words: "the client sends an encrypted alert right after its Finished" };
  }
  if (alert?.by === "client") {
    if (!ALERTS.has(alert.number) || !AFTER.has(alert.after)) return undefined;
    return { number: alert.number, packet: alert.packet, words: `the client sends ${alert.name} after the certificate` };
  }
  if (alert !== undefined || leave === undefined || (leave.said && !verifiesLate(view))) return undefined;
  return { number: -1, packet: leave.packet, words: "the client leaves right after the handshake, without data and without an alert" };
}

/**
 * Does the client judge the certificate after the handshake? If it sends an alert before it leaves, which may be a close_notify, a client
 * that verifies during the handshake is just done; but one that intended to speak HTTP, or asked for STARTTLS, is not.
 */
function verifiesLate({ failing }: View): boolean {
  const { places } = failing.stack;
  if (places.some((place) => place === "nss" || place === "boringssl" || place === "node")) return true;
  // After STARTTLS, too, the client would have gone on.
  return places.includes("openssl") && (failing.offer.alpn.length > 0 || failing.handshake.startTls !== undefined);
}

/** Does this stack judge certificate and name during the handshake, and send an alert? Then a client that leaves afterwards has another reason. */
export function judgesBeforehand({ stack }: Look): boolean {
  return stack.places.length > 0 && stack.places.every((place) => place === "python" || place === "go" || place === "java");
}

/** BoringSSL rejects without an alert: all that is seen is the server's answer to its FIN. */
function silentRejection({ failing }: View): Rejection | undefined {
  const { failure, events, chain } = failing;
  const shown = failing.certificateOf("server")?.time;
  if (chain.length === 0 || failure === undefined || shown === undefined) return undefined;
  // Node.js judges the certificate after the handshake: if it leaves earlier, the reason is another one.
  if (failing.stack.places.includes("node") && !failing.isTls13) return undefined;
  const fin = events.find(({ kind, from }) => (kind === "fin" || kind === "rst") && from === "client");
  const spoke = failing.first("client_key_exchange");
  if (fin === undefined || spoke !== undefined || failing.alert?.by === "client") return undefined;
  if (failing.alert?.by === "server" && failing.alert.packet < fin.packet) return undefined;
  // If it leaves later, it may have waited for something else.
  if (Date.parse(fin.time) - Date.parse(shown) > AT_ONCE) return undefined;
  return { number: -1, packet: fin.packet, words: "the client closes the connection after the server's certificate, without an alert" };
}

/** The same if no fault can be seen in the certificate: only for a client that leaves like this, or if another one accepts what this one saw. */
export function untoldRejection(view: View): Rejection | undefined {
  const { failing, working } = view;
  const isAccepted = working !== undefined && haveSameCertificate(working, failing);
  const { places } = failing.stack;
  // In TLS 1.3, Node.js leaves before it has answered, and only because of the certificate.
  const goesSo = places.includes("boringssl") || (places.includes("node") && failing.isTls13);
  return isAccepted || goesSo ? silentRejection(view) : undefined;
}

/** The claim that the client rejected the certificate because of a visible fault. `fits` are the alerts that clients send for it. */
export function certificateClaim(
  view: View,
  entry: CertificateEntry,
  fits: readonly number[],
  summary: string,
  fault: string,
  rejection: Rejection | undefined = rejectionOf(view) ?? silentRejection(view),
): Claim | undefined {
  const { failing, working } = view;
  if (rejection === undefined) return undefined;
  // If the alert does not say what is wrong, and another client accepts the same certificate, the fault that was found is likely the reason.
  const isAccepted = working !== undefined && working.established && haveSameCertificate(working, failing);
  const isLikely = rejection.number < 0 || (isAccepted && UNSPECIFIC.has(rejection.number));
  const confidence: Confidence = fits.includes(rejection.number) ? "certain" : isLikely ? "likely" : "possible";
  const packet = failing.certificateOf("server")?.packet;
  return {
    confidence,
    summary,
    evidence: [failing.evidence(packet, `${subjectOf(entry)}: ${fault}`), failing.evidence(rejection.packet, rejection.words)],
  };
}

/** Does the server send the same certificate in both handshakes? */
function haveSameCertificate(one: Look, other: Look): boolean {
  return one.chain[0] !== undefined && one.chain[0].sha256 === other.chain[0]?.sha256;
}

/** The name of a certificate, as people know it. */
export function subjectOf({ subject = "", subjectAltNames = [], sha256 }: CertificateEntry): string {
  const common = /CN=([^,+]+)/.exec(subject)?.[1];
  return common ?? subjectAltNames[0]?.replace(/^\w+:/, "") ?? (subject === "" ? `certificate ${sha256.slice(0, 16)}` : subject);
}
