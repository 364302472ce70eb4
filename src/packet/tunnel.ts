/**
 * The tunnels around a packet, in one number, which costs no allocation: five bits for each, the outermost
 * highest. What is inside replaces what is outside in `layers`, so the innermost endpoints are the ones reported.
 */
import { LAYER, type Next } from "./layer.ts";
import type { Layers } from "./layers.ts";
import { VERDICT } from "./verdict.ts";

/** Numbers of the tunnels, in the order of {@link NAMES}. */
export const TUNNEL = {
  gre: 1,
  pptp: 2,
  erspan: 3,
  vxlan: 4,
  vxlanGpe: 5,
  geneve: 6,
  gtpU: 7,
  ipv4InIpv4: 8,
  ipv4InIpv6: 9,
  ipv6InIpv4: 10,
  ipv6InIpv6: 11,
  teredo: 12,
  l2tp: 13,
  mpls: 14,
  pppoe: 15,
  etherIp: 16,
  capwap: 17,
  nsh: 18,
  tzsp: 19,
  pbb: 20,
  trill: 21,
  lisp: 22,
  juniperMirror: 23,
  ayiya: 24,
} as const;

type Tunnel = (typeof TUNNEL)[keyof typeof TUNNEL];

const NAMES = [
  "gre",
  "pptp",
  "erspan",
  "vxlan",
  "vxlan-gpe",
  "geneve",
  "gtp-u",
  "ipip",
  "4in6",
  "6in4",
  "6in6",
  "teredo",
  "l2tp",
  "mpls",
  "pppoe",
  "etherip",
  "capwap",
  "nsh",
  "tzsp",
  "pbb",
  "trill",
  "lisp",
  "jmirror",
  "ayiya",
];

const BITS = 5;

/** How many nested tunnels are opened: as many as fit into a small integer, twice what real networks nest. */
export const MAX_TUNNELS = 6;

/** The smallest number with {@link MAX_TUNNELS} in it. */
const FULL = 1 << (BITS * (MAX_TUNNELS - 1));

/** Goes on with `inner` at `start`, noting the tunnel; where `inner` is a verdict, `layers` stays as it was. */
export function enter(layers: Layers, tunnel: Tunnel, start: number, inner: Next): Next {
  if (inner < LAYER.ethernet) return inner;
  if (layers.tunnels >= FULL) return VERDICT.encapsulated;
  layers.tunnels = (layers.tunnels << BITS) | tunnel;
  layers.payloadStart = start;
  return inner;
}

/** The names of the tunnels in `layers.tunnels`, the outermost first. */
export function tunnelNames(tunnels: number): string[] {
  const names: string[] = [];
  for (let rest = tunnels; rest !== 0; rest >>>= BITS) names.unshift(NAMES[(rest & ((1 << BITS) - 1)) - 1] as string);
  return names;
}
