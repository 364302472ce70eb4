/** One captured packet, as every capture format gives it. */

/** A single object, refilled for each packet; copy what must outlive the callback. */
export interface Frame {
  /** The window in which the packet lies; valid only during the callback. */
  bytes: Uint8Array;
  /** The same window, to read numbers from. */
  view: DataView;
  /** Octet offset of the first captured octet in `bytes`. */
  start: number;
  /** Octet offset after the last captured octet in `bytes`. */
  end: number;
  /** Octets on the wire; greater than `end - start` if the packet was cut by the snapshot length. */
  wireLength: number;
  /** Microseconds since 1970, an integer: exact below 2^53. */
  time: number;
  /** 0 to 999, the rest of a nanosecond timestamp. */
  nanos: number;
  /** Decimal digits of a second that the capture's clock resolves: 6 for microseconds, 9 for nanoseconds. */
  digits: number;
  /** From 1, as Wireshark counts. */
  number: number;
  /** LINKTYPE_ value, masked to 16 bits. */
  linkType: number;
}

/** The first offset of a file, as -0: V8 stores it as a double, and so need not recompile all that reads packets when offsets exceed 2^31. */
export const FILE_START = -0;

/** An empty frame, for a reader to refill. */
export function newFrame(): Frame {
  const bytes = new Uint8Array(0);
  const view = new DataView(bytes.buffer);
  return { bytes, view, start: 0, end: 0, wireLength: 0, time: 0, nanos: 0, digits: 6, number: 0, linkType: 0 };
}
