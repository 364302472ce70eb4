/** Certificates and distinguished names: printable whatever the DER, damage told and not thrown. */
import { describeCertificate, describeName } from "../../../src/x509/certificate.ts";
import { demand, type Target } from "../contract.ts";
import { certificate, isPrintable } from "../material.ts";

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
  const der = certificate(name);
  // The issuer's name begins behind the serial number and the algorithm.
  return [der, der.slice(der.indexOf(0x31, 40) - 2)];
}
