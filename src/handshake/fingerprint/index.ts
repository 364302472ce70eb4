/**
 * Fingerprints of a connection: its messages come in, JA3 and JA4 of the first ClientHello and JA3S
 * of the server's answer go out, and the JA4 of a second ClientHello if it differs. Messages that were not seen completely have none. Of the JA4
 * family, only the client's fingerprint is here: the others are not freely licensed.
 */
import type { ClientHello, Message, ServerHello } from "../../message/message.ts";
import type { Fingerprints } from "../handshake.ts";
import { md5Hex } from "./digest.ts";
import { ja3Text, ja3sText } from "./ja3.ts";
import { ja4 } from "./ja4.ts";

/** The transport of the hellos: TCP, DTLS over UDP, or QUIC. JA4 begins with a letter for it. */
export type FingerprintTransport = "tcp" | "dtls" | "quic";

/** Fingerprints of ClientHellos by transport and outline. */
const byOutline = { tcp: new Map<string, Fingerprints>(), dtls: new Map<string, Fingerprints>(), quic: new Map<string, Fingerprints>() };
/** Outlines that are kept for each transport. */
const KEPT = 1_024;

/**
 * The fingerprints of one connection (not of SSL 2.0, for which none is defined). JA3S is that of the
 * ServerHello, or of the HelloRetryRequest if no ServerHello followed. `outline` is that of the first ClientHello, see `outlineOf`.
 */
export function fingerprint(messages: readonly Message[], transport: FingerprintTransport, outline?: string): Fingerprints {
  const [client, second] = messages.filter((message): message is ClientHello => message.type === "client_hello" && !message.decrypted);
  const server =
    messages.find((message): message is ServerHello => message.type === "server_hello") ??
    messages.find((message): message is ServerHello => message.type === "hello_retry_request");
  const fingerprints: { -readonly [K in keyof Fingerprints]: Fingerprints[K] } = {};
  const own = client === undefined ? {} : (knownOf(transport, outline) ?? ofClient(client, transport, outline));
  const ja3s = server === undefined ? undefined : ja3sText(server);
  if (own.ja3 !== undefined && own.ja3Text !== undefined) {
    fingerprints.ja3 = own.ja3;
    fingerprints.ja3Text = own.ja3Text;
  }
  if (ja3s !== undefined) {
    fingerprints.ja3s = md5Hex(ja3s);
    fingerprints.ja3sText = ja3s;
  }
  if (own.ja4 !== undefined && own.ja4r !== undefined) {
    fingerprints.ja4 = own.ja4;
    fingerprints.ja4r = own.ja4r;
  }
  return second === undefined ? fingerprints : Object.assign(fingerprints, secondJa4(ja4(second, transport), own));
}

/**
 * The fingerprints of a client whose only hello has this outline; the result may be shared. The messages of `sent`, which include the hello,
 * are only looked at if the outline is new.
 */
export function clientFingerprints(
  sent: { readonly messages: readonly Message[] },
  transport: FingerprintTransport,
  outline: string,
): Fingerprints {
  const known = knownOf(transport, outline);
  if (known !== undefined) return known;
  const hello = sent.messages.find((message): message is ClientHello => message.type === "client_hello");
  return hello === undefined ? {} : ofClient(hello, transport, outline);
}

function knownOf(transport: FingerprintTransport, outline: string | undefined): Fingerprints | undefined {
  return outline === undefined ? undefined : byOutline[transport].get(outline);
}

function ofClient(hello: ClientHello, transport: FingerprintTransport, outline: string | undefined): Fingerprints {
  const kept = byOutline[transport];
  const text = ja3Text(hello);
  const made: Fingerprints = { ...(text === undefined ? {} : { ja3: md5Hex(text), ja3Text: text }), ...ja4(hello, transport) };
  if (outline !== undefined) {
    if (kept.size === KEPT) kept.clear();
    kept.set(outline, made);
  }
  return made;
}

/** Adds the JA4 of the second hello, unless it differs only because padding was dropped or a cookie was added, as it usually does. */
function secondJa4({ ja4: own, ja4r: raw }: Fingerprints, first: Fingerprints): Fingerprints {
  if (own === undefined || raw === undefined || first.ja4r === undefined || raw === first.ja4r) return {};
  return { secondJa4: own, secondJa4r: raw };
}
