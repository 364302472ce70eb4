/**
 * Fingerprints of a connection: its messages come in, JA3 and JA4 of the first ClientHello and JA3S
 * of the server's answer go out, and JA4 of a second ClientHello that differs. What was not seen whole has none. Of the JA4 family only the client's
 * is here: the others are not free.
 */
import type { ClientHello, Message, ServerHello } from "../../message/message.ts";
import type { Fingerprints } from "../handshake.ts";
import { md5Hex } from "./digest.ts";
import { ja3Text, ja3sText } from "./ja3.ts";
import { ja4 } from "./ja4.ts";

/** What carries the hellos: TCP, DTLS over UDP, or QUIC. JA4 begins with it. */
export type FingerprintTransport = "tcp" | "dtls" | "quic";

/**
 * The fingerprints of one connection (not of SSL 2.0, for which none is defined). JA3S is that of the
 * ServerHello, of the HelloRetryRequest only where that was all.
 */
export function fingerprint(messages: readonly Message[], transport: FingerprintTransport): Fingerprints {
  const [client, second] = messages.filter((message): message is ClientHello => message.type === "client_hello" && !message.decrypted);
  const server =
    messages.find((message): message is ServerHello => message.type === "server_hello") ??
    messages.find((message): message is ServerHello => message.type === "hello_retry_request");
  const ja3 = client === undefined ? undefined : ja3Text(client);
  const ja3s = server === undefined ? undefined : ja3sText(server);
  const first = client === undefined ? {} : ja4(client, transport);
  return {
    ...(ja3 === undefined ? {} : { ja3: md5Hex(ja3), ja3Text: ja3 }),
    ...(ja3s === undefined ? {} : { ja3s: md5Hex(ja3s), ja3sText: ja3s }),
    ...first,
    ...(second === undefined ? {} : secondJa4(ja4(second, transport), first)),
  };
}

/** A second hello has, as a rule, another JA4 only because its padding is gone or a cookie came. */
function secondJa4({ ja4: own, ja4r: raw }: Fingerprints, first: Fingerprints): Fingerprints {
  if (own === undefined || raw === undefined || first.ja4r === undefined || raw === first.ja4r) return {};
  return { secondJa4: own, secondJa4r: raw };
}
