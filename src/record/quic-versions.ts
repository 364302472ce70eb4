/**
 * The versions of QUIC whose Initial packets anybody can read, because their salt is published. A
 * version number comes in, the parameters of its Initial packets go out.
 */
import { fromHex } from "../bytes/hex.ts";
import { isGreaseQuicVersion } from "../registry/grease.ts";

/** What a long-header packet is (RFC 9000 §17.2). */
export type QuicPacketType = "initial" | "0-rtt" | "handshake" | "retry";

/** The parameters of the Initial packets of one version. */
export interface QuicVersion {
  /** `initial_salt` (RFC 9001 §5.2). */
  readonly salt: Uint8Array;
  /** The beginning of the HKDF labels: `quic` or `quicv2`. */
  readonly label: string;
  /** The packet type that each value of the header's two type bits stands for. */
  readonly types: readonly QuicPacketType[];
  /** Does it use Google's own frames instead of those of RFC 9000 §19? */
  readonly hasGoogleFrames: boolean;
  /** The keys for the tag of Retry packets (RFC 9001 §5.8), if they are published. */
  readonly retry: RetryKeys | null;
}

interface RetryKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

const TYPES_V1: readonly QuicPacketType[] = ["initial", "0-rtt", "handshake", "retry"];
/** RFC 9369 §3.2. */
const TYPES_V2: readonly QuicPacketType[] = ["retry", "initial", "0-rtt", "handshake"];

const keys = (key: string, nonce: string): RetryKeys => ({ key: fromHex(key), nonce: fromHex(nonce) });
const like1 = (salt: string, retry: RetryKeys | null = null): QuicVersion => ({
  salt: fromHex(salt),
  label: "quic",
  types: TYPES_V1,
  hasGoogleFrames: false,
  retry,
});
const like2 = (salt: string, retry: RetryKeys | null = null): QuicVersion => ({ ...like1(salt, retry), label: "quicv2", types: TYPES_V2 });
const google = (salt: string): QuicVersion => ({ ...like1(salt), hasGoogleFrames: true });

/** RFC 9001 §5.2; the same since draft 33. */
const V1 = like1("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", keys("be0c690b9f66575a1d766b54e368c84e", "461599d35d632bf2239825bb"));
/** draft-ietf-quic-tls-29 §5.2. */
const DRAFT_29 = like1("afbfec289993d24c9e9786f19c6111e04390a899", keys("ccce187ed09a09d05728155a6cb96be1", "e54930f97f2136f0530a8c1c"));
/** draft-ietf-quic-tls-23 §5.2; the tag of Retry is that of draft 25 and later. */
const DRAFT_23 = like1("c3eef712c72ebb5a11a7d2432bb46365bef9f502", keys("4d32ecdb2a2133c841e4043df27d4430", "4d1611d05513a552c587d575"));
/** draft-ietf-quic-tls-22 §5.2; before it, connection ids had another layout. */
const DRAFT_22 = like1("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a");
/** facebook/mvfst, HandshakeLayer.cpp: its own experiments. */
const MVFST_EXPERIMENT = like1("ca6b74a5ce82fc04436bf2ea75e78c56c8c08d24");

interface Range {
  readonly first: number;
  readonly last: number;
  readonly is: QuicVersion;
}

const RANGES: readonly Range[] = [
  { first: 0x00000001, last: 0x00000001, is: V1 },
  // RFC 9369 §3.3.1, and its draft.
  {
    first: 0x6b3343cf,
    last: 0x6b3343cf,
    is: like2("0dede3def700a6db819381be6e269dcbf9bd2ed9", keys("8fb4b01b56ac48e260fbcbcead7ccc92", "d86969bc2d7c6d9990efb04a")),
  },
  { first: 0x709a50c4, last: 0x709a50c4, is: like2("a707c203a59b47184a1d62ca570406ea7ae3e5d3") },
  { first: 0xff000021, last: 0xff000022, is: V1 },
  { first: 0xff00001d, last: 0xff000020, is: DRAFT_29 },
  { first: 0xff000017, last: 0xff00001c, is: DRAFT_23 },
  { first: 0xff000016, last: 0xff000016, is: DRAFT_22 },
  // facebook/mvfst, QuicConstants.h and HandshakeLayer.cpp.
  { first: 0xfaceb001, last: 0xfaceb001, is: DRAFT_22 },
  { first: 0xfaceb002, last: 0xfaceb002, is: DRAFT_23 },
  { first: 0xfaceb003, last: 0xfaceb004, is: V1 },
  { first: 0xfaceb00e, last: 0xfaceb00e, is: DRAFT_23 },
  { first: 0xfaceb010, last: 0xfaceb013, is: DRAFT_23 },
  { first: 0xfaceb014, last: 0xfaceb015, is: MVFST_EXPERIMENT },
  { first: 0xfacefeed, last: 0xfacefeed, is: V1 },
  // Google's QUIC with TLS (T050, T051); versions with its own handshake (Q…) do not use TLS.
  { first: 0x54303530, last: 0x54303530, is: google("7ff579e5acd072915580304c43a2367c60488310") },
  { first: 0x54303531, last: 0x54303531, is: google("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d") },
];

const NONE: readonly QuicVersion[] = [];
const BY_NUMBER = new Map<number, readonly QuicVersion[]>();
for (const { first, last, is } of RANGES) for (let number = first; number <= last; number++) BY_NUMBER.set(number, [is]);
/** For each high octet of a version: is there such a version? Packets that are not QUIC hardly ever have one, and need no further search. */
const UPPER = new Uint8Array(256);
for (const { first } of RANGES) UPPER[first >>> 24] = 1;

/** For a reserved (GREASE) version, each stack uses the salt of a version that it knows. */
const GREASE: readonly QuicVersion[] = [V1, DRAFT_29, DRAFT_23];

/**
 * How an Initial packet of version `number` may have been made, likeliest first: several ways for a
 * version reserved to provoke version negotiation (RFC 9000 §15), none for an unknown one.
 */
export function quicVersions(number: number): readonly QuicVersion[] {
  const known = UPPER[number >>> 24] === 0 ? undefined : BY_NUMBER.get(number);
  return known ?? (isGreaseQuicVersion(number) ? GREASE : NONE);
}
