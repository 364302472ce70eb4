/** THE list of proxies. */
import type { Proxy } from "../contract.ts";
import { httpConnect } from "./http-connect.ts";
import { proxyV1 } from "./proxy-v1.ts";
import { proxyV2 } from "./proxy-v2.ts";
import { socks4 } from "./socks4.ts";
import { socks5 } from "./socks5.ts";

export const PROXIES: readonly Proxy[] = [httpConnect, proxyV1, proxyV2, socks5, socks4];
