/** `tls-diff clients`: lists the clients whose hellos are known, with the names by which they are used as references. */
import { EXIT } from "../exit-status.ts";
import { checkOutput, printReport } from "../output.ts";
import type { Command } from "./contract.ts";

export const clients: Command = {
  words: ["clients"],
  about: "the clients that can stand in for a capture: @openssl-3.0, @go, @chrome",
  examples: [["$0 fail.pcap @openssl-3.0", "what does openssl offer that this client does not?"]],
  async execute(typed, io) {
    checkOutput(typed, [], io);
    const { listClients } = await import("../../clients/reference.ts");
    await printReport({ kind: "clients", clients: listClients() }, typed, io);
    return EXIT.same;
  },
};
