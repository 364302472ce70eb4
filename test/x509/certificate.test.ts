/** Certificates made by OpenSSL (`certificates/make.sh`), and what they say. */
import { AsnParser, AsnSerializer } from "@peculiar/asn1-schema";
import { Certificate, Extension, Extensions, Name } from "@peculiar/asn1-x509";
import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.ts";
import { describeCertificate, describeName } from "../../src/x509/certificate.ts";

const folder = join(import.meta.dirname, "certificates");
const files = readdirSync(folder).filter((name) => name.endsWith(".pem"));

function read(name: string): Uint8Array {
  const pem = readFileSync(join(folder, name), "latin1");
  return new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"));
}

/** The certificate `name`, changed and written again. The signature does not fit any more, and nobody looks. */
function altered(name: string, change: (certificate: Certificate) => void): Uint8Array {
  const certificate = AsnParser.parse(read(name), Certificate);
  change(certificate);
  return new Uint8Array(AsnSerializer.serialize(certificate));
}

function extensionsOf(certificate: Certificate): Extensions {
  return (certificate.tbsCertificate.extensions ??= new Extensions());
}

function putExtension(certificate: Certificate, extnID: string, hex: string): void {
  const extension = new Extension({ extnID });
  extension.extnValue.buffer = fromHex(hex).slice().buffer;
  extensionsOf(certificate).unshift(extension);
}

/** The DER of a certificate's subject. */
function subjectOf(pem: string): Uint8Array {
  return new Uint8Array(AsnSerializer.serialize(AsnParser.parse(read(pem), Certificate).tbsCertificate.subject));
}

