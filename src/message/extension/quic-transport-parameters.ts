/**
 * `quic_transport_parameters` (RFC 9000 §18, RFC 9001 §8.2): a list of parameters, each with its number,
 * octets and, where the format is published, its value. Drafts used another extension number; until
 * draft 26 they wrote numbers and lengths in two octets, until draft 18 with the version before them.
 */
import type { Cursor } from "../../bytes/cursor.ts";
import { codePoint } from "../../registry/codepoint.ts";
import { isVector16ToEnd, readHex, readHex8, readHexRest } from "../read-values.ts";
import { toText } from "../../bytes/text.ts";
import type { ExtensionCodec, ExtensionData } from "./contract.ts";

export const quicTransportParameters: ExtensionCodec = {
  type: 57,
  name: "quic_transport_parameters",
  spec: "RFC 9000 §18",
  in: { client_hello: readParameters, encrypted_extensions: readParameters },
};

export const quicTransportParametersDraft: ExtensionCodec = {
  type: 0xffa5,
  name: "quic_transport_parameters_draft",
  spec: "draft-ietf-quic-transport-32 §18",
  in: { client_hello: readDraftParameters, encrypted_extensions: readDraftParameters },
};

type ValueReader = (body: Cursor) => unknown;

/** How values are read; a parameter that is not here stays as hex. */
const VALUES: ReadonlyMap<number, ValueReader> = new Map<number, ValueReader>([
  // original_destination_connection_id, stateless_reset_token, initial_source_connection_id, retry_source_connection_id
  ...[0x00, 0x02, 0x0f, 0x10].map((id) => [id, readHexRest] as const),
  // Times are in milliseconds, sizes in octets (RFC 9000 §18.2); max_datagram_frame_size, initial_max_path_id
  ...[0x01, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0e, 0x20, 0x3e].map((id) => [id, readInteger] as const),
  // min_ack_delay and its drafts, initial_rtt in microseconds
  ...[0xff04de1b, 0xff04de1a, 0xff02de1a, 0xde1a, 0x3127].map((id) => [id, readInteger] as const),
  // disable_active_migration, grease_quic_bit, reset_stream_at: flags without a value
  ...[0x0c, 0x2ab2, 0x1d].map((id) => [id, readFlag] as const),
  [0x0d, readPreferredAddress],
  [0x11, readVersionInformation],
  [0x3128, readRestAsText],
  [0x3129, readRestAsText],
]);

/** From this number on a QUIC draft wrote values as integers of variable length. */
const FIRST_DRAFT_WITH_VARINTS = 0xff000011;

function readParameters(body: Cursor): ExtensionData {
  return { parameters: body.all((list) => readParameter(readVarint(list), list.sub(Number(readVarint(list))), VALUES)) };
}

function readDraftParameters(body: Cursor): ExtensionData {
  if (isVector16ToEnd(body, body.position)) return readOldList(body, VALUES);
  if (body.remaining < 6) return readParameters(body);
  // The version that the client wants; a server states its own, then all that it supports.
  const version = body.bytes[body.position] === 0xff && body.bytes[body.position + 1] === 0 ? peek32(body) : undefined;
  if (version === undefined) return readParameters(body);
  const values = version >= FIRST_DRAFT_WITH_VARINTS ? VALUES : new Map<number, ValueReader>();
  const initialVersion = codePoint("quic_versions", body.u32());
  if (isVector16ToEnd(body, body.position)) return { initialVersion, ...readOldList(body, values) };
  const supportedVersions = body.vector8().all((list) => codePoint("quic_versions", list.u32()));
  return { negotiatedVersion: initialVersion, supportedVersions, ...readOldList(body, values) };
}

function peek32(body: Cursor): number {
  const version = body.u32();
  body.position -= 4;
  return version;
}

function readOldList(body: Cursor, values: ReadonlyMap<number, ValueReader>): ExtensionData {
  return { parameters: body.vector16().all((list) => readParameter(list.u16(), list.vector16(), values)) };
}

function readParameter(number: number | bigint, body: Cursor, values: ReadonlyMap<number, ValueReader>): ExtensionData {
  const { id, name } = codePoint("quic_transport_parameters", number);
  const length = body.remaining;
  const read = typeof number === "number" ? values.get(number) : undefined;
  if (read === undefined) return { id, name, length, hex: readHexRest(body) };
  const value = read(body);
  body.at(name ?? id).finish();
  return value === undefined ? { id, name, length } : { id, name, length, value };
}

/** An integer of 1, 2, 4 or 8 octets, by its first two bits (RFC 9000 §16); beyond 2^53 as a bigint. */
function readVarint(cursor: Cursor): number | bigint {
  const first = cursor.u8();
  const low = first & 0x3f;
  switch (first >> 6) {
    case 0:
      return low;
    case 1:
      return low * 0x100 + cursor.u8();
    case 2:
      return low * 0x1_00_00_00 + cursor.u24();
    default: {
      const high = low * 0x1_00_00_00 + cursor.u24();
      const rest = cursor.u32();
      return high < 0x20_0000 ? high * 0x1_0000_0000 + rest : (BigInt(high) << 32n) | BigInt(rest);
    }
  }
}

/** A number, or its decimal digits where JSON's numbers cannot hold it. */
function readInteger(body: Cursor): number | string {
  const value = readVarint(body);
  return typeof value === "number" ? value : value.toString();
}

function readFlag(): undefined {
  return undefined;
}

function readRestAsText(body: Cursor): string {
  const { bytes, position, end } = body.sub(body.remaining);
  return toText(bytes, position, end);
}

function readPreferredAddress(body: Cursor): ExtensionData {
  return {
    ipv4Address: body
      .sub(4)
      .all((octets) => octets.u8())
      .join("."),
    ipv4Port: body.u16(),
    ipv6Address: body
      .sub(16)
      .all((groups) => groups.u16().toString(16))
      .join(":"),
    ipv6Port: body.u16(),
    connectionId: readHex8(body),
    statelessResetToken: readHex(body, 16),
  };
}

function readVersionInformation(body: Cursor): ExtensionData {
  return {
    chosenVersion: codePoint("quic_versions", body.u32()),
    availableVersions: body.all((list) => codePoint("quic_versions", list.u32())),
  };
}
