/**
 * `ssz`: any full binary tree under SHA-256, its nodes named by generalized index. The type that laid the tree out tells
 * the caller which indices to ask for; the proof does not.
 *
 * Source: consensus-specs ssz/simple-serialize.md, "Merkleization", and ssz/merkle-proofs.md.
 */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareTreeOrder, type Gindex, gindexPath, sortUnique, toGindex } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import type { EncodedProof, ProofBackend, ProofForm, RawKey } from "../backend.ts";
import { decodeCompact, encodeCompact } from "../pruned-tree/compact.ts";
import { type PlacedNode, treeFromBottoms } from "../pruned-tree/from-bottoms.ts";
import { decodeOffsets16, decodeOffsets64, encodeOffsets16, encodeOffsets64 } from "../pruned-tree/offsets.ts";
import {
  BOTTOM,
  bottomAt,
  bottomCount,
  checkTreeLimits,
  descend,
  mapTree,
  type PrunedTree,
  pruneTree,
  treeDepth,
  treeRoot,
  verifyRoot,
} from "../pruned-tree/pruned-tree.ts";
import { decodeExplicit, encodeExplicit } from "./explicit.ts";
import { decodeHelpers, encodeHelpers, HELPERS_FORM, helpersSize, sortClaims } from "./helpers.ts";

/** One encoding of a pruned tree. `encode` uses `claims` only where the encoding names them. */
interface Encoding {
  readonly form: ProofForm;
  readonly namesClaims: boolean;
  decode(proof: EncodedProof): PrunedTree;
  encode(tree: PrunedTree, claims: readonly Gindex[]): EncodedProof;
}

function bytesEncoding(decode: (proof: Uint8Array) => PrunedTree, encode: (tree: PrunedTree) => Uint8Array): Encoding {
  return { form: "bytes", namesClaims: false, decode: (proof) => decode(proof as Uint8Array), encode };
}

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["compact", bytesEncoding(decodeCompact, encodeCompact)],
  ["offsets64", bytesEncoding(decodeOffsets64, encodeOffsets64)],
  ["offsets16", bytesEncoding(decodeOffsets16, encodeOffsets16)],
  ["explicit", bytesEncoding(decodeExplicit, encodeExplicit)],
  ["helpers", { form: HELPERS_FORM, namesClaims: true, decode: decodeHelpers, encode: encodeHelpers }],
]);

export const ssz: ProofBackend = {
  name: "ssz",
  keyForm: "quantity",
  encodings: new Map([...ENCODINGS].map(([name, { form }]) => [name, form])),
  root: ({ encoding, hasher }, proof) => treeRoot(decodeProof(encoding, proof), hasher),
  get: ({ encoding, hasher }, root, proof, keys) => sszGet(encoding, hasher, root, proof, keys),
  prove: ({ encoding, hasher }, entries, keys) => sszProve(encoding, hasher, entries, keys),
  convert: ({ hasher }, from, to, root, proof, keys) => sszConvert(hasher, from, to, root, proof, keys),
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

/** Cuts `source` down to what `claims` need. `hashTree` hashes it once and reports every inner hash on the way. */
function pruneToClaims(
  source: PrunedTree,
  claims: readonly Gindex[],
  encoding: string,
  hashTree: (onInner: (position: number, hash: Bytes32) => void) => Bytes32,
): { root: Bytes32; tree: PrunedTree } {
  if (encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
  const innerHashes = new Uint8Array(32 * source.shape.length);
  const root = hashTree((position, hash) => innerHashes.set(hash, 32 * position));
  const map = mapTree(source);
  const open = new Set<number>();
  for (const gindex of claims) {
    const { levelsBelow } = descend(source, map, gindexPath(gindex), (position) => open.add(position));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
  }
  return { root, tree: pruneTree(source, map, open, innerHashes) };
}

/** A key of a request. Errors: invalid-argument for 0, limit-exceeded for more than 1024 bits. */
function toKey(key: RawKey): Gindex {
  return toGindex(key as bigint, "invalid-argument");
}

function belowBottom(gindex: Gindex, levels: number): ProofError {
  return new ProofError("incomplete", `node ${gindex} lies ${levels} level(s) below a bottom`, {
    key: `0x${gindex.toString(16)}`,
  });
}

function encodingOf(name: string): Encoding {
  const encoding = ENCODINGS.get(name);
  if (encoding === undefined) throw new ProofError("unsupported", `ssz has no encoding "${name}"`, { encoding: name });
  return encoding;
}

function proofSize(proof: EncodedProof): number {
  return proof instanceof Uint8Array ? proof.length : helpersSize(proof);
}

function decodeProof(encoding: string, proof: EncodedProof): PrunedTree {
  checkLimit("bytes of the proof", proofSize(proof), MAX_PROOF_BYTES);
  return encodingOf(encoding).decode(proof);
}

function encodeProof(encoding: string, tree: PrunedTree, claims: readonly Gindex[]): EncodedProof {
  const proof = encodingOf(encoding).encode(tree, claims);
  checkLimit("bytes of the proof", proofSize(proof), MAX_PROOF_BYTES);
  return proof;
}
