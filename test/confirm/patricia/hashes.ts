/** The number of hashes that a result of `patricia` takes, computed from the naive implementation. */

import type { Json } from "../values.ts";
import { decodeProof, type PatriciaEncoding } from "./encodings.ts";
import { naivePatriciaCall } from "./patricia.ts";
import { type Child, childrenOf, EMPTY_ROOT, itemsByHash, openTrie } from "./trie.ts";

type Members = Record<string, Json>;

/** Input: a request with a result, its recipes expanded. */
export function patriciaHashes(call: string, params: Members): number | undefined {
  if (call === "proof/update" || call === "proof/transact") return undefined;
  const { secure, profile } = (params.options ?? {}) as { secure?: boolean; profile?: string };
  const proofs = call === "proof/prove" ? [] : ((params.proofs ?? [params.proof]) as Json[]);
  const decoded = proofs.map((proof) => decodeProof((params.encoding ?? params.from) as PatriciaEncoding, proof));
  let hashes = call === "proof/prove" ? hashedPlaces(params) : 0;
  for (const { lists } of decoded) hashes += itemsByHash(lists.flat()).size;
  if (secure !== true) return hashes;
  for (const name of ["entries", "keys", "deletes"]) hashes += ((params[name] ?? []) as Json[]).length;
  if (call === "proof/merge" || profile === "strict") for (const { claims } of decoded) hashes += claims.length;
  return hashes;
}

/** The number of places of hashed nodes in the whole trie, the root node included. */
function hashedPlaces({ entries, options }: Members): number {
  const keys = (entries as string[][]).map(([key]) => key as string);
  const request: Members = { backend: "patricia", encoding: "preorder", entries: entries as Json, keys };
  const answer = naivePatriciaCall("proof/prove", options === undefined ? request : { ...request, options }) as Members;
  const root = (answer.root as string).slice(2);
  if (root === EMPTY_ROOT) return 0;
  const { lists } = decodeProof("preorder", answer.proof);
  return countPlaces(openTrie(itemsByHash(lists.flat()), root).root as Child);
}

function countPlaces({ hash, node }: Child): number {
  if (node === null) throw new Error("a proof of every key lacks a node");
  return childrenOf(node.form).reduce((sum, child) => sum + countPlaces(child), hash === null ? 0 : 1);
}
