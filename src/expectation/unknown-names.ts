/** Finds names in a configuration that do not exist: `mustNotOffer` such a name would always hold. */
import { isKnownName, type RegistryName } from "../registry/codepoint.ts";
import type { Configuration, OfferedList } from "./expectation.ts";

/** The registry of the names in each list; ALPN names may be chosen freely. */
const REGISTRIES: Readonly<Partial<Record<OfferedList, RegistryName>>> = {
  versions: "versions",
  cipherSuites: "cipher_suites",
  extensions: "extension_types",
  groups: "supported_groups",
  keyShares: "supported_groups",
  signatureSchemes: "signature_schemes",
  compressionMethods: "compression_methods",
};

/** The first name under `mustNotOffer` that is neither registered nor a number, and its place; `null` if there is none. */
export function unknownName({ captures }: Configuration): { readonly place: string; readonly name: string } | null {
  for (const [index, { mustNotOffer = {} }] of captures.entries()) {
    for (const [list, names] of Object.entries(mustNotOffer) as [OfferedList, readonly string[]][]) {
      const registry = REGISTRIES[list];
      const name = registry === undefined ? undefined : names.find((each) => !/^0x[0-9a-f]+$/i.test(each) && !isKnownName(registry, each));
      if (name !== undefined) return { place: `captures[${index}].mustNotOffer.${list}`, name };
    }
  }
  return null;
}
