/** Nothing but handshakes, each connection closed after it, 64 of them at a time: of one client, and of many. */
import { CleanWire, handshakes } from "./connection.mjs";

/** @typedef {import("./index.mjs").Recipe} Recipe */

const AT_ONCE = 64;

/** @type {Recipe} */
export const dense = { title: "nothing but handshakes", octets: 300_000_000, write };

/** @type {Recipe} */
export const varied = {
  title: "nothing but handshakes, of many clients in turn",
  octets: 300_000_000,
  recordings: "fixtures/captures/clients",
  write,
};

/** @type {Recipe["write"]} */
function write(writer, templates, octets) {
  const wire = new CleanWire(writer);
  let done = 0;
  for (; writer.written < octets; done += AT_ONCE) for (const connection of handshakes(wire, templates, done, AT_ONCE)) connection.close();
  return done;
}
