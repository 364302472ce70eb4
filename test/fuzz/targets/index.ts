/** THE list of fuzz targets, in the order of the rooms: one file each, one line here. */
import type { Target } from "../contract.ts";
import { capture } from "./capture.ts";
import { certificateCompression } from "./certificate-compression.ts";
import { dtls } from "./dtls.ts";
import { extension } from "./extension.ts";
import { fragments } from "./fragments.ts";
import { generated } from "./generated.ts";
import { keyLog } from "./key-log.ts";
import { message } from "./message.ts";
import { packet } from "./packet.ts";
import { prelude } from "./prelude.ts";
import { quic } from "./quic.ts";
import { quicFrames } from "./quic-frames.ts";
import { tcp } from "./tcp.ts";
import { compressed } from "./compressed.ts";
import { decrypt } from "./decrypt.ts";
import { pipeline } from "./pipeline.ts";
import { redact } from "./redact.ts";
import { report } from "./report.ts";
import { saved } from "./saved.ts";
import { text } from "./text.ts";
import { tls } from "./tls.ts";
import { x509 } from "./x509.ts";

export const TARGETS: readonly Target[] = [
  compressed,
  capture,
  packet,
  fragments,
  tcp,
  tls,
  prelude,
  dtls,
  quic,
  quicFrames,
  message,
  extension,
  x509,
  certificateCompression,
  keyLog,
  decrypt,
  pipeline,
  generated,
  redact,
  report,
  saved,
  text,
];
