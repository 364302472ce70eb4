/** The list of capture formats. A new one is a file beside this one and a line here. */
import type { CaptureFormat } from "./contract.ts";
import { pcap } from "./pcap.ts";
import { pcapng } from "./pcapng.ts";
import { snoop } from "./snoop.ts";

/** Every format that is read; the first that recognises the first octets gets the file. */
export const FORMATS: readonly CaptureFormat[] = [pcap, pcapng, snoop];
