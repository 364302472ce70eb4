/** Certificates, requests for them, and what stands beside them. */
import { encodeExtensions, wire } from "../../support/wire.ts";
import { type MessageVector, point, octets, TLS12, TLS13 } from "./vector.ts";

const TLS10 = 0x0301;
const SCHEMES = wire((body) => body.vector16((list) => list.u16(0x0403).u16(0x0804)));
const SCHEME_POINTS = [point("0x0403", "ecdsa_secp256r1_sha256"), point("0x0804", "rsa_pss_rsae_sha256")];

/** SHA-256 of 30 01 00 and of 30 00. */
const DIGESTS = {
  300100: "edc8c1efa9b3a9dc08b95dd0236472be2167c4eb4994fc1edda33e8deefc1a45",
  3000: "e4f60d0aa6d7f3d3b6a6494b1c861b99f649c6f9ec51abaf201b20f297327c95",
};
const CHAIN = wire((body) => body.vector24((list) => list.vector24((der) => der.raw("300100")).vector24((der) => der.raw("3000"))));
const CHAIN_ENTRIES = [
  { sha256: DIGESTS[300100], length: 3 },
  { sha256: DIGESTS[3000], length: 2 },
];
const CHAIN13 = wire((body) =>
  body
    .vector8((context) => context.raw("07"))
    .vector24((list) => {
      list.vector24((der) => der.raw("300100")).raw(encodeExtensions([{ type: 34, body: octets(1, 0) }]));
      list.vector24((der) => der.raw("3000")).raw(encodeExtensions([]));
    }),
);
const CHAIN13_FIELDS = {
  type: "certificate",
  requestContext: "07",
  certificates: [
    {
      ...CHAIN_ENTRIES[0],
      extensions: [
        {
          id: "0x0022",
          name: "delegated_credential",
          length: 1,
          hex: "00",
          malformed: "truncated in delegated_credential at offset 17: 2 octets wanted, 1 left",
        },
      ],
    },
    CHAIN_ENTRIES[1],
  ],
};

export const CERTIFICATES: readonly MessageVector[] = [
  {
    what: "a certificate up to TLS 1.2",
    handshakeType: 11,
    context: { version: TLS12 },
    body: CHAIN,
    fields: { type: "certificate", certificates: CHAIN_ENTRIES },
  },
  {
    what: "a certificate message without certificates",
    handshakeType: 11,
    context: { version: TLS10 },
    body: octets(3, 0),
    fields: { type: "certificate", certificates: [] },
  },
  { what: "a certificate of TLS 1.3", handshakeType: 11, context: { version: TLS13 }, body: CHAIN13, fields: CHAIN13_FIELDS },
  {
    what: "a certificate of the older form, version unknown",
    handshakeType: 11,
    body: CHAIN,
    fields: { type: "certificate", certificates: CHAIN_ENTRIES },
    guessed: true,
  },
  { what: "a certificate of TLS 1.3, version unknown", handshakeType: 11, body: CHAIN13, fields: CHAIN13_FIELDS, guessed: true },
  {
    what: "a raw public key",
    handshakeType: 11,
    context: { version: TLS12 },
    body: wire((body) => body.vector24((key) => key.raw("3003 020101"))),
    fields: {
      type: "certificate",
      certificateType: point("0x02", "Raw Public Key"),
      certificates: [{ sha256: "1b65f68a522c858715f5dd951cd0402dc16691778814bf0759822b7a257421d0", length: 5 }],
    },
  },
  {
    what: "an OpenPGP key with the id of its subkey",
    handshakeType: 11,
    context: { version: TLS12 },
    body: wire((body) =>
      body
        .u8(2)
        .vector8((id) => id.raw(octets(8, 1)))
        .vector24((key) => key.raw("300100")),
    ),
    fields: { type: "certificate", certificateType: point("0x01", "OpenPGP"), certificates: [CHAIN_ENTRIES[0]] },
  },
  {
    what: "no OpenPGP key",
    handshakeType: 11,
    context: { version: TLS12 },
    body: Uint8Array.of(1, 0, 0, 0),
    fields: { type: "certificate", certificateType: point("0x01", "OpenPGP"), certificates: [] },
  },
  {
    what: "a certificate_request of TLS 1.0",
    handshakeType: 13,
    context: { version: TLS10 },
    body: wire((body) => body.vector8((types) => types.u8(1).u8(64)).vector16((names) => names.vector16((name) => name.raw("3000")))),
    fields: {
      type: "certificate_request",
      certificateTypes: [point("0x01", "rsa_sign"), point("0x40", "ecdsa_sign")],
      authorities: ["3000"],
    },
  },
  ...[TLS12, 0].map((version): MessageVector => ({
    what: `a certificate_request of TLS 1.2, ${version === 0 ? "version unknown" : "version known"}`,
    handshakeType: 13,
    context: { version },
    body: wire((body) =>
      body
        .vector8((types) => types.u8(1))
        .raw(SCHEMES)
        .vector16((names) => names.raw([])),
    ),
    fields: {
      type: "certificate_request",
      certificateTypes: [point("0x01", "rsa_sign")],
      signatureSchemes: SCHEME_POINTS,
      authorities: [],
    },
    guessed: version === 0,
  })),
  {
    what: "a certificate_request of TLS 1.3",
    handshakeType: 13,
    context: { version: TLS13 },
    body: wire((body) =>
      body.u8(0).raw(
        encodeExtensions([
          { type: 13, body: SCHEMES },
          { type: 47, body: wire((names) => names.vector16((list) => list.vector16((name) => name.raw("3000")))) },
        ]),
      ),
    ),
    fields: {
      type: "certificate_request",
      requestContext: "",
      signatureSchemes: SCHEME_POINTS,
      authorities: ["3000"],
      extensions: [
        { id: "0x000d", name: "signature_algorithms", length: 6, data: { schemes: SCHEME_POINTS } },
        { id: "0x002f", name: "certificate_authorities", length: 6, data: { authorities: ["3000"] } },
      ],
    },
  },
  {
    what: "a certificate_status",
    handshakeType: 22,
    body: wire((body) => body.u8(1).vector24((response) => response.raw(octets(5, 1)))),
    fields: { type: "certificate_status", statusType: point("0x01", "ocsp"), responseLengths: [5] },
  },
  {
    what: "a certificate_status for a chain",
    handshakeType: 22,
    body: wire((body) => body.u8(2).vector24((list) => list.vector24((response) => response.raw([1])).vector24(() => {}))),
    fields: { type: "certificate_status", statusType: point("0x02", "ocsp_multi"), responseLengths: [1, 0] },
  },
  ...[
    { version: TLS10, scheme: false },
    { version: TLS12, scheme: true },
    { version: TLS13, scheme: true },
    { version: 0, scheme: true },
    { version: 0, scheme: false },
  ].map(({ version, scheme }): MessageVector => ({
    what: `a certificate_verify of version ${version} with${scheme ? "" : "out"} a scheme`,
    handshakeType: 15,
    context: { version },
    body: wire((body) => (scheme ? body.u16(0x0804) : body).vector16((signature) => signature.raw(octets(6, 5)))),
    fields: {
      type: "certificate_verify",
      ...(scheme ? { signatureScheme: point("0x0804", "rsa_pss_rsae_sha256") } : {}),
      signatureLength: 6,
    },
    guessed: version === 0,
  })),
];
