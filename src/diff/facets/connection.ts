/** What the handshake ran over: the protocol, the upgrade of a plaintext one, a proxy. */
import { compareValues } from "../walk.ts";
import type { Facet } from "./contract.ts";

export const connection: Facet = {
  name: "connection",
  about: "TLS, DTLS or QUIC; STARTTLS; the proxy.",
  compare: ({ left, right }) => [
    ...["protocol", "startTls", "via"].flatMap((key) => compareValues(key, left.handshake[key], right.handshake[key])),
    ...["proxyTarget", "proxySource"].flatMap((key) => compareValues(key, left.handshake[key], right.handshake[key], "transport")),
  ],
};
