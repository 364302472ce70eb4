/** Nothing but handshakes, each connection closed after it, 64 of them at a time. */
import { CleanWire, handshakes } from "./connection.mjs";

const AT_ONCE = 64;

/** @type {import("./index.mjs").Recipe} */
export const dense = {
  title: "nothing but handshakes",
  octets: 300_000_000,
  write(writer, templates, octets) {
    const wire = new CleanWire(writer);
    let done = 0;
    for (; writer.written < octets; done += AT_ONCE)
      for (const connection of handshakes(wire, templates, done, AT_ONCE)) connection.close();
    return done;
  },
};
