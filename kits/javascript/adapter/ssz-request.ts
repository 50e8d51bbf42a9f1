/** Reads requests for `ssz`. It checks only the form of values; the library under test checks their meaning. */
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

/** A proof in the encoding `helpers`. */
export interface HelpersProof {
  readonly gindices: readonly bigint[];
  readonly leaves: readonly Uint8Array[];
  readonly helpers: readonly Uint8Array[];
}

/** The parameters of the method; the others are undefined. */
export interface SszRequest {
  readonly encoding: unknown;
  readonly root?: string;
  readonly keys?: readonly bigint[];
  readonly entries?: readonly (readonly [bigint, Uint8Array])[];
  readonly proof?: Uint8Array | HelpersProof;
}

/**
 * Reads a request of `proof/root`, `proof/get` or `proof/prove`. The caller has checked the names of the parameters.
 *
 * Errors: Rejection: invalid-argument or malformed for a value of the wrong form; unsupported for another backend.
 */
export function readSszRequest(method: string, params: Readonly<Record<string, unknown>>): SszRequest {
  const { backend, encoding, options = {}, deletes = [] } = params;
  if (backend !== "ssz") throw new Rejection("unsupported", `backend ${JSON.stringify(backend)} is not supported`);
  checkOptions(options);
  if (readList(deletes, "/deletes", (key) => key).length > 0) {
    throw new Rejection("invalid-argument", "ssz has no deletion");
  }
  const readKeys = () => readList(params.keys, "/keys", readQuantity);
  if (method === "proof/prove") {
    const keys = readKeys();
    const entries = readList(params.entries, "/entries", (entry, path) => readEntry(entry, path, readQuantity));
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

function readHelpers(value: unknown, path: string): HelpersProof {
  if (!isObject(value)) return reject(value, path, "an object");
  const { gindices, leaves, helpers } = readMembers(value, path, ["gindices", "leaves", "helpers"]);
  return {
    gindices: readList(gindices, `${path}/gindices`, readQuantity, "malformed"),
    leaves: readList(leaves, `${path}/leaves`, readBytes, "malformed"),
    helpers: readList(helpers, `${path}/helpers`, readBytes, "malformed"),
  };
}

/** Returns a proof in its wire format. */
export function writeSszProof(proof: Uint8Array | HelpersProof): string | object {
  if (proof instanceof Uint8Array) return toHex(proof);
  const { gindices, leaves, helpers } = proof;
  return {
    gindices: gindices.map((gindex) => `0x${gindex.toString(16)}`),
    leaves: leaves.map(toHex),
    helpers: helpers.map(toHex),
  };
}
