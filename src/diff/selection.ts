/**
 * Which handshakes of a capture take part in a comparison. What the user asked for and handshakes come in, those
 * selected go out; a `server` that cannot be parsed is a `RangeError`.
 */
import type { Handshake } from "../handshake/handshake.ts";

/** Which handshakes to compare. All conditions must hold. */
export interface Selection {
  /** Server name, without regard to case. */
  readonly sni?: string;
  /** Server: `host`, `host:port`, `[IPv6]`, `[IPv6]:port`; the host is an address or a server name. */
  readonly server?: string;
  /** Number of the connection on both sides. */
  readonly stream?: number;
  /** Number of the connection on the left side; takes precedence over `stream`. */
  readonly leftStream?: number;
  /** Number of the connection on the right side; takes precedence over `stream`. */
  readonly rightStream?: number;
}

/** The selected handshakes of one side. Throws `RangeError` for a `server` that cannot be parsed. */
export function selectHandshakes(handshakes: readonly Handshake[], selection: Selection, side: "left" | "right" = "left"): Handshake[] {
  const { sni } = selection;
  const server = selection.server === undefined ? undefined : parseServer(selection.server);
  const stream = streamOf(selection, side);
  return handshakes.filter(
    (handshake) =>
      (sni === undefined || nameKey(handshake.serverName) === nameKey(sni)) &&
      (server === undefined || isAt(handshake, server)) &&
      (stream === undefined || handshake.stream === stream),
  );
}

/** The number of the connection selected on one side. */
export function streamOf(selection: Selection, side: "left" | "right"): number | undefined {
  return (side === "left" ? selection.leftStream : selection.rightStream) ?? selection.stream;
}

/** `host`, `host:port`, `[IPv6]` or `[IPv6]:port`, in parts. Throws a `RangeError` for anything else. */
export function parseServer(text: string): { readonly host: string; readonly port?: number } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:[\]]+)(?::(\d+))?$/.exec(text);
  const bare = /^[0-9a-f:.%]*:[0-9a-f:.]*:[0-9a-z:.%]*$/i.test(text) ? text : undefined;
  const host = bracketed?.[1] ?? plain?.[1] ?? bare;
  const digits = bracketed?.[2] ?? plain?.[2];
  if (host === undefined) throw new RangeError(`"${text}" is not a server: expected host, host:port or [IPv6]:port`);
  if (digits === undefined) return { host };
  if (Number(digits) > 65_535) throw new RangeError(`"${text}" names port ${digits}, which is above 65535`);
  return { host, port: Number(digits) };
}

/** A server name for comparison: without regard to case and to a final dot. */
export function nameKey(name: string | undefined): string {
  return (name ?? "").toLowerCase().replace(/\.$/, "");
}

function isAt(handshake: Handshake, { host, port }: { readonly host: string; readonly port?: number }): boolean {
  const { server } = handshake.transport;
  const isHost = addressKey(server.address) === addressKey(host) || nameKey(handshake.serverName) === nameKey(host);
  return isHost && (port === undefined || server.port === port);
}

/** An IPv6 address with all groups written out, so that every spelling gives the same text; anything else in lower case. */
function addressKey(address: string): string {
  const text = address.toLowerCase();
  if (!text.includes(":")) return text;
  const dotted = /(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex =
    dotted === null
      ? text
      : `${dotted[1]}${(Number(dotted[2]) * 256 + Number(dotted[3])).toString(16)}:${(Number(dotted[4]) * 256 + Number(dotted[5])).toString(16)}`;
  const [head = "", tail] = hex.split("::", 2);
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array.from({ length: zeros }, () => "0"), ...back].map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
