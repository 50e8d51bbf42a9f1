/**
 * `witness`: nodes of all tries, codes and headers, as in an ExecutionWitness.
 *
 * Req:    PROOF-STATE-020.
 * Source: `debug_executionWitness` of the execution APIs.
 */
import { type Bytes32, equalBytes, sortedDistinct } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { isEmptyCodeHash } from "./account.ts";
import { verifyHeaders } from "./headers.ts";
import { type Codes, type OpenState, verifyState } from "./open-state.ts";

export const WITNESS_FORM = { state: ["bytes"], codes: ["bytes"], headers: ["bytes"] } as const satisfies ProofForm;

export interface Witness {
  readonly state: readonly Uint8Array[];
  readonly codes: readonly Uint8Array[];
  readonly headers: readonly Uint8Array[];
}

export function decodeWitness(proof: EncodedProof): Witness {
  return proof as unknown as Witness;
}

export function encodeWitness({ state, codes, headers }: Witness): EncodedProof {
  return { state, codes, headers };
}

/** Returns the canonical witness of an open state, without headers. Req: PROOF-STATE-134, PROOF-STATE-135, PROOF-STATE-136. */
export function witnessOf({ accounts, held, storages, codes }: OpenState): Witness {
  const nodes = [...accounts.items, ...storages.items].map(({ rlp }) => rlp);
  const named = held.filter(({ codeHash }) => !isEmptyCodeHash(codeHash)).map(({ codeHash }) => codes.get(codeHash));
  return {
    state: sortedDistinct(nodes),
    codes: sortedDistinct(named.filter((code) => code !== undefined)),
    headers: [],
  };
}

/**
 * Verifies a witness. Nodes that are not open and codes that no key needs are hashed, but not read.
 *
 * Req:    PROOF-STATE-003, PROOF-STATE-006, PROOF-STATE-077.
 * Input:  nodes and codes without repetitions.
 * Errors: limit-exceeded; malformed; invalid-proof for headers that are not a chain to the root, and when no node hashes to the
 *         root; incomplete without nodes.
 * Cost:   a hash for each node, code and header.
 */
export function verifyWitness({ state, codes, headers }: Witness, root: Bytes32, hasher: NodeHasher): OpenState {
  const chain = verifyHeaders(headers, root, hasher);
  const byHash: Codes = new HashMap();
  for (const code of codes) byHash.add(hasher.keccak256(code), code);
  return verifyState(state, root, hasher, byHash, chain);
}

/** Req: PROOF-STATE-073, PROOF-STATE-074, PROOF-STATE-075. Errors: non-canonical. */
export function checkCanonicalWitness(given: Witness, state: OpenState): void {
  const canonical = witnessOf(state);
  checkSame("state", given.state, canonical.state);
  checkSame("codes", given.codes, canonical.codes);
}

/** The given list holds the canonical one, so a difference is an extra item, a repeated item or another order. */
function checkSame(list: string, given: readonly Uint8Array[], canonical: readonly Uint8Array[]): void {
  const other = given.findIndex((item, index) => canonical[index] === undefined || !equalBytes(item, canonical[index]));
  if (other === -1) return;
  const fault = `item ${other} of ${list} is not needed, is repeated, or is out of order`;
  throw new ProofError("non-canonical", fault, { list, index: other });
}

/** Req: PROOF-GEN-007. */
export function witnessSize({ state, codes, headers }: Witness): number {
  return [state, codes, headers].flat().reduce((sum, { length }) => sum + length, 0);
}
