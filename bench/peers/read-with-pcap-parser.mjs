/** A capture file's name in; every packet read by the npm package pcap-parser and only counted. */
import pcap from "pcap-parser";

let packets = 0;
const parser = pcap.parse(process.argv[2]);
parser.on("packet", () => packets++);
parser.on("error", (/** @type {Error} */ error) => {
  throw error;
});
parser.on("end", () => console.log(packets));
