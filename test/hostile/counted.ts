/** What the bundle that counts its steps gives to the test: the reader, with what the program reads by. */
export { HandshakeReader } from "../../src/index.ts";
export { describeCertificate, describeName } from "../../src/x509/certificate.ts";
export { decompressCertificate } from "../../src/node/certificate-compression.ts";
export { begin, countCopies, end } from "../fuzz/work.ts";
