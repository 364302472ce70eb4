/** IP in IP, in all four combinations: RFC 2003, RFC 4213 (6in4), RFC 2473 (4in6, 6in6). There is no header in between: only the name is recorded. */
import { LAYER, type Next } from "../layer.ts";
import type { Layers } from "../layers.ts";
import { enter, TUNNEL } from "../tunnel.ts";

/** IPv4 as the payload of IP: protocol 4. */
export function readIpv4InIp(layers: Layers): Next {
  return enter(layers, layers.ipVersion === 4 ? TUNNEL.ipv4InIpv4 : TUNNEL.ipv4InIpv6, layers.payloadStart, LAYER.ipv4);
}

/** IPv6 as the payload of IP: protocol 41. */
export function readIpv6InIp(layers: Layers): Next {
  return enter(layers, layers.ipVersion === 4 ? TUNNEL.ipv6InIpv4 : TUNNEL.ipv6InIpv6, layers.payloadStart, LAYER.ipv6);
}
