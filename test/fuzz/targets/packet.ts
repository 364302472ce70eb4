/** Packets of all link types, through tunnels and fragments: offsets lie within the packet, and nothing beside it is read. */
import { newFrame } from "../../../src/capture/frame.ts";
import { decodeFrame } from "../../../src/packet/decode-frame.ts";
import { FragmentTable } from "../../../src/packet/fragments.ts";
import { newLayers } from "../../../src/packet/layers.ts";
import { tunnelNames } from "../../../src/packet/tunnel.ts";
import { noteOf, VERDICT } from "../../../src/packet/verdict.ts";
import { ethernet, fragmentsOfIpv4, fragmentsOfIpv6, ipv4, ipv6, type Layer, tcp, vlan } from "../../support/packet-writer.ts";
import {
  capwap,
  erspan,
  etherIp,
  geneve,
  gre,
  gtpU,
  l2tp,
  l2tp3,
  mpls,
  mplsInUdp,
  nsh,
  ppp,
  pptp,
  teredo,
  tzsp,
  vxlan,
  vxlanGpe,
  wireless,
} from "../../support/tunnel-writer.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { Input, inPieces } from "../input.ts";
import { captures, packetsIn } from "../material.ts";

/** Every link type that is decoded, and one that is not. */
const LINK_TYPES = [
  1, 0, 101, 12, 9, 50, 51, 104, 105, 108, 113, 127, 276, 239, 149, 258, 228, 229, 6, 10, 100, 106, 107, 109, 117, 119, 122, 123, 163, 166,
  178, 179, 180, 181, 192, 197, 204, 242, 147,
];

const four = ipv4(tcp("hello"));
const six = ipv6(tcp("hello"));
const frame = ethernet(four);
const TUNNELS: readonly Layer[] = [
  gre(four, { checksum: true, key: 1, sequence: 2, routes: [4, 8] }),
  pptp(ppp([0xff, 3, 0, 0x21], four), 5),
  erspan(1, frame),
  erspan(2, frame),
  erspan(3, frame, { subheader: true }),
  vxlan(ethernet(vlan([4], six))),
  vxlanGpe(1, four.octets),
  geneve(0x6558, frame, [0, 1, 2, 0, 0, 0, 0, 0]),
  gtpU(six.octets, { extensions: [1] }),
  teredo(six.octets, { authentication: 4, origin: true }),
  l2tp(ppp([0xff, 3, 0, 0x21], four)),
  l2tp3(frame),
  etherIp(frame),
  mplsInUdp(2, four.octets),
  capwap(wireless(four)),
  nsh(1, four.octets),
  tzsp(frame),
  ipv6(ipv4(tcp("hello"))),
];

export const packet: Target = {
  name: "packet",
  longest: 2_048,
  bound: (length) => 400 * length + 20_000,
  seeds: () => [
    ...packetsIn(captures(4_000))
      .filter((_, index) => index % 7 === 0)
      .map(({ linkType, octets }) => inPieces([Uint8Array.from([Math.max(0, LINK_TYPES.indexOf(linkType)), 0, ...octets])])),
    ...TUNNELS.flatMap((tunnel) => [ethernet(ipv4(tunnel)), ethernet(ipv6(tunnel))]).map((octets) =>
      inPieces([Uint8Array.from([0, 0, ...octets])]),
    ),
    ...[ethernet(mpls(2, four.octets)), ethernet(nsh(2, six.octets))].map((octets) => inPieces([Uint8Array.from([0, 0, ...octets])])),
    inPieces(fragmentsOfIpv4(ipv4(tcp("x".repeat(60))), 24).map((piece) => Uint8Array.from([0, 0, ...ethernet(piece)]))),
    inPieces(fragmentsOfIpv6(ipv6(tcp("x".repeat(60))), 24).map((piece) => Uint8Array.from([0, 0, ...ethernet(piece)]))),
  ],
  run(octets) {
    const pieces = new Input(octets).pieces(24);
    demandSame(decode(pieces, 0x00), decode(pieces, 0xff), "what lies beside a packet is read");
  },
};

/** The packets, each in the middle of memory that is filled with `filling`. */
function decode(pieces: readonly Uint8Array[], filling: number): unknown[] {
  const layers = newLayers();
  const fragments = new FragmentTable();
  return pieces.map((piece, index) => {
    const octets = piece.slice(2);
    const around = new Uint8Array(octets.length + 128).fill(filling);
    around.set(octets, 64);
    const linkType = LINK_TYPES[(piece[0] ?? 0) % LINK_TYPES.length] as number;
    const wireLength = octets.length + (piece[1] ?? 0);
    const view = new DataView(around.buffer, around.byteOffset, around.length);
    const read = Object.assign(newFrame(), {
      bytes: around,
      view,
      start: 64,
      end: 64 + octets.length,
      wireLength,
      number: index + 1,
      linkType,
    });
    const verdict = decodeFrame(read, layers, fragments);
    noteOf(verdict).words(1);
    if (verdict !== VERDICT.tcp && verdict !== VERDICT.udp) return verdict;
    const { bytes, payloadStart, payloadEnd, sourceAt, targetAt, ipVersion, missing } = layers;
    const [least, most] = bytes === around ? [64, 64 + octets.length] : [0, bytes.length];
    demand(payloadStart >= least && payloadStart <= payloadEnd && payloadEnd <= most, `a payload at ${payloadStart} to ${payloadEnd}`);
    demand(ipVersion === 4 || ipVersion === 6, `IP version ${ipVersion}`);
    const address = ipVersion === 4 ? 4 : 16;
    demand(sourceAt >= least && sourceAt + address <= most && targetAt >= least && targetAt + address <= most, "addresses outside");
    demand(missing >= 0, `${missing} octets are missing`);
    const { bytes: _, ...numbers } = layers;
    const addresses = [...bytes.subarray(sourceAt, sourceAt + address), ...bytes.subarray(targetAt, targetAt + address)];
    return [
      verdict,
      verdict === VERDICT.tcp ? numbers : { ...numbers, sequence: 0, acknowledgment: 0, flags: 0 },
      addresses,
      tunnelNames(numbers.tunnels),
      ...bytes.subarray(payloadStart, payloadEnd),
    ];
  });
}
