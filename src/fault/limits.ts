/** Every cap in the program, with its unit and its reason. All are finite: a capture is untrusted. */

/** The default of every cap. */
export const LIMITS = {
  /** Octets that may come out of a compressed file of any size; beyond that, `inflation` applies. */
  inflatedOctets: 67_108_864,
  /** How many times its own size a compressed file may hold: packets that are all alike compress 100 times. */
  inflation: 250,
  /** Octets of one captured packet; Wireshark's own maximum (WTAP_MAX_PACKET_SIZE_STANDARD). */
  packetOctets: 262_144,
  /** Octets of one pcapng block; the secrets blocks of long captures stay below it. */
  blockOctets: 16_777_216,
  /** Interfaces of one pcapng section. */
  interfaces: 65_536,
  /** Connections with payload that are followed at once; those idle longest are given up first. */
  flows: 65_536,
  /**
   * Octets of memory for what open connections have said, over TCP and over UDP each; those idle longest are given up first. As many as
   * `flows` allows take 180 MB before they have said much, and dense captures of 300 MB hold 2 MB. One that is given up was silent
   * while thousands of others spoke: it has ended or died, and is reported as it stands.
   */
  heldOctets: 201_326_592,
  /**
   * Octets of memory for the handshakes of a report that keeps all of them until it is made: 50,000 of the usual
   * 20 kB. In a comparison this holds for each capture; Node gives a program 2 GiB on a machine with 8.
   */
  keptOctets: 1_073_741_824,
  /** Connections that have only shown packets without payload: a scan makes millions. A power of two. */
  firstPackets: 65_536,
  /** Octets queued out of order in one direction of one connection. */
  queuedOctets: 1_048_576,
  /** Segments queued out of order in one direction of one connection. */
  queuedSegments: 1_024,
  /** Octets queued out of order in all connections together, each segment counted with 256 octets of overhead. */
  queuedOctetsInAll: 33_554_432,
  /** First octets of each direction that are compared with retransmissions: a hello without post-quantum shares. */
  comparedOctets: 2_048,
  /** The same for all connections together: the last one or two thousand. */
  ringOctets: 4_194_304,
  /** Octets of one handshake message: the chains of real servers reach 338 kB; the field allows 16 MiB. */
  messageOctets: 1_048_576,
  /** Handshake messages of one connection. */
  messages: 256,
  /** Octets of all handshake messages of one connection: the longest chains of both sides, several times. */
  messageOctetsInAll: 4_194_304,
  /** Handshake messages of one side that may be in reassembly from datagrams at once: a flight has seven. */
  assembledMessages: 16,
  /** DTLS associations or QUIC connections that two endpoints may have. */
  associations: 256,
  /** Octets of a side's CRYPTO frames in Initial packets; post-quantum hellos with tickets stay below 10 kB. */
  cryptoOctets: 65_536,
  /** QUIC Initial packets between two endpoints that wait for the packet from which their keys follow: a server's first flight. */
  heldInitials: 4,
  /** How often Initial packets between two endpoints are tried in vain with the keys of all their connections; after that, only with the newest one's. */
  failedInitials: 4_096,
  /** Transport events that are kept of one connection. */
  events: 96,
  /** IP datagrams in reassembly at once. */
  fragmentedDatagrams: 1_024,
  /** Separate ranges of one IP datagram: 64 KiB come in 1,365 fragments of the smallest size, which in the worst order form half as many ranges. */
  fragmentPieces: 683,
  /** Octets of all IP fragments in reassembly. */
  fragmentOctets: 8_388_608,
  /** Seconds that the fragments of a datagram may be apart (RFC 8200 §4.5): ids are used again. */
  fragmentSeconds: 60,
  /** Connections that failed before any hello and are reported: a scan makes millions. */
  attempts: 1_000,
  /** Octets of encrypted records and packets of one connection that are kept for a key log, each counted with 256 octets of overhead: the longest chains, and what follows a handshake. */
  sealedOctets: 524_288,
  /** The same for all connections together. */
  sealedOctetsInAll: 67_108_864,
  /** Encrypted records, or packets of one kind, of one connection that are kept for a key log. */
  sealedRecords: 512,
  /** Secrets of all key logs: some 50 MB of text. */
  keyLogSecrets: 262_144,
  /** Randoms of a key log that are tried for hellos that may have another one encrypted inside (ECH), for all such hellos together. */
  innerRandoms: 4_096,
  /** Octets of a compressed Certificate message once decompressed; RFC 8879 §5 lets a client refuse larger ones. */
  certificateOctets: 1_048_576,
  /** Octets kept of what each side of a connection said in plaintext before the first TLS record. */
  dialogueOctets: 2_048,
  /** Packets whose plaintext is kept: somebody may be typing at a terminal. */
  dialoguePieces: 256,
  /** Lines of `list` that are kept to find the widths of its columns; later ones are written as they come. */
  firstLines: 2_048,
  /** Lines of `list` that wait for the line of a connection that began earlier and still lasts: some 10 MB. */
  heldLines: 16_384,
} as const;

/** The caps that a user may change: those that decide how much memory a capture takes. */
export const ADJUSTABLE = ["flows", "heldOctets", "keptOctets", "queuedOctets", "queuedOctetsInAll", "messageOctets"] as const;

/** Those caps, in the units of {@link LIMITS}. */
export type Bounds = Readonly<Record<(typeof ADJUSTABLE)[number], number>>;

/** The caps, with `own` in place of the default ones. Throws `RangeError` for one that is not a whole number of at least 1. */
export function boundsOf(own: Partial<Bounds> = {}): Bounds {
  const bounds: Record<string, number> = {};
  for (const name of ADJUSTABLE) {
    const value = own[name] ?? LIMITS[name];
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`the limit ${name} is not a whole number of at least 1`);
    bounds[name] = value;
  }
  return bounds as Bounds;
}
