/** NATS: the server's INFO says that it accepts TLS, and the client begins it at once. */
import type { Upgrade } from "../contract.ts";
import { inOrder, REDACTED, type Unit } from "../talk.ts";

const TAKES_TLS = /"tls_(?:required|available)"\s*:\s*true/;

export const nats: Upgrade = {
  name: "nats",
  speaks: ({ server }) => server.startsWith("INFO {"),
  asks: ({ client, server }) => client === "" && TAKES_TLS.test(server),
  answers: () => true,
  refusal: () => undefined,
  units: (talk) => {
    const version = /"version"\s*:\s*"([^"]{1,32})"/.exec(talk.server)?.[1] ?? "";
    const flags = [...talk.server.matchAll(/"(tls_\w+|auth_required)"\s*:\s*(true|false)/g)].map(([, key, value]) => `${key} ${value}`);
    const units: Unit[] = [talk.unit("server", talk.server.length, ["INFO", version, ...flags].filter((part) => part !== "").join(" "))];
    if (talk.client !== "") units.push(talk.unit("client", talk.client.length, REDACTED));
    return inOrder(units);
  },
};
