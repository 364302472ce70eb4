/**
 * For `node --import`: every way to the network, and to another program that might take one, is told in the file
 * that `NETWORK_LOG` names, and then refused. Only listening is told and allowed, where `NETWORK_MAY_LISTEN` is set.
 */
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

const log = /** @type {string} */ (process.env.NETWORK_LOG);

/** @param {object} owner @param {string} name @param {string} told @param {boolean} [allowed] */
function watch(owner, name, told, allowed = false) {
  const original = /** @type {Record<string, Function>} */ (owner)[name];
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    /** @this {unknown} @param {unknown[]} words */
    value: function (...words) {
      // An address is not looked up; listening on one asks all the same.
      if (told === "dns.lookup" && net.isIP(words[0]) !== 0) return Reflect.apply(original, this, words);
      appendFileSync(log, `${told} ${JSON.stringify(words.filter((word) => typeof word !== "function"))}\n`);
      if (!allowed) throw new Error(`no network here: ${told}`);
      return Reflect.apply(original, this, words);
    },
  });
}

watch(net.Socket.prototype, "connect", "connect");
watch(net.Server.prototype, "listen", "listen", process.env.NETWORK_MAY_LISTEN !== undefined);
watch(tls, "connect", "tls.connect");
for (const name of ["request", "get"]) {
  watch(http, name, `http.${name}`);
  watch(https, name, `https.${name}`);
}
watch(http2, "connect", "http2.connect");
watch(dgram, "createSocket", "dgram.createSocket");
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(owner)) if (/^(?:lookup|resolve|reverse)/.test(name)) watch(owner, name, `dns.${name}`);
for (const name of ["fetch", "WebSocket", "EventSource"]) if (name in globalThis) watch(globalThis, name, name);
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]) watch(childProcess, name, name);
syncBuiltinESMExports();
