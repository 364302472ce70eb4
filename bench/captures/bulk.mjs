/** Connections that each make a handshake and then download 5 MB, 200 of them at a time. */
import { CleanWire, handshakes } from "./connection.mjs";

const AT_ONCE = 200;
/** Octets of the file for each connection. */
const EACH = 5_000_000;

/** @type {import("./index.mjs").Recipe} */
export const bulk = {
  title: "200 connections at a time, each a handshake and a download",
  octets: 1_000_000_000,
  write(writer, templates, octets) {
    const wire = new CleanWire(writer);
    const connections = Math.max(1, Math.round(octets / EACH));
    for (let done = 0; done < connections;) {
      const open = handshakes(wire, templates, done, Math.min(AT_ONCE, connections - done));
      done += open.length;
      const end = octets * (done / connections);
      while (writer.written < end) for (const connection of open) connection.download();
      for (const connection of open) connection.close();
    }
    return connections;
  },
};
