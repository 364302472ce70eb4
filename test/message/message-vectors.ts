/** A good body of every handshake message in each of its shapes, with what must be known to read it and what it must give. */
import { CERTIFICATES } from "./vectors/certificates.ts";
import { HELLOS } from "./vectors/hellos.ts";
import { OTHERS } from "./vectors/others.ts";
import { type MessageVector, octets } from "./vectors/vector.ts";

const NO_BODY: MessageVector[] = [
  { type: "hello_request", handshakeType: 0 },
  { type: "end_of_early_data", handshakeType: 5 },
  { type: "server_hello_done", handshakeType: 14 },
].map(({ type, handshakeType }) => ({ what: type, handshakeType, body: octets(0, 0), fields: { type } }));
/** Every message but the two key exchanges. */
export const MESSAGE_VECTORS: readonly MessageVector[] = [...HELLOS, ...NO_BODY, ...CERTIFICATES, ...OTHERS];
