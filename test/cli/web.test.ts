import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { servePage } from "../../src/cli/serve-page.ts";
import { execute } from "../support/io.ts";

const PAGE = new TextEncoder().encode("<!doctype html>page");

describe("a served page", () => {
  it("is given to this machine under its own name, and to no other name", async () => {
    const server = await servePage(PAGE, 0);
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const port = new URL(server.address).port;
    expect(await ask(server.address, {})).toEqual({ status: 200, body: "<!doctype html>page" });
    expect(await ask(server.address, { host: `localhost:${port}` })).toMatchObject({ status: 200 });
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"])
      expect(await ask(server.address, { host })).toEqual({ status: 403, body: "" });
    await server.close();
    await expect(ask(server.address, {})).rejects.toThrow();
  });

  it("is all that there is", async () => {
    const server = await servePage(PAGE, 0);
    expect(await ask(`${server.address}other`, {})).toEqual({ status: 404, body: "" });
    expect(await ask(server.address, {}, "POST")).toEqual({ status: 405, body: "" });
    expect(await ask(server.address, {}, "HEAD")).toEqual({ status: 200, body: "" });
    await server.close();
  });
});

describe("tls-diff web", () => {
  it("prints the address, serves the page there, and ends with Ctrl-C", async () => {
    const interrupt = new AbortController();
    const served = execute(["web"], { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 50);
    const { status, out, err } = await served;
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(err).toContain("Ctrl-C");
    expect(status).toBe(0);
  });

  it("says when the port cannot be had", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    expect(await execute(["web", "--port", String(port)])).toMatchObject({ status: 2, out: "" });
    expect((await execute(["web", "--port", String(port)])).err).toContain(`cannot serve on port ${port}: it is taken`);
    taken.close();
  });

  it.each(["-1", "1.5", "70000", "http"])("takes no port %s", async (port) => {
    const { status, err } = await execute(["web", `--port=${port}`]);
    expect(status).toBe(2);
    expect(err).toContain("--port needs");
  });
});

async function ask(address: string, headers: Record<string, string>, method = "GET"): Promise<{ status: number; body: string }> {
  const [response] = await once(request(address, { method, headers, agent: false }).end(), "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk as string;
  return { status: response.statusCode as number, body };
}
