/**
 * `sparse`: a full binary tree of a fixed depth under SHA-256 in which almost every leaf is zero, which means absent. The
 * root of a subtree of only zeros is known, and it proves the absence of every key below it.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { ConvertContext, EncodedProof, ProofContext, SessionBackend } from "../backend.ts";
import { POSITIONAL_ENCODINGS, TreeCodec } from "../pruned-tree/encoding.ts";
import { mergeTrees } from "../pruned-tree/merge.ts";
import {
  bottomCount,
  checkTreeLimits,
  deepestLevel,
  type HashedTree,
  type PrunedTree,
  treeRoot,
  verifyTree,
} from "../pruned-tree/pruned-tree.ts";
import { runScript, type ScriptTerms, withTerms } from "../transact.ts";
import { checkCanonical, checkLeafLevel, normalise, pruneToKeys } from "./canonical.ts";
import { type Key, toDepth, toKey, toValue } from "./keys.ts";
import { lookUp } from "./look-up.ts";
import { provePruned } from "./prove.ts";
import { OpenProof, writeLeaves } from "./update.ts";

/** Req: PROOF-SPARSE-020, PROOF-SPARSE-021. */
const CODEC = new TreeCodec("sparse", POSITIONAL_ENCODINGS);

export const sparse: SessionBackend = {
  name: "sparse",
  keyForm: "bytes",
  encodings: CODEC.forms,
  options: ["depth"],
  deletes: true,

  /** Req: PROOF-SPARSE-003, PROOF-SPARSE-029. Errors: invalid-argument; of `decode`; in the strict profile non-canonical. */
  root({ encoding, hasher, isStrict, depth: stated }, proof) {
    const depth = toDepth(stated);
    const tree = decode(encoding, proof, depth);
    if (isStrict) checkCanonical(tree, depth);
    return treeRoot(tree, hasher);
  },

  /**
   * Reads values through a proof.
   *
   * Req:    PROOF-GEN-003, PROOF-SPARSE-002, PROOF-SPARSE-027, PROOF-SPARSE-028.
   * Output: `values[i]` is the 32-byte value at `keys[i]`, or `null` if it is proven absent.
   * Errors: invalid-argument; of `open`; then incomplete for the first key that the proof does not cover.
   */
  get(context, root, proof, keys) {
    const depth = toDepth(context.depth);
    const paths = keys.map((key) => toKey(key, depth));
    const tree = open(context, context.encoding, root, proof);
    return paths.map((key) => lookUp(tree, key, depth));
  },

  /**
   * Builds the canonical proof of some keys of a whole tree.
   *
   * Req:    PROOF-SPARSE-005, PROOF-SPARSE-032, PROOF-SPARSE-033, PROOF-SPARSE-034, PROOF-SPARSE-035, PROOF-SPARSE-036.
   * Errors: invalid-argument; limit-exceeded.
   */
  prove({ encoding, hasher, depth: stated }, entries, keys, deletes) {
    const depth = toDepth(stated);
    const leaves = entries.map(([raw, value]) => {
      const key = toKey(raw, depth);
      return { key, value: toValue(value, key) };
    });
    const covered = [...keys, ...deletes].map((key) => toKey(key, depth));
    const tree = provePruned(leaves, covered, depth, hasher);
    return { root: treeRoot(tree, hasher), proof: CODEC.encode(encoding, tree) };
  },

  /**
   * Writes a proof in another encoding; the pruned tree stays the same.
   *
   * Req:    PROOF-SPARSE-006, PROOF-SPARSE-037, PROOF-SPARSE-038.
   * Errors: invalid-argument for keys; of `open`; limit-exceeded (a tree that `to` cannot hold).
   */
  convert(context, from, to, root, proof, keys) {
    toDepth(context.depth);
    if (keys !== undefined) throw new ProofError("invalid-argument", `keys are not used to convert to ${to}`);
    return CODEC.encode(to, open(context, from, root, proof));
  },

  /**
   * Writes a batch; the last write of a key counts.
   *
   * Req:    PROOF-SPARSE-007, PROOF-SPARSE-039, PROOF-SPARSE-040, PROOF-SPARSE-041, PROOF-SPARSE-042, PROOF-SPARSE-043,
   *         PROOF-SPARSE-044.
   * Output: the new root, and the canonical proof of the keys that the proof covered.
   * Errors: invalid-argument; of `open`; incomplete; limit-exceeded.
   */
  update(context, root, proof, writes) {
    const depth = toDepth(context.depth);
    const leaves = writes.map(([raw, value]) => {
      const key = toKey(raw, depth);
      return { key, value: toValue(value, key) };
    });
    const before = open(context, context.encoding, root, proof);
    const after = writeLeaves(before, leaves, depth, context.hasher);
    return { root: after.root, proof: CODEC.encode(context.encoding, after.tree) };
  },

  /**
   * Executes steps in order.
   *
   * Req:    PROOF-SPARSE-008, PROOF-SPARSE-045, PROOF-SPARSE-046, PROOF-SPARSE-047, PROOF-SPARSE-048.
   * Errors: invalid-argument; of `open`; of `runScript`.
   */
  transact(context, root, proof, steps) {
    const depth = toDepth(context.depth);
    return runScript(steps, termsOf(depth), () => openToWrite(context, root, proof));
  },

  /** Errors: invalid-argument for the depth; of the function `open`. */
  open(context, root, proof) {
    return withTerms(termsOf(toDepth(context.depth)), openToWrite(context, root, proof));
  },

  /**
   * The canonical proof of all keys that any of the proofs covers.
   *
   * Req:    PROOF-SPARSE-009, PROOF-SPARSE-049, PROOF-SPARSE-050.
   * Errors: invalid-argument for no proof; of `open`; limit-exceeded.
   */
  merge(context, root, proofs) {
    const depth = toDepth(context.depth);
    if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
    const union = mergeTrees(proofs.map((proof) => open(context, context.encoding, root, proof)));
    checkTreeLimits(union.shape);
    return CODEC.encode(context.encoding, normalise(union, depth));
  },

  /**
   * The smallest proof of some keys within a larger proof.
   *
   * Req:    PROOF-SPARSE-010, PROOF-SPARSE-051, PROOF-SPARSE-052.
   * Errors: invalid-argument; of `open`; incomplete for the first key that the proof does not cover.
   */
  extract(context, root, proof, keys, deletes) {
    const depth = toDepth(context.depth);
    const covered = [...keys, ...deletes].map((key) => toKey(key, depth));
    const tree = open(context, context.encoding, root, proof);
    return CODEC.encode(context.encoding, pruneToKeys(tree, covered, depth));
  },

  /** Req: PROOF-GEN-007. Errors: of `open`. */
  cost(context, root, proof) {
    toDepth(context.depth);
    const tree = open(context, context.encoding, root, proof);
    const bytes = CODEC.encodingOf(context.encoding).size(proof);
    return { hashes: context.hasher.count, bytes, nodes: bottomCount(tree), depth: deepestLevel(tree.shape) };
  },
};

