/**
 * Requests about `ssz` in JavaScript's types, for the adapters of `implementations/`: the wire's forms alone, nothing
 * that a library could judge.
 */
import { toHex } from "../core/bytes.ts";
import { ProofError } from "../core/errors.ts";
import type { EncodedProof, ProofForm } from "../proofs/backend.ts";
import { readEntry, readList } from "./request-parts.ts";
import { isObject, readArray, readBytes32, readProof, readQuantity, show } from "./values.ts";

/** Of the parameters those that the method takes. */
export interface SszRequest {
  readonly encoding: unknown;
  readonly root?: string;
  readonly keys?: readonly bigint[];
  readonly entries?: readonly (readonly [bigint, Uint8Array])[];
  readonly proof?: EncodedProof;
}

const HELPERS: ProofForm = { gindices: ["quantity"], leaves: ["bytes"], helpers: ["bytes"] };

/**
 * Reads a request of `proof/root`, `proof/get` or `proof/prove`, of which the names of the parameters have been checked.
 *
 * Errors: ProofError, as for the values that are read; unsupported for another backend.
 */
export function readSszRequest(method: string, params: Readonly<Record<string, unknown>>): SszRequest {
  const { backend, encoding, options = {}, deletes = [] } = params;
  if (backend !== "ssz") throw new ProofError("unsupported", `no backend ${show(backend)}`);
  checkOptions(options);
  if (readArray(deletes, "/deletes", "invalid-argument").length > 0) {
    throw new ProofError("invalid-argument", "ssz has no deletion");
  }
  const readKeys = () => readList(params.keys, "/keys", (key, place) => readQuantity(key, place, "invalid-argument"));
  if (method === "proof/prove") {
    const keys = readKeys();
    const entries = readList(params.entries, "/entries", (entry, place) => readEntry("quantity", entry, place));
    return { encoding, keys, entries: entries as (readonly [bigint, Uint8Array])[] };
  }
  const claims = method === "proof/get" ? { root: toHex(readBytes32(params.root, "/root")), keys: readKeys() } : {};
  return { encoding, ...claims, proof: readProof(encoding === "helpers" ? HELPERS : "bytes", params.proof, "/proof") };
}

function checkOptions(options: unknown): void {
  if (!isObject(options)) throw new ProofError("invalid-argument", `/options: ${show(options)} is not an object`);
  for (const [name, value] of Object.entries(options)) {
    if (name === "profile" && (value === "strict" || value === "lenient")) continue;
    throw new ProofError("invalid-argument", `/options/${name}: ${show(value)} does not apply`);
  }
}
