/** Requests about `ssz` in JavaScript's types. Only forms are checked: what a library can judge is left to it. */
import { Rejection } from "./adapter.ts";
import {
  isObject,
  readBytes,
  readEntry,
  readList,
  readMembers,
  readNode,
  readProofBytes,
  readQuantity,
  reject,
  toHex,
} from "./values.ts";

/** A proof of the encoding `helpers`. */
export interface HelpersProof {
  readonly gindices: readonly bigint[];
  readonly leaves: readonly Uint8Array[];
  readonly helpers: readonly Uint8Array[];
}

/** The parameters that the method takes. */
export interface SszRequest {
  readonly encoding: unknown;
  readonly root?: string;
  readonly keys?: readonly bigint[];
  readonly entries?: readonly (readonly [bigint, Uint8Array])[];
  readonly proof?: Uint8Array | HelpersProof;
}

/**
 * Reads a request of `proof/root`, `proof/get` or `proof/prove`, of which the names of the parameters have been checked.
 *
 * Errors: Rejection: invalid-argument or malformed for a value of another form; unsupported for another backend.
 */
export function readSszRequest(method: string, params: Readonly<Record<string, unknown>>): SszRequest {
  const { backend, encoding, options = {}, deletes = [] } = params;
  if (backend !== "ssz") throw new Rejection("unsupported", `no backend ${JSON.stringify(backend)}`);
  checkOptions(options);
  if (readList(deletes, "/deletes", (key) => key).length > 0) {
    throw new Rejection("invalid-argument", "ssz has no deletion");
  }
  const readKeys = () => readList(params.keys, "/keys", readQuantity);
  if (method === "proof/prove") {
    const keys = readKeys();
    const entries = readList(params.entries, "/entries", (entry, place) => readEntry(entry, place, readQuantity));
    return { encoding, keys, entries };
  }
  const claims = method === "proof/get" ? { root: toHex(readNode(params.root, "/root")), keys: readKeys() } : {};
  const read = encoding === "helpers" ? readHelpers : readProofBytes;
  return { encoding, ...claims, proof: read(params.proof, "/proof") };
}

function checkOptions(options: unknown): void {
  if (!isObject(options)) reject(options, "/options", "an object");
  for (const [name, value] of Object.entries(options)) {
    if (name === "profile" && (value === "strict" || value === "lenient")) continue;
    throw new Rejection("invalid-argument", `/options/${name}: ${JSON.stringify(value)} does not apply`);
  }
}

function readHelpers(value: unknown, place: string): HelpersProof {
  if (!isObject(value)) return reject(value, place, "an object");
  const { gindices, leaves, helpers } = readMembers(value, place, ["gindices", "leaves", "helpers"]);
  return {
    gindices: readList(gindices, `${place}/gindices`, readQuantity, "malformed"),
    leaves: readList(leaves, `${place}/leaves`, readBytes, "malformed"),
    helpers: readList(helpers, `${place}/helpers`, readBytes, "malformed"),
  };
}

/** The form that a proof has on the wire. */
export function writeSszProof(proof: Uint8Array | HelpersProof): string | object {
  if (proof instanceof Uint8Array) return toHex(proof);
  const { gindices, leaves, helpers } = proof;
  return {
    gindices: gindices.map((gindex) => `0x${gindex.toString(16)}`),
    leaves: leaves.map(toHex),
    helpers: helpers.map(toHex),
  };
}
