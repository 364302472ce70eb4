/** Certificates and distinguished names: printable whatever the DER, damage told and not thrown. */
import { readFileSync } from "node:fs";
import { describeCertificate, describeName } from "../../../src/x509/certificate.ts";
import { fixturePath } from "../../support/fixtures.ts";
import { demand, type Target } from "../contract.ts";
import { isPrintable } from "../material.ts";

const CERTIFICATES = [
  "dsa",
  "ec-ca",
  "ec-explicit",
  "ed448",
  "ed25519",
  "negative-serial",
  "odd-names",
  "rsa",
  "rsa-pss-restricted",
  "chain-server",
];

export const x509: Target = {
  name: "x509",
  longest: 2_048,
  bound: (length) => 1_500 * length + 20_000,
  seeds: () => CERTIFICATES.flatMap(readSeed),
  run(octets) {
    if ((octets[0] ?? 0) === 0x30) {
      const fields = JSON.stringify(describeCertificate(octets));
      demand(isPrintable(fields), "a certificate is not printable");
      demand(fields.length <= 60 * octets.length + 2_000, `${octets.length} octets of DER became ${fields.length} signs`);
    }
    demand(isPrintable(describeName(octets)), "a name is not printable");
  },
};

function readSeed(name: string): Uint8Array[] {
  const pem = readFileSync(fixturePath(`../test/x509/certificates/${name}.pem`), "utf8");
  const der = Uint8Array.from(Buffer.from(/-----BEGIN CERTIFICATE-----([^-]+)-/.exec(pem)?.[1] ?? "", "base64"));
  // A name is about what is left when a quarter of it was cut off in front.
  return [der, der.slice(der.indexOf(0x31, 40) - 2)];
}
