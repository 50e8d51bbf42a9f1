/**
 * The budgets of the patricia vectors, by formula:
 *
 *   hashes      root, get, cost, convert, extract   the different items of the proof
 *               merge                               the sum of that over the proofs
 *               prove                               the hashed nodes of the whole trie, once for each of their positions; the
 *                                                   root node is one of them at any length
 *               if keys are hashed, also            one for each entry, key and delete of the request; and one for each key
 *                                                   of an eip1186 proof, where the paths of these keys must be known: in
 *                                                   `merge`, and in the strict profile
 *   proofBytes  every method that returns a proof   the length of the canonical proof
 *
 * Req: PROOF-GEN-009.
 */

import { proofLength } from "../../../../harness/cases/proof-length.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type EncodingName, listsOf, nodesOf } from "../../proof/patricia/proofs.ts";
import { keccak } from "../../proof/patricia/rlp.ts";
import { wholeTrie } from "../../proof/patricia/whole-trie.ts";
import type { Bounds } from "../bounds.ts";

export function patriciaBounds(call: string, params: JsonObject, proof: Json | undefined): Bounds {
  return { hashes: hashesOf(call, params), proofBytes: proof === undefined ? undefined : proofLength(proof) };
}

function hashesOf(call: string, params: JsonObject): number | undefined {
  if (call === "proof/update" || call === "proof/transact") return undefined;
  const own = call === "proof/prove" ? hashedNodes(params) : differentItems(params);
  return own + (isSecure(params) ? hashedKeys(call, params) : 0);
}

function isSecure({ options }: JsonObject): boolean {
  return (options as { secure?: boolean } | undefined)?.secure === true;
}

/** Returns the proofs of a request, and their encoding. */
function proofsOf({ encoding, from, proof, proofs }: JsonObject): { encoding: EncodingName; proofs: readonly Json[] } {
  return { encoding: (encoding ?? from) as EncodingName, proofs: (proofs as readonly Json[] | undefined) ?? [proof] };
}

function differentItems(params: JsonObject): number {
  const { encoding, proofs } = proofsOf(params);
  return proofs.reduce((sum: number, proof) => sum + nodesOf(encoding, proof).length, 0);
}

function hashedNodes(params: JsonObject): number {
  const path = isSecure(params) ? keccak : (key: string): string => key;
  const map = new Map(params.entries as unknown as readonly (readonly [string, string])[]);
  const top = wholeTrie(new Map([...map].map(([key, value]) => [path(key.slice(2)), value.slice(2)])));
  return top === undefined ? 0 : 1 + top.below.length;
}

function hashedKeys(call: string, params: JsonObject): number {
  const { entries = [], keys = [], deletes = [], options } = params;
  const asked = [entries, keys, deletes].reduce((sum: number, list) => sum + (list as readonly Json[]).length, 0);
  if (call === "proof/prove") return asked;
  const { encoding, proofs } = proofsOf(params);
  const isNamed = call === "proof/merge" || (options as { profile?: string }).profile === "strict";
  if (encoding !== "eip1186" || !isNamed) return asked;
  return asked + proofs.reduce((sum: number, proof) => sum + listsOf(encoding, proof).length, 0);
}
