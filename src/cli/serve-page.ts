/** One page over HTTP on the loopback address, for this machine's browser and nobody else. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "./usage-error.ts";

/** A page that is being served. */
export interface PageServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly address: string;
  /** Stops serving, and closes open connections. */
  readonly close: () => Promise<void>;
}

const HOST = "127.0.0.1";

/** Serves `page` on `port`, 0 for any free one. Throws `UsageError` if the port is not available. */
export async function servePage(page: Uint8Array, port: number): Promise<PageServer> {
  const server = createServer((request, response) => {
    const status = statusOf(request);
    response.writeHead(status, { ...HEADERS, ...(status === 200 ? { "content-length": page.length } : {}) });
    response.end(status === 200 && request.method === "GET" ? page : undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "it is taken" : error.code === "EACCES" ? "permission denied" : null;
      reject(why === null ? error : new UsageError(`cannot serve on port ${port}: ${why}`, { cause: error }));
    });
    server.listen(port, HOST, resolve);
  });
  const at = (server.address() as AddressInfo).port;
  return {
    address: `http://${HOST}:${at}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** The HTTP status of a request; requests under another host name, as in DNS rebinding, get nothing. */
function statusOf({ method, url, headers }: IncomingMessage): number {
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? "")) return 403;
  if (method !== "GET" && method !== "HEAD") return 405;
  return url === "/" ? 200 : 404;
}