describe("describeCertificate", () => {
  it("tells everything of a server's certificate", () => {
    const { subjectKeyIdentifier, ...fields } = describeCertificate(read("rsa.pem"));
    expect(fields).toEqual({
      version: 3,
      subject: 'C=DE, O="Example, Inc.", CN=example.test',
      issuer: 'C=DE, O="Example, Inc.", CN=example.test',
      serialNumber: "1001",
      notBefore: "2026-01-01T00:00:00Z",
      notAfter: "2026-12-31T23:59:59Z",
      subjectAltNames: [
        "DNS:example.test",
        "DNS:*.example.test",
        "IP:10.0.0.1",
        "IP:2001:db8::1",
        "email:me@example.test",
        "URI:https://example.test/a",
        "RID:1.2.3.4",
        'dirName:O="Inside, Inc.", CN=within',
        "othername:1.3.6.1.5.5.7.8.4",
      ],
      publicKey: { algorithm: "RSA", bits: 2048 },
      signatureAlgorithm: "sha256WithRSAEncryption",
      signature: { algorithm: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
      basicConstraints: { ca: false },
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["serverAuth", "clientAuth", "1.3.6.1.4.1.311.10.3.3"],
      authorityKeyIdentifier: subjectKeyIdentifier,
      mustStaple: true,
      selfSigned: true,
    });
    expect(subjectKeyIdentifier).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each([
    ["ec-ca", { publicKey: { algorithm: "EC", curve: "secp256r1" }, signatureAlgorithm: "ecdsa-with-SHA256", serialNumber: "ff02" }],
    ["ec-ca", { basicConstraints: { ca: true, pathLength: 0, critical: true }, keyUsage: ["keyCertSign", "cRLSign"] }],
    ["ec-p521", { publicKey: { algorithm: "EC", curve: "secp521r1" }, keyUsage: ["keyAgreement", "encipherOnly", "decipherOnly"] }],
    ["ec-explicit", { publicKey: { algorithm: "EC", curve: "explicit" } }],
    ["ed25519", { publicKey: { algorithm: "Ed25519" }, signatureAlgorithm: "Ed25519", serialNumber: "05" }],
    ["ed448", { publicKey: { algorithm: "Ed448" }, signatureAlgorithm: "Ed448" }],
    ["dsa", { publicKey: { algorithm: "DSA", bits: 1024 }, signatureAlgorithm: "dsa-with-SHA256" }],
    ["rsa-pss-signature", { publicKey: { algorithm: "RSA", bits: 1024 }, signatureAlgorithm: "RSASSA-PSS" }],
    ["rsa-pss-key", { publicKey: { algorithm: "RSASSA-PSS", bits: 1024 } }],
    ["rsa-pss-signature", { signature: { algorithm: "RSASSA-PSS", hash: "SHA-256", saltLength: 32 } }],
    ["rsa-pss-mixed", { signature: { algorithm: "RSASSA-PSS", hash: "SHA-256", maskHash: "SHA-1", saltLength: 20 } }],
    ["rsa-pss-restricted", { publicKey: { algorithm: "RSASSA-PSS", bits: 1024, hash: "SHA-256", saltLength: 32 } }],
    ["sha1", { signatureAlgorithm: "sha1WithRSAEncryption", signature: { algorithm: "RSASSA-PKCS1-v1_5", hash: "SHA-1" } }],
    ["dsa", { signature: { algorithm: "DSA", hash: "SHA-256" } }],
    ["ed448", { signature: { algorithm: "Ed448" } }],
    [
      "chain-issuer",
      {
        publicKey: { algorithm: "EC", curve: "secp384r1" },
        signature: { algorithm: "RSASSA-PSS", hash: "SHA-384", saltLength: 48 },
        crlDistributionPoints: ["http://crl.example.test/root.crl"],
        authorityInfoAccess: { caIssuers: ["http://example.test/root.der"] },
        otherCriticalExtensions: ["nameConstraints"],
      },
    ],
    [
      "chain-server",
      {
        signature: { algorithm: "ECDSA", hash: "SHA-384" },
        crlDistributionPoints: ["http://crl.example.test/a.crl", "ldap://example.test/cn=a"],
        authorityInfoAccess: { ocsp: ["http://ocsp.example.test"], caIssuers: ["http://example.test/issuer.der"] },
        signedCertificateTimestamps: 2,
      },
    ],
    ["negative-serial", { version: 1, serialNumber: "-7b", selfSigned: true }],
    [
      "late",
      {
        notBefore: "2049-01-01T00:00:00Z",
        notAfter: "9999-12-31T23:59:59Z",
        subject: "O=Gr\\xc3\\xbcn, CN=\\xe6\\x97\\xa5\\xe6\\x9c\\xac",
      },
    ],
    [
      "odd-names",
      {
        subject:
          'C=DE, ST=Bayern, L=M\\xc3\\xbcnchen, O="A \\x22quoted\\x22 \\x5c name", OU="a+b;c <d>", OU=" leading", DC=test + DC=example, ' +
          "emailAddress=x@example.test, serialNumber=1, 1.2.840.113549.1.9.2=other",
      },
    ],
  ])("tells what is special of %s", (name, fields) => {
    expect(describeCertificate(read(`${name}.pem`))).toMatchObject(fields);
  });

  it("leaves out what a certificate does not say", () => {
    const fields = describeCertificate(read("ed25519.pem"));
    expect(Object.keys(fields).sort()).toEqual(
      [
        "issuer",
        "notAfter",
        "notBefore",
        "publicKey",
        "selfSigned",
        "serialNumber",
        "signature",
        "signatureAlgorithm",
        "subject",
        "version",
      ].sort(),
    );
  });

  it.each([
    ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"],
    ["2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f"],
    ["1.2.3.4", "1.2.3.4"],
  ])("names the algorithm %s, of the key and of the signature", (type, name) => {
    const der = altered("ed25519.pem", (certificate) => {
      certificate.tbsCertificate.subjectPublicKeyInfo.algorithm.algorithm = type;
      certificate.signatureAlgorithm.algorithm = type;
    });
    const fields = describeCertificate(der);
    expect(fields).toMatchObject({ publicKey: { algorithm: name }, signatureAlgorithm: name });
    expect(fields.signature).toEqual(name === type ? undefined : { algorithm: name });
  });

  it("takes SHA-1 and 20 octets of salt for what RSASSA-PSS does not say", () => {
    const der = altered("ed25519.pem", (certificate) => {
      certificate.signatureAlgorithm.algorithm = "1.2.840.113549.1.1.10";
      certificate.signatureAlgorithm.parameters = fromHex("3000").slice().buffer;
    });
    expect(describeCertificate(der).signature).toEqual({ algorithm: "RSASSA-PSS", hash: "SHA-1", saltLength: 20 });
  });

  it.each(["3005a203020117", "3007a205020380ffff", "300ca20a0208ffffffffffffffff"])(
    "tells the rest where the parameters of RSASSA-PSS are %s",
    (hex) => {
      const der = altered("ed25519.pem", (certificate) => {
        certificate.signatureAlgorithm.algorithm = "1.2.840.113549.1.1.10";
        certificate.signatureAlgorithm.parameters = fromHex(hex).slice().buffer;
      });
      const fields = describeCertificate(der);
      expect(fields).toMatchObject({ subject: "CN=ed25519", signatureAlgorithm: "RSASSA-PSS" });
      if (hex.endsWith("0117")) expect(fields.signature).toEqual({ algorithm: "RSASSA-PSS", hash: "SHA-1", saltLength: 23 });
      else expect(fields.malformed).toBe("cannot be read: signatureAlgorithm");
    },
  );

  it("names the critical extensions that are told nowhere else, and no others", () => {
    const der = altered("ed25519.pem", (certificate) => {
      putExtension(certificate, "1.2.3.4", "0500");
      putExtension(certificate, "1.2.3.5", "0500");
      extensionsOf(certificate)[0]!.critical = true;
    });
    expect(describeCertificate(der).otherCriticalExtensions).toEqual(["1.2.3.5"]);
    expect(describeCertificate(read("rsa.pem"))).not.toHaveProperty("otherCriticalExtensions");
  });

  it.each([
    ["00", "00"],
    ["7f", "7f"],
    ["0080", "80"],
    ["0100", "0100"],
    ["ff", "-01"],
    ["80", "-80"],
    ["ff7f", "-81"],
  ])("tells the serial number %s as %s", (octets, text) => {
    const der = altered("ed25519.pem", (certificate) => {
      certificate.tbsCertificate.serialNumber = fromHex(octets).slice().buffer;
    });
    expect(describeCertificate(der).serialNumber).toBe(text);
  });

  it.each([
    ["c0000201", "192.0.2.1"],
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000000000001", "::1"],
    ["fe800000000000000000000000000000", "fe80::"],
    ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
    ["20010db8000000010000000000000010", "2001:db8:0:1::10"],
    ["20010db8000100020003000400050000", "2001:db8:1:2:3:4:5:0"],
    // As the addresses of packets are told, so that a name and the server it stands for are the same text.
    ["00000000000000000000ffffc0000201", "::ffff:192.0.2.1"],
    ["c00002", "c00002"],
  ])("tells the address %s as %s", (hex, text) => {
    const octets = hex.length / 2;
    const name = [octets + 2, octets].map((length) => toHex(Uint8Array.of(length)));
    const der = altered("ed25519.pem", (certificate) => putExtension(certificate, "2.5.29.17", `30${name[0]}87${name[1]}${hex}`));
    expect(describeCertificate(der).subjectAltNames).toEqual([`IP:${text}`]);
  });

  it("does not call a certificate self-signed whose signer has another key", () => {
    const other = altered("rsa.pem", (certificate) => {
      const list = extensionsOf(certificate);
      list.splice(
        list.findIndex((extension) => extension.extnID === "2.5.29.35"),
        1,
      );
      putExtension(certificate, "2.5.29.35", "3006800401020304");
    });
    expect(describeCertificate(other)).toMatchObject({ authorityKeyIdentifier: "01020304" });
    expect(describeCertificate(other)).not.toHaveProperty("selfSigned");
  });

  it("tells apart an authority key identifier that has no key identifier, and one that is not there", () => {
    const empty = altered("ec-ca.pem", (certificate) => putExtension(certificate, "2.5.29.35", "3000"));
    expect(describeCertificate(empty)).toMatchObject({ authorityKeyIdentifier: "", selfSigned: true });
    expect(describeCertificate(read("ec-ca.pem"))).not.toHaveProperty("authorityKeyIdentifier");
  });

  it.each([
    ["2.5.29.17", "30058203ff", "subjectAltNames"],
    ["2.5.29.15", "0500", "keyUsage"],
    ["2.5.29.19", "300a0208ffffffffffffffff", "basicConstraints"],
    ["2.5.29.37", "04", "extendedKeyUsage"],
    ["2.5.29.31", "3003300182", "crlDistributionPoints"],
    ["2.5.29.31", "300430020500", "crlDistributionPoints"],
    ["2.5.29.35", "30020500", "authorityKeyIdentifier"],
    ["1.3.6.1.5.5.7.1.1", "30033001", "authorityInfoAccess"],
    ["1.3.6.1.4.1.11129.2.4.2", "040400080002", "signedCertificateTimestamps"],
    ["1.3.6.1.4.1.11129.2.4.2", "0500", "signedCertificateTimestamps"],
  ])("tells the rest where extension %s is damaged", (type, hex, field) => {
    const fields = describeCertificate(altered("ed25519.pem", (certificate) => putExtension(certificate, type, hex)));
    expect(fields).toMatchObject({ subject: "CN=ed25519", malformed: `cannot be read: ${field}` });
    expect(fields).not.toHaveProperty(field);
  });

  it("tells the rest where the key is damaged", () => {
    const der = altered("rsa.pem", (certificate) => {
      certificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey = new ArrayBuffer(3);
    });
    expect(describeCertificate(der)).toMatchObject({ serialNumber: "1001", malformed: "cannot be read: subjectPublicKeyInfo" });
  });
});

describe("damaged octets", () => {
  it.each(files)("%s cut at any octet is malformed, and nothing else is told", (name) => {
    const der = read(name);
    for (let end = 0; end < der.length; end++) {
      expect(Object.keys(describeCertificate(der.slice(0, end))), `cut at ${end}`).toEqual(["malformed"]);
    }
  });

  it.each(files)("%s cut inside, with a length that fits, throws nothing", (name) => {
    const der = read(name);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: der.length - 1 }), (end) => {
        const body = der.slice(4, end);
        const fields = describeCertificate(Uint8Array.of(0x30, 0x82, body.length >> 8, body.length & 255, ...body));
        expect(fields.malformed).toMatch(/^[ -~]+$/);
      }),
      { numRuns: 40 },
    );
  });

  it("say how many are missing or too many", () => {
    const der = read("ed25519.pem");
    expect(describeCertificate(der.slice(0, -3)).malformed).toBe("truncated: 3 octets are missing");
    expect(describeCertificate(Uint8Array.of(...der, 0)).malformed).toBe("1 octets too many after the certificate");
  });

  it.each(files)("%s with any octet changed gives safe text and throws nothing", (name) => {
    const der = read(name);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = der.slice();
        changed[at] = (changed[at] as number) ^ change;
        expect(JSON.stringify(describeCertificate(changed))).toMatch(/^[ -~]*$/);
      }),
      { numRuns: 40 },
    );
  });

  it("that are random, or no certificate, are malformed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        expect(Object.keys(describeCertificate(octets))).toEqual(["malformed"]);
        expect(describeName(octets)).toMatch(/^[ -~]*$/);
      }),
    );
    expect(describeCertificate(fromHex("3003020105"))).toEqual({ malformed: "not a certificate" });
    expect(describeCertificate(new Uint8Array(70_000))).toEqual({ malformed: "longer than 65536 octets, not read" });
  });

  it("that are nested a thousand times are malformed", () => {
    let der = fromHex("0500");
    for (let depth = 0; depth < 1_000; depth++) der = Uint8Array.of(0x30, 0x82, der.length >> 8, der.length & 255, ...der);
    expect(describeCertificate(der)).toEqual({ malformed: "not a certificate" });
  });
});

