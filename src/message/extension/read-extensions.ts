/**
 * The walk over a list of extensions (RFC 9846 §4.2): octets come in, one entry for each extension
 * goes out, in wire order, duplicates marked. A damaged body stays in the list as hex with its
 * fault; damage to the list itself is thrown after everything before it has been added.
 */
import { type Cursor, DecodeFault } from "../../bytes/cursor.ts";
import { toHex } from "../../bytes/hex.ts";
import { type CodePoint, codePoint } from "../../registry/codepoint.ts";
import type { Extension } from "../message.ts";
import { Interned } from "../../bytes/interned.ts";
import type { ExtensionData, Place } from "./contract.ts";
import { codecs } from "./index.ts";

/** Reads a list with its two-octet length and appends its extensions to `list`, or only those whose types `isWanted`. A cut list is read up to the cut. */
export function readExtensions(message: Cursor, place: Place, list: Extension[], isWanted: (type: number) => boolean = all): void {
  const length = message.at("extensions").u16();
  const present = Math.min(length, message.remaining);
  const window = message.sub(present);
  lists = (lists + 1) >>> 0;
  const current = lists;
  while (window.remaining > 0) {
    const type = window.at("extensions").u16();
    if (!isWanted(type)) {
      window.skip(window.u16());
      continue;
    }
    const point = codePoint("extension_types", type);
    const body = window.at(point.name ?? point.id).vector16();
    list.push(decodeExtension(type, point, body, place, lastSeen[type] === current));
    lastSeen[type] = current;
  }
  if (present < length) message.at("extensions").take(length - present);
}

function all(): boolean {
  return true;
}

/** How many lists have been read, and for each type the last list that had it: this finds duplicates without allocating a set for each list. */
let lists = 0;
const lastSeen = new Uint32Array(65_536);

/** Numbers of the places, for the cache: how an extension is read depends on its place. */
const PLACES: Readonly<Record<Place, number>> = {
  client_hello: 1 << 16,
  server_hello: 2 << 16,
  hello_retry_request: 3 << 16,
  encrypted_extensions: 4 << 16,
  certificate: 5 << 16,
  certificate_request: 6 << 16,
  new_session_ticket: 7 << 16,
};

/**
 * Extensions whose bodies differ in every connection: keys, tickets, ciphertext, QUIC's parameters. Looking for them in the
 * cache would be in vain.
 */
const PASSING: ReadonlySet<number> = new Set([35, 40, 41, 44, 51, 57, 0xffa5, 0xfe0d]);

/** Extensions that were decoded without fault, frozen because messages share them. */
const known = new Interned<Extension>();

function decodeExtension(type: number, point: CodePoint, body: Cursor, place: Place, duplicate: boolean): Extension {
  const start = body.position;
  const length = body.remaining;
  const kind = PLACES[place] | type;
  const isPassing = length > 0 && PASSING.has(type);
  const same = isPassing ? undefined : known.find(kind, body.bytes, start, body.end);
  if (same !== undefined && !duplicate) return same;
  let data: ExtensionData | undefined;
  let malformed: string | undefined;
  const codec = codecs.get(type);
  if (codec !== undefined) {
    const read = codec.in[place];
    if (read === undefined) malformed = `not defined in ${place}`;
    else {
      try {
        data = read(body);
        body.finish();
      } catch (fault) {
        if (!(fault instanceof DecodeFault)) throw fault;
        malformed = fault.words();
      }
    }
  }
  const { id, name } = point;
  if (malformed === undefined && data !== undefined && !duplicate) {
    if (isPassing) return { id, name, length, data };
    const extension = Object.freeze({ id, name, length, data });
    known.keep(kind, body.bytes, start, body.end, extension);
    return extension;
  }
  const hex = toHex(body.bytes, start, body.end);
  const entry: Extension =
    malformed !== undefined
      ? { id, name, length, ...(isTelling(data) ? { data } : {}), hex, malformed }
      : data !== undefined
        ? { id, name, length, data }
        : { id, name, length, hex };
  return duplicate ? { ...entry, duplicate } : entry;
}

/** Data read from a body with extra octets is kept beside the fault, unless it is empty. */
function isTelling(data: ExtensionData | undefined): data is ExtensionData {
  return data !== undefined && Object.keys(data).length > 0;
}
