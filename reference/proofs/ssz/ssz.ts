/**
 * `ssz`: any full binary tree under SHA-256, its nodes named by generalized index. The type that laid the tree out tells
 * the caller which indices to ask for; the proof does not.
 *
 * Source: consensus-specs ssz/simple-serialize.md, "Merkleization", and ssz/merkle-proofs.md.
 */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareGindex, gindexPath } from "../../core/gindex.ts";
import type { EncodedProof, ProofBackend, ProofContext, RawKey } from "../backend.ts";
import { type PlacedNode, treeFromPlaced } from "../pruned-tree/from-bottoms.ts";
import {
  BOTTOM,
  bottomAt,
  bottomCount,
  checkTreeLimits,
  deepestLevel,
  descend,
  hashTree,
  mapTree,
  nodeAt,
  treeRoot,
  verifyRoot,
} from "../pruned-tree/pruned-tree.ts";
import { belowBottom, checkClaims, pruneToClaims, toKey } from "./claims.ts";
import { sszConvert, sszExtract, sszMerge } from "./combine.ts";
import { CODEC } from "./encodings.ts";
import { sszTransact, sszUpdate } from "./update.ts";

export const ssz: ProofBackend = {
  name: "ssz",
  keyForm: "quantity",
  encodings: CODEC.forms,
  options: [],
  deletes: false,
  root: ({ encoding, hasher }, proof) => treeRoot(CODEC.decode(encoding, proof), hasher),
  get: sszGet,
  prove: sszProve,
  convert: sszConvert,
  update: sszUpdate,
  transact: sszTransact,
  merge: sszMerge,
  extract: sszExtract,
  cost: ({ encoding, hasher }, root, proof) => {
    const tree = CODEC.decode(encoding, proof);
    verifyRoot(tree, root, hasher);
    const bytes = CODEC.encodingOf(encoding).size(proof);
    return { hashes: hasher.count, bytes, nodes: bottomCount(tree), depth: deepestLevel(tree.shape) };
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
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[],
): Uint8Array[] {
  const gindices = keys.map(toKey);
  const decoded = CODEC.decode(encoding, proof);
  const tree = { ...decoded, ...mapTree(decoded) };
  const found = gindices.map((gindex) => descend(tree, gindexPath(gindex)));
  const innerHashes = new Map<number, Bytes32 | undefined>(found.map(({ position }) => [position, undefined]));
  verifyRoot(tree, root, hasher, (position, hash) => {
    if (innerHashes.has(position)) innerHashes.set(position, hash);
  });
  return found.map(({ position, levelsBelow }, index) => {
    if (levelsBelow > 0) throw belowBottom(gindices[index], levelsBelow);
    return tree.shape[position] === BOTTOM
      ? bottomAt(tree, tree.link[position])
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
  { encoding, hasher }: ProofContext,
  entries: readonly (readonly [RawKey, Uint8Array])[],
  keys: readonly RawKey[],
): { root: Bytes32; proof: EncodedProof } {
  const claims = keys.map(toKey);
  checkClaims(claims, encoding);
  const full = treeFromPlaced(lastOfEach(entries.map(([key, value], index) => toEntry(key, value, index))));
  if ("kind" in full) {
    if (full.kind === "nested") {
      throw new ProofError("invalid-argument", `entry ${full.inner} lies beneath entry ${full.outer}`);
    }
    throw new ProofError("incomplete", `no entry covers the subtree at ${full.missing}`);
  }
  checkTreeLimits(full.shape);
  const tree = hashTree(full, hasher);
  return { root: nodeAt(tree, 0), proof: CODEC.encode(encoding, pruneToClaims(tree, claims), claims) };
}

function toEntry(key: RawKey, value: Uint8Array, index: number): PlacedNode {
  const gindex = toKey(key);
  const node = toBytes32(value);
  if (node !== undefined) return { gindex, node };
  throw new ProofError("invalid-argument", `entry ${index} has ${value.length} bytes, not 32`, { index });
}

/** The entries in ascending order, the last one of each gindex. */
function lastOfEach(entries: readonly PlacedNode[]): PlacedNode[] {
  const sorted = [...entries].sort((a, b) => compareGindex(a.gindex, b.gindex));
  return sorted.filter(({ gindex }, index) => gindex !== sorted[index + 1]?.gindex);
}
