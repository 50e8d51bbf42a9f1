/** Reads requests for `patricia`. It checks only the form of values; the library under test checks their meaning. */
import { Rejection } from "./adapter.ts";
import {
  isObject,
  readBytes,
  readEntry,
  readList,
  readMembers,
  readNode,
  readProofBytes,
  readStep,
  readWrite,
  reject,
  type Step,
  toHex,
} from "./values.ts";

/** The nodes that an `eip1186` proof lists for one key. */
export interface Claim {
  readonly key: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

/** A key and its value. In a write, `null` deletes the key. */
export type Written<Value extends Uint8Array | null> = readonly [Uint8Array, Value];

/** The parameters of the method; the others are undefined. */
export interface PatriciaRequest {
  readonly encoding: unknown;
  readonly secure: boolean;
  readonly root?: Uint8Array;
  readonly keys?: readonly Uint8Array[];
  readonly deletes?: readonly Uint8Array[];
  readonly entries?: readonly Written<Uint8Array>[];
  readonly writes?: readonly Written<Uint8Array | null>[];
  readonly steps?: readonly Step<Uint8Array>[];
  /** Claims in `eip1186`; unchecked bytes in the other encodings. */
  readonly proof?: Uint8Array | readonly Claim[];
}

/**
 * Reads a request of `proof/get`, `proof/prove`, `proof/extract`, `proof/update` or `proof/transact`. The caller has checked the
 * names of the parameters.
 *
 * Errors: Rejection: invalid-argument or malformed for a value of the wrong form; unsupported for another backend.
 */
export function readPatriciaRequest(method: string, params: Readonly<Record<string, unknown>>): PatriciaRequest {
  const { backend, encoding, options = {} } = params;
  if (backend !== "patricia") throw new Rejection("unsupported", `backend ${JSON.stringify(backend)} is not supported`);
  const common = { encoding, secure: readSecure(options) };
  switch (method) {
    case "proof/get":
      return { ...common, root: rootOf(params), keys: keysOf(params, "keys"), proof: proofOf(params) };
    case "proof/prove":
      return { ...common, entries: entriesOf(params), ...claimsOf(params) };
    case "proof/extract":
      return { ...common, root: rootOf(params), ...claimsOf(params), proof: proofOf(params) };
    case "proof/update":
      return { ...common, root: rootOf(params), writes: writesOf(params), proof: proofOf(params) };
    case "proof/transact":
      return { ...common, root: rootOf(params), steps: stepsOf(params), proof: proofOf(params) };
  }
  throw new Rejection("unsupported", `method ${JSON.stringify(method)} is not supported`);
}

/** Errors: unsupported for the strict profile, which no library under test implements. */
function readSecure(options: unknown): boolean {
  if (!isObject(options)) return reject(options, "/options", "an object");
  const { secure = false, profile = "lenient", ...others } = options;
  const [extra] = Object.keys(others);
  if (extra !== undefined) throw new Rejection("invalid-argument", `/options/${extra}: patricia has no such option`);
  if (profile === "strict") throw new Rejection("unsupported", "the library has no strict profile");
  return typeof secure === "boolean" ? secure : reject(secure, "/options/secure", "true or false");
}

function rootOf(params: Readonly<Record<string, unknown>>): Uint8Array {
  return readNode(params.root, "/root");
}

function keysOf(params: Readonly<Record<string, unknown>>, name: string): Uint8Array[] {
  return readList(params[name], `/${name}`, readBytes);
}

function claimsOf(params: Readonly<Record<string, unknown>>): Pick<PatriciaRequest, "keys" | "deletes"> {
  return { keys: keysOf(params, "keys"), deletes: params.deletes === undefined ? [] : keysOf(params, "deletes") };
}

function entriesOf(params: Readonly<Record<string, unknown>>): Written<Uint8Array>[] {
  return readList(params.entries, "/entries", (entry, path) => {
    return checkValue(readEntry(entry, path, readBytes), path);
  });
}

function writesOf(params: Readonly<Record<string, unknown>>): Written<Uint8Array | null>[] {
  return readList(params.writes, "/writes", (write, path) => {
    return checkValue(readWrite(write, path, readBytes), path);
  });
}

function stepsOf(params: Readonly<Record<string, unknown>>): Step<Uint8Array>[] {
  return readList(params.steps, "/steps", (value, path) => {
    const step = readStep(value, path, readBytes);
    if (step.kind === "set") checkValue([step.key, step.value], `${path}/set`);
    return step;
  });
}

/** Libraries treat an empty value as a deletion; the interface uses `null` instead. Errors: invalid-argument. */
function checkValue<Value extends Uint8Array | null>(written: Written<Value>, path: string): Written<Value> {
  if (written[1]?.length !== 0) return written;
  throw new Rejection("invalid-argument", `${path}/1: an empty value; expected null to delete`);
}

function proofOf({ encoding, proof }: Readonly<Record<string, unknown>>): Uint8Array | readonly Claim[] {
  if (encoding !== "eip1186") return readProofBytes(proof, "/proof");
  if (!isObject(proof)) return reject(proof, "/proof", "an object");
  const { proofs } = readMembers(proof, "/proof", ["proofs"]);
  const claims = readList(proofs, "/proof/proofs", readClaim, "malformed");
  if (claims.length > 0) return claims;
  throw new Rejection("malformed", "/proof/proofs: an empty list; expected at least one key");
}

function readClaim(value: unknown, path: string): Claim {
  const { key, nodes } = readMembers(value, path, ["key", "nodes"]);
  return {
    key: readBytes(key, `${path}/key`, "malformed"),
    nodes: readList(nodes, `${path}/nodes`, readBytes, "malformed"),
  };
}

/** Returns claims in their wire format. */
export function writeClaims(claims: readonly Claim[]): object {
  return { proofs: claims.map(({ key, nodes }) => ({ key: toHex(key), nodes: nodes.map(toHex) })) };
}
