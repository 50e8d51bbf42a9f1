/**
 * Requests about `patricia` in JavaScript's types, for the adapters of `implementations/`: the wire's forms alone, nothing
 * that a library could judge.
 */
import { toHex } from "../core/bytes.ts";
import { ProofError } from "../core/errors.ts";
import type { EncodedProof, TransactStep } from "../proofs/backend.ts";
import { type Claim, decodeClaims, EIP1186_FORM } from "../proofs/patricia/eip1186.ts";
import { readEntry, readList, readStep, readWrite } from "./request-parts.ts";
import { isObject, readBoolean, readBytes, readBytes32, readProof, show } from "./values.ts";

/** A key and what is stored under it: `null`, in writes alone, for nothing. */
export type Written<Value extends Uint8Array | null> = readonly [Uint8Array, Value];

/** Of the parameters those that the method takes. */
export interface PatriciaRequest {
  readonly encoding: unknown;
  readonly secure: boolean;
  readonly root?: Uint8Array;
  readonly keys?: readonly Uint8Array[];
  readonly deletes?: readonly Uint8Array[];
  readonly entries?: readonly Written<Uint8Array>[];
  readonly writes?: readonly Written<Uint8Array | null>[];
  readonly steps?: readonly TransactStep[];
  /** Claims in `eip1186`; bytes, of which nothing has been looked at, in the other encodings. */
  readonly proof?: Uint8Array | readonly Claim[];
}

/**
 * Reads a request of `proof/get`, `proof/prove`, `proof/extract`, `proof/update` or `proof/transact`, of which the names of
 * the parameters have been checked.
 *
 * Errors: ProofError, as for the values that are read; unsupported for another backend.
 */
export function readPatriciaRequest(method: string, params: Readonly<Record<string, unknown>>): PatriciaRequest {
  const { backend, encoding, options = {} } = params;
  if (backend !== "patricia") throw new ProofError("unsupported", `no backend ${show(backend)}`);
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
  throw new ProofError("unsupported", `no method ${show(method)}`);
}

/** Errors: unsupported for the strict profile, which no library under test has. */
function readSecure(options: unknown): boolean {
  if (!isObject(options)) throw new ProofError("invalid-argument", `/options: ${show(options)} is not an object`);
  const { secure = false, profile = "lenient", ...others } = options;
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw new ProofError("invalid-argument", `/options/${stray}: patricia has no such option`);
  if (profile === "strict") throw new ProofError("unsupported", "the library has no strict profile");
  return readBoolean(secure, "/options/secure");
}

function rootOf(params: Readonly<Record<string, unknown>>): Uint8Array {
  return readBytes32(params.root, "/root");
}

function keysOf(params: Readonly<Record<string, unknown>>, name: string): Uint8Array[] {
  return readList(params[name], `/${name}`, (key, place) => readBytes(key, place, "invalid-argument"));
}

function claimsOf(params: Readonly<Record<string, unknown>>): Pick<PatriciaRequest, "keys" | "deletes"> {
  return { keys: keysOf(params, "keys"), deletes: params.deletes === undefined ? [] : keysOf(params, "deletes") };
}

function entriesOf(params: Readonly<Record<string, unknown>>): Written<Uint8Array>[] {
  return readList(params.entries, "/entries", (entry, place) => {
    return checkValue(readEntry("bytes", entry, place) as Written<Uint8Array>, place);
  });
}

function writesOf(params: Readonly<Record<string, unknown>>): Written<Uint8Array | null>[] {
  return readList(params.writes, "/writes", (write, place) => {
    return checkValue(readWrite("bytes", write, place) as Written<Uint8Array | null>, place);
  });
}

function stepsOf(params: Readonly<Record<string, unknown>>): TransactStep[] {
  return readList(params.steps, "/steps", (value, place) => {
    const step = readStep("bytes", value, place);
    if (step.kind === "set") checkValue([step.key as Uint8Array, step.value], `${place}/set`);
    return step;
  });
}

/** To libraries an empty value is a deletion, which the interface has `null` for. Errors: invalid-argument. */
function checkValue<Value extends Uint8Array | null>(written: Written<Value>, place: string): Written<Value> {
  if (written[1]?.length !== 0) return written;
  throw new ProofError("invalid-argument", `${place}/1 is empty; null deletes`);
}

function proofOf({ encoding, proof }: Readonly<Record<string, unknown>>): Uint8Array | readonly Claim[] {
  if (encoding !== "eip1186") return readProof("bytes", proof, "/proof") as Uint8Array;
  return decodeClaims(readProof(EIP1186_FORM, proof, "/proof") as EncodedProof);
}

/** The wire's form of claims. */
export function writeClaims(claims: readonly Claim[]): object {
  return { proofs: claims.map(({ key, nodes }) => ({ key: toHex(key), nodes: nodes.map(toHex) })) };
}
