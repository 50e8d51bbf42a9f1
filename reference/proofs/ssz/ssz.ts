/**
 * `ssz`: any full binary tree under SHA-256, its nodes named by generalized index. The type that laid the tree out tells
 * the caller which indices to ask for; the proof does not.
 *
 * Source: consensus-specs ssz/simple-serialize.md, "Merkleization", and ssz/merkle-proofs.md.
 */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareTreeOrder, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { EncodedProof, ProofBackend, RawKey } from "../backend.ts";
import { type PlacedNode, treeFromBottoms } from "../pruned-tree/from-bottoms.ts";
import {
  BOTTOM,
  bottomAt,
  bottomCount,
  checkTreeLimits,
  descend,
  mapTree,
  treeDepth,
  treeRoot,
  verifyRoot,
} from "../pruned-tree/pruned-tree.ts";
import { belowBottom, pruneToClaims, toKey } from "./claims.ts";
import { sszExtract, sszMerge } from "./combine.ts";
import { decodeProof, ENCODINGS, encodeProof, encodingOf, proofSize } from "./encodings.ts";
import { sszTransact, sszUpdate } from "./update.ts";

export const ssz: ProofBackend = {
  name: "ssz",
  keyForm: "quantity",
  encodings: new Map([...ENCODINGS].map(([name, { form }]) => [name, form])),
  root: ({ encoding, hasher }, proof) => treeRoot(decodeProof(encoding, proof), hasher),
  get: ({ encoding, hasher }, root, proof, keys) => sszGet(encoding, hasher, root, proof, keys),
  prove: ({ encoding, hasher }, entries, keys) => sszProve(encoding, hasher, entries, keys),
  convert: ({ hasher }, from, to, root, proof, keys) => sszConvert(hasher, from, to, root, proof, keys),
  update: sszUpdate,
  transact: sszTransact,
  merge: sszMerge,
  extract: sszExtract,
  cost: ({ encoding, hasher }, root, proof) => {
    const tree = decodeProof(encoding, proof);
    verifyRoot(tree, root, hasher);
    return { hashes: hasher.count, bytes: proofSize(proof), nodes: bottomCount(tree), depth: treeDepth(tree) };
  },
};

/**
 * Reads nodes through a proof.
 *
 * Req:    PROOF-GEN-002, PROOF-GEN-003, PROOF-SSZ-002, PROOF-SSZ-003.
 * Output: `values[i]` is the 32-byte node at `keys[i]`: a bottom, or the computed hash of an inner node.
 * Errors: of decoding; invalid-proof; then, for the first key that lies below a bottom, incomplete.
 * Cost:   m − 1 hashes, and O(depth) steps a key.
 */
function sszGet(
  encoding: string,
  hasher: NodeHasher,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[],
): Uint8Array[] {
  const gindices = keys.map(toKey);
  const tree = decodeProof(encoding, proof);
  const map = mapTree(tree);
  const found = gindices.map((gindex) => descend(tree, map, gindexPath(gindex)));
  const innerHashes = new Map<number, Bytes32 | undefined>(found.map(({ position }) => [position, undefined]));
  verifyRoot(tree, root, hasher, (position, hash) => {
    if (innerHashes.has(position)) innerHashes.set(position, hash);
  });
  return found.map(({ position, levelsBelow }, index) => {
    if (levelsBelow > 0) throw belowBottom(gindices[index], levelsBelow);
    return tree.shape[position] === BOTTOM
      ? bottomAt(tree, map.link[position])
      : (innerHashes.get(position) as Bytes32);
  });
}

/**
 * Builds the smallest proof of some nodes of a full tree.
 *
 * Req:    PROOF-SSZ-004, PROOF-SSZ-005, PROOF-SSZ-006.
 * Input:  `entries` are the bottoms of the whole tree, the last entry of a gindex counts; `keys` the nodes to claim.
 * Errors: invalid-argument (nested entries); incomplete (the entries leave a gap, a key lies below an entry);
 *         for helpers invalid-argument (no key, nested keys); limit-exceeded.
 */
function sszProve(
  encoding: string,
  hasher: NodeHasher,
  entries: readonly (readonly [RawKey, Uint8Array])[],
  keys: readonly RawKey[],
): { root: Bytes32; proof: EncodedProof } {
  const claims = keys.map(toKey);
  const full = treeFromBottoms(lastOfEach(entries.map(([key, value], index) => toEntry(key, value, index))));
  if ("kind" in full) {
    if (full.kind === "nested") {
      throw new ProofError("invalid-argument", `entry ${full.inner} lies beneath entry ${full.outer}`);
    }
    throw new ProofError("incomplete", `no entry covers the subtree at ${full.missing}`);
  }
  checkTreeLimits(full.shape);
  const { root, tree } = pruneToClaims(full, claims, encoding, (onInner) => treeRoot(full, hasher, onInner));
  return { root, proof: encodeProof(encoding, tree, claims) };
}

function toEntry(key: RawKey, value: Uint8Array, index: number): PlacedNode {
  const gindex = toKey(key);
  const node = toBytes32(value);
  if (node !== undefined) return { gindex, node };
  throw new ProofError("invalid-argument", `entry ${index} has ${value.length} bytes, not 32`, { index });
}

/** The entries in tree order, the last one of each gindex. */
function lastOfEach(entries: readonly PlacedNode[]): PlacedNode[] {
  const sorted = [...entries].sort((a, b) => compareTreeOrder(a.gindex, b.gindex));
  return sorted.filter(({ gindex }, index) => gindex !== sorted[index + 1]?.gindex);
}

/**
 * Writes a proof in another encoding. The pruned tree stays the same, but a helpers proof holds what its claims need.
 *
 * Req:    PROOF-SSZ-007.
 * Errors: invalid-argument (keys missing for helpers, or given for another encoding; none; nested); of decoding;
 *         invalid-proof; incomplete (a key below a bottom); limit-exceeded (what `to` cannot hold).
 */
function sszConvert(
  hasher: NodeHasher,
  from: string,
  to: string,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[] | undefined,
): EncodedProof {
  const { namesClaims } = encodingOf(to);
  if (namesClaims !== (keys !== undefined)) {
    throw new ProofError("invalid-argument", `keys are ${namesClaims ? "needed" : "not used"} to convert to ${to}`);
  }
  const claims = (keys ?? []).map(toKey);
  const source = decodeProof(from, proof);
  if (!namesClaims) {
    verifyRoot(source, root, hasher);
    return encodeProof(to, source, claims);
  }
  const { tree } = pruneToClaims(source, claims, to, (onInner) => {
    verifyRoot(source, root, hasher, onInner);
    return root;
  });
  return encodeProof(to, tree, claims);
}
