/** THE list of protocols that can switch to TLS. The first that recognises the dialogue is taken: binary protocols first, then line-based ones, specific patterns before general ones. */
import type { Upgrade } from "../contract.ts";
import { adb } from "./adb.ts";
import { amqp } from "./amqp.ts";
import { ftp } from "./ftp.ts";
import { http } from "./http.ts";
import { imap } from "./imap.ts";
import { irc } from "./irc.ts";
import { ldap } from "./ldap.ts";
import { lmtp } from "./lmtp.ts";
import { mysql } from "./mysql.ts";
import { nats } from "./nats.ts";
import { nbd } from "./nbd.ts";
import { nntp } from "./nntp.ts";
import { pop3 } from "./pop3.ts";
import { postgresql } from "./postgresql.ts";
import { rdp } from "./rdp.ts";
import { rpc } from "./rpc.ts";
import { sieve } from "./sieve.ts";
import { smtp } from "./smtp.ts";
import { tds } from "./tds.ts";
import { telnet } from "./telnet.ts";
import { vnc } from "./vnc.ts";
import { xmpp } from "./xmpp.ts";

export const UPGRADES: readonly Upgrade[] = [
  postgresql,
  mysql,
  tds,
  rdp,
  ldap,
  amqp,
  adb,
  nbd,
  vnc,
  rpc,
  xmpp,
  http,
  nats,
  telnet,
  lmtp,
  sieve,
  imap,
  smtp,
  pop3,
  nntp,
  ftp,
  irc,
];
