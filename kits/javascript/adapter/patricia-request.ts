/** Requests about `patricia` in JavaScript's types. Only forms are checked: what a library can judge is left to it. */
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

/** A key and its value. Only writes have `null`, which deletes. */
export type Written<Value extends Uint8Array | null> = readonly [Uint8Array, Value];

/** The parameters that the method takes. */
export interface PatriciaRequest {
  readonly encoding: unknown;
  readonly secure: boolean;
  readonly root?: Uint8Array;
  readonly keys?: readonly Uint8Array[];
  readonly deletes?: readonly Uint8Array[];
  readonly entries?: readonly Written<Uint8Array>[];
  readonly writes?: readonly Written<Uint8Array | null>[];
  readonly steps?: readonly Step<Uint8Array>[];
  /** Claims in `eip1186`; bytes that nobody has looked at in the other encodings. */
  readonly proof?: Uint8Array | readonly Claim[];
}

/**
 * Reads a request of `proof/get`, `proof/prove`, `proof/extract`, `proof/update` or `proof/transact`, of which the names of
 * the parameters have been checked.
 *
 * Errors: Rejection: invalid-argument or malformed for a value of another form; unsupported for another backend.
 */
export function readPatriciaRequest(method: string, params: Readonly<Record<string, unknown>>): PatriciaRequest {
  const { backend, encoding, options = {} } = params;
  if (backend !== "patricia") throw new Rejection("unsupported", `no backend ${JSON.stringify(backend)}`);
  const asked = { encoding, secure: readSecure(options) };
  switch (method) {
    case "proof/get":
      return { ...asked, root: rootOf(params), keys: keysOf(params, "keys"), proof: proofOf(params) };
    case "proof/prove":
      return { ...asked, entries: entriesOf(params), ...claimsOf(params) };
    case "proof/extract":
      return { ...asked, root: rootOf(params), ...claimsOf(params), proof: proofOf(params) };
    case "proof/update":
      return { ...asked, root: rootOf(params), writes: writesOf(params), proof: proofOf(params) };
    case "proof/transact":
      return { ...asked, root: rootOf(params), steps: stepsOf(params), proof: proofOf(params) };
  }
  throw new Rejection("unsupported", `no method ${JSON.stringify(method)}`);
}

/** Errors: unsupported for the strict profile, which no library under test has. */
function readSecure(options: unknown): boolean {
  if (!isObject(options)) return reject(options, "/options", "an object");
  const { secure = false, profile = "lenient", ...others } = options;
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw new Rejection("invalid-argument", `/options/${stray}: patricia has no such option`);
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
  return readList(params.entries, "/entries", (entry, place) => {
    return checkValue(readEntry(entry, place, readBytes), place);
  });
}

function writesOf(params: Readonly<Record<string, unknown>>): Written<Uint8Array | null>[] {
  return readList(params.writes, "/writes", (write, place) => {
    return checkValue(readWrite(write, place, readBytes), place);
  });
}

function stepsOf(params: Readonly<Record<string, unknown>>): Step<Uint8Array>[] {
  return readList(params.steps, "/steps", (value, place) => {
    const step = readStep(value, place, readBytes);
    if (step.kind === "set") checkValue([step.key, step.value], `${place}/set`);
    return step;
  });
}

/** To libraries an empty value is a deletion, which the interface has `null` for. Errors: invalid-argument. */
function checkValue<Value extends Uint8Array | null>(written: Written<Value>, place: string): Written<Value> {
  if (written[1]?.length !== 0) return written;
  throw new Rejection("invalid-argument", `${place}/1 is empty; null deletes`);
}

function proofOf({ encoding, proof }: Readonly<Record<string, unknown>>): Uint8Array | readonly Claim[] {
  if (encoding !== "eip1186") return readProofBytes(proof, "/proof");
  if (!isObject(proof)) return reject(proof, "/proof", "an object");
  const { proofs } = readMembers(proof, "/proof", ["proofs"]);
  const claims = readList(proofs, "/proof/proofs", readClaim, "malformed");
  if (claims.length > 0) return claims;
  throw new Rejection("malformed", "an eip1186 proof has at least one key");
}

function readClaim(value: unknown, place: string): Claim {
  const { key, nodes } = readMembers(value, place, ["key", "nodes"]);
  return {
    key: readBytes(key, `${place}/key`, "malformed"),
    nodes: readList(nodes, `${place}/nodes`, readBytes, "malformed"),
  };
}

/** The form that claims have on the wire. */
export function writeClaims(claims: readonly Claim[]): object {
  return { proofs: claims.map(({ key, nodes }) => ({ key: toHex(key), nodes: nodes.map(toHex) })) };
}
