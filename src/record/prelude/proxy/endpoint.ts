/** Addresses in the octets of proxies' protocols, as text. */
import { addressText } from "../../../bytes/address.ts";
import { numberAt } from "../talk.ts";

/** The IPv4 address at `at`. */
export function ipv4Text(text: string, at: number): string {
  return addressText(4, [numberAt(text, at, 4), 0, 0, 0]);
}

/** The IPv6 address at `at`. */
export function ipv6Text(text: string, at: number): string {
  const word = (index: number): number => numberAt(text, at + 4 * index, 4);
  return addressText(6, [word(0), word(1), word(2), word(3)]);
}

/** `10.0.0.5:443`, `[2001:db8::1]:443`. */
export function hostPort(address: string, port: number | string): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