describe("what is kept", () => {
  it("gives the same description for the same octets, however often, and another for others with the same end", () => {
    const der = read("ed25519.pem");
    const other = der.slice();
    other[other.length - 100] = (other[other.length - 100] as number) ^ 1;
    const first = describeCertificate(der);
    expect(describeCertificate(der.slice())).toBe(first);
    expect(describeCertificate(other)).not.toBe(first);
  });

  it("is not the caller's buffer", () => {
    const der = read("ed448.pem");
    const first = describeCertificate(der);
    const copy = der.slice();
    der.fill(0);
    expect(describeCertificate(copy)).toBe(first);
  });

  it("does not grow without end", () => {
    const der = read("ed25519.pem");
    for (let number = 0; number < 600; number++) {
      const next = der.slice();
      next.set([number >> 8, number & 255], der.length - 2);
      expect(describeCertificate(next).subject).toBe("CN=ed25519");
    }
  });
});

describe("describeName", () => {
  it("writes a name as the certificate's subject is written", () => {
    for (const pem of files) expect(describeName(subjectOf(pem))).toBe(describeCertificate(read(pem)).subject);
  });

  it("writes the empty name as nothing", () => {
    expect(describeName(new Uint8Array(AsnSerializer.serialize(new Name())))).toBe("");
  });

  it("writes what is no name in hex", () => {
    expect(describeName(fromHex("3003020105"))).toBe("#3003020105");
    const cut = subjectOf("rsa.pem").slice(0, -1);
    expect(describeName(cut)).toBe(`#${toHex(cut)}`);
  });
});
