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

/** The canonical witness of what is open, without headers. */
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
 * Input:  nodes and codes are different ones.
 * Errors: limit-exceeded; malformed; invalid-proof for headers that are no chain to the root, and for nodes of which none is the
 *         root node; incomplete without nodes.
 * Cost:   a hash for each node, code and header.
 */
export function verifyWitness({ state, codes, headers }: Witness, root: Bytes32, hasher: NodeHasher): OpenState {
  const chain = verifyHeaders(headers, root, hasher);
  const byHash: Codes = new HashMap();
  for (const code of codes) byHash.add(hasher.keccak256(code), code);
  return verifyState(state, root, hasher, byHash, chain);
}

/** Req: PROOF-STATE-010. Errors: non-canonical. */
export function checkCanonicalWitness(given: Witness, state: OpenState): void {
  const canonical = witnessOf(state);
  checkSame("state", given.state, canonical.state);
  checkSame("codes", given.codes, canonical.codes);
}

/** What is canonical is among what is given: only something more, twice or in another order can be the difference. */
function checkSame(list: string, given: readonly Uint8Array[], canonical: readonly Uint8Array[]): void {
  const place = given.findIndex((item, index) => canonical[index] === undefined || !equalBytes(item, canonical[index]));
  if (place === -1) return;
  const fault = `item ${place} of ${list} is needed by nothing, is there twice, or is out of order`;
  throw new ProofError("non-canonical", fault, { list, index: place });
}

/** Req: PROOF-GEN-007. */
export function witnessSize({ state, codes, headers }: Witness): number {
  return [state, codes, headers].flat().reduce((sum, { length }) => sum + length, 0);
}
