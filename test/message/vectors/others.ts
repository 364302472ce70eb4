/** Messages that are neither hellos nor about certificates. */
import { encodeExtensions, wire } from "../../support/wire.ts";
import { type MessageVector, point, octets, TLS12, TLS13 } from "./vector.ts";

export const OTHERS: readonly MessageVector[] = [
  {
    what: "a new_session_ticket up to TLS 1.2",
    handshakeType: 4,
    context: { version: TLS12 },
    body: wire((body) => body.u32(300).vector16((ticket) => ticket.raw([1, 2]))),
    fields: { type: "new_session_ticket", ticketLifetime: 300, ticketLength: 2 },
  },
  {
    what: "a new_session_ticket of TLS 1.3",
    handshakeType: 4,
    context: { version: TLS13 },
    body: wire((body) =>
      body
        .u32(7200)
        .u32(0xdeadbeef)
        .vector8((nonce) => nonce.raw([9]))
        .vector16((ticket) => ticket.raw([1, 2, 3]))
        .raw(encodeExtensions([{ type: 42, body: octets(4, 0) }])),
    ),
    fields: {
      type: "new_session_ticket",
      ticketLifetime: 7200,
      ticketNonce: "09",
      ticketLength: 3,
      extensions: [{ id: "0x002a", name: "early_data", length: 4, data: { maxEarlyDataSize: 0 } }],
    },
  },
  {
    what: "a new_session_ticket of TLS 1.3 draft 18",
    handshakeType: 4,
    context: { version: 0x7f12 },
    body: wire((body) =>
      body
        .u32(1)
        .u32(2)
        .vector16((ticket) => ticket.raw([1]))
        .raw(encodeExtensions([])),
    ),
    fields: { type: "new_session_ticket", ticketLifetime: 1, ticketLength: 1, extensions: [] },
  },
  ...[
    { version: TLS12, length: 12 },
    { version: TLS13, length: 32 },
    { version: 0x0300, length: 36 },
    { version: 0, length: 12 },
  ].map(({ version, length }): MessageVector => ({
    what: `a finished of ${length} octets, version ${version}`,
    handshakeType: 20,
    context: { version },
    body: octets(length, 0xfe),
    fields: { type: "finished", data: { verifyData: "fe".repeat(length) } },
  })),
  {
    what: "a certificate_url",
    handshakeType: 21,
    body: wire((body) =>
      body.u8(1).vector16((list) => {
        list
          .vector16((url) => url.text("http://a"))
          .u8(1)
          .raw(octets(20, 0x11));
        list.vector16((url) => url.text("b")).u8(0);
      }),
    ),
    fields: {
      type: "certificate_url",
      data: { chainType: point("0x01", "pkipath"), urls: [{ url: "http://a", sha1: "11".repeat(20) }, { url: "b" }] },
    },
  },
  {
    what: "a supplemental_data",
    handshakeType: 23,
    body: wire((body) => body.vector24((list) => list.u16(0).vector16((entry) => entry.raw([1, 2])))),
    fields: { type: "supplemental_data", data: { entries: [{ type: point("0x0000", "user_mapping_data"), length: 2 }] } },
  },
  {
    what: "a key_update",
    handshakeType: 24,
    body: Uint8Array.of(1),
    fields: { type: "key_update", data: { requestUpdate: point("0x01", "update_requested") } },
  },
  {
    what: "a compressed_certificate",
    handshakeType: 25,
    body: wire((body) =>
      body
        .u16(2)
        .u24(4000)
        .vector24((message) => message.raw([1, 2, 3])),
    ),
    fields: {
      type: "compressed_certificate",
      data: { algorithm: point("0x0002", "brotli"), uncompressedLength: 4000, compressedLength: 3 },
    },
  },
  {
    what: "a next_protocol",
    handshakeType: 0x43,
    body: wire((body) => body.vector8((protocol) => protocol.text("h2")).vector8((padding) => padding.raw(octets(4, 0)))),
    fields: { type: "next_protocol", data: { protocol: "h2", paddingLength: 4 } },
  },
];