/** Req: PROOF-SPARSE-003. Errors: malformed (of the encoding; a node below the leaf level); limit-exceeded. */
function decode(encoding: string, proof: EncodedProof, depth: number): PrunedTree {
  const tree = CODEC.decode(encoding, proof);
  checkLeafLevel(tree, depth);
  return tree;
}

/**
 * Decodes and verifies a proof, before a method looks at a key.
 *
 * Req:    PROOF-GEN-002, PROOF-SPARSE-003, PROOF-SPARSE-004, PROOF-SPARSE-030.
 * Errors: of decoding; invalid-proof; in the strict profile non-canonical.
 * Cost:   m − 1 hashes.
 */
function open(context: ConvertContext, encoding: string, root: Bytes32, proof: EncodedProof): HashedTree {
  const depth = toDepth(context.depth);
  const tree = verifyTree(decode(encoding, proof, depth), root, context.hasher);
  if (context.isStrict) checkCanonical(tree, depth);
  return tree;
}

function termsOf(depth: number): ScriptTerms<Key, Bytes32 | null> {
  return { toKey: (key) => toKey(key, depth), toValue };
}

function openToWrite(context: ProofContext, root: Bytes32, proof: EncodedProof): OpenProof {
  return new OpenProof(open(context, context.encoding, root, proof), toDepth(context.depth), context.hasher);
}
