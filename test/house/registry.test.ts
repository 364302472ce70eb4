/** The registry tables are what the snapshots give, and the snapshots are the files that `sources.json` names. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const room = join(import.meta.dirname, "../../src/registry");
const snapshots = join(room, "iana");

interface Source {
  readonly source: string;
  readonly day: string;
  readonly sha256: string;
}
const sources = JSON.parse(readFileSync(join(snapshots, "sources.json"), "utf8")) as { [file: string]: Source };
const files = readdirSync(snapshots).filter((name) => name.endsWith(".csv"));

interface Generator {
  readonly generate: (read: (name: string) => string | undefined) => Map<string, string>;
  readonly snapshot: (name: string) => string | undefined;
}
interface Refresher {
  readonly toCsv: (xml: string, title: string, octets: number) => string;
}
const load = (name: string): Promise<unknown> => import(/* @vite-ignore */ join(room, name));

describe("the generated tables", () => {
  it("are what the generator writes", () => {
    execFileSync(process.execPath, [join(room, "generate.mjs"), "--check"], { stdio: "pipe" });
  });

  it("are all of the generator's, and none is left over", async () => {
    const { generate, snapshot } = (await load("generate.mjs")) as Generator;
    expect([...generate(snapshot).keys()].sort()).toEqual(readdirSync(join(room, "tables")).sort());
  });

  it("do not take a name that would break a line", async () => {
    const { generate, snapshot } = (await load("generate.mjs")) as Generator;
    const broken = (name: string) => (name === "alerts.csv" ? "value,name,reference,status\n0x00,a|b,,assigned\n" : snapshot(name));
    expect(() => generate(broken)).toThrow("cannot carry");
  });
});

describe("the snapshots", () => {
  it("are listed in sources.json, every one", () => {
    expect(Object.keys(sources).sort()).toEqual(files.sort());
  });

  it.each(files)("%s has the checksum, the source and the day that sources.json tells", (file) => {
    const sha256 = createHash("sha256")
      .update(readFileSync(join(snapshots, file)))
      .digest("hex");
    expect(sources[file]).toMatchObject({ source: expect.stringMatching(/\w/), day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), sha256 });
  });
});

describe("the refresher", () => {
  const page = `<registry id="tls"><registry id="one"><title>TLS Alerts</title>
    <record><value>0</value><description>close_notify</description><dtls>Y</dtls><xref type="rfc" data="rfc9846"/><xref type="rfc-errata" data="7303"/></record>
    <record><value>1-9</value><description>Unassigned</description></record>
    <record><value>21</value><description>decryption_failed_RESERVED</description><xref type="rfc" data="rfc9846"/></record>
    </registry><registry id="two"><title>TLS Cipher Suites</title>
    <record><value>0x00,0x35</value><description>TLS_RSA_WITH_AES_256_CBC_SHA</description><xref type="rfc" data="rfc5246"/></record>
    <record><value>0x00,0x1C-1D</value><description>Reserved to avoid conflicts with SSLv3</description></record>
    <record><value>0x0A,0x0A</value><description>Reserved</description><xref type="rfc" data="rfc8701"/></record>
    </registry><registry id="three"><title>TLS ExtensionType Values</title>
    <record date="2021-01-29"><value>40</value><name>Reserved</name><tls13/><xref type="uri" data="https://example.test/">the list</xref></record>
    <record><value>10</value><name>supported_groups (renamed from "elliptic_curves")</name><xref type="draft" data="draft-x"/></record>
    <record><value>53</value><name>connection_id (deprecated)</name></record>
    <record><value>65282-65535</value><name>Reserved for Private Use</name></record>
    </registry><registry id="four"><title>QUIC Transport Error Codes</title>
    <record><value>0x0100-0x01ff</value><code>CRYPTO_ERROR</code><description>TLS alert code</description><xref type="rfc" data="rfc9000"/></record>
    </registry></registry>`;

  it.each([
    ["TLS Alerts", 1, "0x00,close_notify,[RFC9846][RFC Errata 7303],assigned\n0x15,decryption_failed_RESERVED,[RFC9846],legacy_reserved\n"],
    ["TLS Cipher Suites", 2, "0x0035,TLS_RSA_WITH_AES_256_CBC_SHA,[RFC5246],assigned\n"],
    [
      "TLS ExtensionType Values",
      2,
      "0x0028,Reserved,[the list],reserved\n0x000a,supported_groups,[draft-x],assigned\n0x0035,connection_id_deprecated,,assigned\n",
    ],
    ["QUIC Transport Error Codes", 0, "0x0100-0x01ff,CRYPTO_ERROR,[RFC9000],assigned\n"],
  ])("turns IANA's %s into rows", async (title, octets, rows) => {
    const { toCsv } = (await load("refresh.mjs")) as Refresher;
    expect(toCsv(page, title, octets)).toBe(`value,name,reference,status\n${rows}`);
  });

  it("stops at a title that IANA no longer has", async () => {
    const { toCsv } = (await load("refresh.mjs")) as Refresher;
    expect(() => toCsv(page, "TLS Nothing", 1)).toThrow("IANA has no registry TLS Nothing");
  });
});
