/**
 * `ssz`: any full binary tree under SHA-256, with its nodes named by generalized index. The caller takes the indices from
 * the SSZ type of the tree, never from the proof.
 *
 * Source: consensus-specs ssz/simple-serialize.md, "Merkleization", and ssz/merkle-proofs.md.
 */
import { ProofError } from "../../core/errors.ts";
import type { SessionBackend } from "../backend.ts";
import { mergeTrees } from "../pruned-tree/merge.ts";
import {
  bottomCount,
  checkTreeLimits,
  deepestLevel,
  nodeAt,
  treeRoot,
  verifyRoot,
  verifyTree,
} from "../pruned-tree/pruned-tree.ts";
import { runScript, withTerms } from "../transact.ts";
import { CODEC, claimsOf } from "./encodings.ts";
import { checkClaims, toKey, toNode } from "./keys.ts";
import { readNodes } from "./look-up.ts";
import { pruneToClaims, wholeTree } from "./prove.ts";
import { OpenProof } from "./update.ts";

/** A pruned tree has one proof in each encoding, so no operation reads the profile. Req: PROOF-SSZ-109. */
export const ssz: SessionBackend = {
  name: "ssz",
  keyForm: "quantity",
  encodings: CODEC.forms,
  options: [],
  /** Req: PROOF-SSZ-009. */
  deletes: false,

  /** Errors: of decoding. Cost: m − 1 hashes. */
  root({ encoding, hasher }, proof) {
    return treeRoot(CODEC.decode(encoding, proof), hasher);
  },

  /**
   * Reads nodes through a proof.
   *
   * Req:    PROOF-GEN-002, PROOF-GEN-003, PROOF-SSZ-002, PROOF-SSZ-003.
   * Output: `values[i]` is the 32-byte node at `keys[i]`: a bottom node, or the computed hash of an inner node.
   * Errors: of decoding; invalid-proof; then incomplete for the first key below a bottom node.
   * Cost:   m − 1 hashes, and O(depth) steps per key.
   */
  get({ encoding, hasher }, root, proof, keys) {
    const gindices = keys.map(toKey);
    return readNodes(CODEC.decode(encoding, proof), root, gindices, hasher);
  },

  /**
   * Builds the smallest proof of some nodes of a full tree.
   *
   * Req:    PROOF-SSZ-004, PROOF-SSZ-005, PROOF-SSZ-006, PROOF-SSZ-044, PROOF-SSZ-078, PROOF-SSZ-079.
   * Input:  `entries` are the bottom nodes of the whole tree, the last entry of a gindex counts; `keys` the nodes to claim.
   * Errors: for helpers invalid-argument (no key, nested keys); of `wholeTree`; incomplete (a key below an entry);
   *         limit-exceeded.
   */
  prove({ encoding, hasher }, entries, keys) {
    const claims = keys.map(toKey);
    checkClaims(claims, encoding);
    const tree = wholeTree(entries, hasher);
    return { root: nodeAt(tree, 0), proof: CODEC.encode(encoding, pruneToClaims(tree, claims), claims) };
  },

  /**
   * Writes a proof in another encoding. The pruned tree stays the same, except that a helpers proof is the smallest one of
   * its claims.
   *
   * Req:    PROOF-SSZ-007, PROOF-SSZ-083, PROOF-SSZ-084, PROOF-SSZ-085, PROOF-SSZ-086, PROOF-SSZ-087.
   * Errors: invalid-argument (keys that are missing, empty or nested for helpers; keys for another encoding); of decoding;
   *         invalid-proof; incomplete (a key below a bottom node); limit-exceeded (a tree that `to` cannot hold).
   */
  convert({ hasher }, from, to, root, proof, keys) {
    const { namesClaims } = CODEC.encodingOf(to);
    if (namesClaims !== (keys !== undefined)) {
      throw new ProofError("invalid-argument", `keys are ${namesClaims ? "needed" : "not used"} to convert to ${to}`);
    }
    const claims = (keys ?? []).map(toKey);
    checkClaims(claims, to);
    const source = CODEC.decode(from, proof);
    if (namesClaims) return CODEC.encode(to, pruneToClaims(verifyTree(source, root, hasher), claims), claims);
    verifyRoot(source, root, hasher);
    return CODEC.encode(to, source);
  },

  /**
   * Writes a batch of nodes; the last write of a key counts.
   *
   * Req:    PROOF-SSZ-050, PROOF-SSZ-088, PROOF-SSZ-089, PROOF-SSZ-092.
   * Output: the new root, and the same pruned tree with the new nodes. If the encoding names claims, the written nodes are
   *         claims as well.
   * Errors: invalid-argument (a value that is `null` or not 32 bytes); of decoding; invalid-proof; then for the first write
   *         that fails, incomplete below a bottom node or invalid-argument at an inner node.
   */
  update({ encoding, hasher }, root, proof, writes) {
    const checked = writes.map(([key, value]) => {
      const gindex = toKey(key);
      return { gindex, node: toNode(value, gindex) };
    });
    const session = new OpenProof(CODEC.decode(encoding, proof), root, hasher);
    for (const { gindex, node } of checked) session.set(gindex, node);
    const claims = [...claimsOf(encoding, proof), ...checked.map(({ gindex }) => gindex)];
    return { root: session.root(), proof: CODEC.encode(encoding, session.tree, claims) };
  },

  /**
   * Executes steps in order.
   *
   * Req:    PROOF-SSZ-052, PROOF-SSZ-093, PROOF-SSZ-094, PROOF-SSZ-095, PROOF-SSZ-096, PROOF-SSZ-097, PROOF-SSZ-098,
   *         PROOF-SSZ-099.
   * Errors: of `update`; of `runScript`.
   */
  transact({ encoding, hasher }, root, proof, steps) {
    return runScript(steps, TERMS, () => new OpenProof(CODEC.decode(encoding, proof), root, hasher));
  },

  /** The keys of the map are the bottom nodes. Errors: of decoding; invalid-proof. */
  open({ encoding, hasher }, root, proof) {
    const opened = new OpenProof(CODEC.decode(encoding, proof), root, hasher);
    return withTerms(TERMS, {
      get: (gindex) => opened.getBottom(gindex),
      set: (gindex, node) => opened.set(gindex, node),
      root: () => opened.root(),
    });
  },

  /**
   * The union of proofs.
   *
   * Req:    PROOF-SSZ-053, PROOF-SSZ-100, PROOF-SSZ-101, PROOF-SSZ-102, PROOF-SSZ-103.
   * Errors: invalid-argument (no proof; for helpers a claim below the claim of another proof); of decoding; invalid-proof.
   */
  merge({ encoding, hasher }, root, proofs) {
    if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
    const trees = proofs.map((proof) => verifyTree(CODEC.decode(encoding, proof), root, hasher));
    const claims = proofs.flatMap((proof) => claimsOf(encoding, proof));
    checkClaims(claims, encoding);
    const merged = mergeTrees(trees);
    checkTreeLimits(merged.shape);
    return CODEC.encode(encoding, merged, claims);
  },

  /**
   * The smallest proof of `keys` within a larger proof. A key may be any node that the proof covers, claimed or not.
   *
   * Req:    PROOF-SSZ-054, PROOF-SSZ-104, PROOF-SSZ-105, PROOF-SSZ-106, PROOF-SSZ-107.
   * Errors: for helpers invalid-argument (no key, nested keys); of decoding; invalid-proof; incomplete for a key below a
   *         bottom node.
   */
  extract({ encoding, hasher }, root, proof, keys) {
    const claims = keys.map(toKey);
    checkClaims(claims, encoding);
    const tree = verifyTree(CODEC.decode(encoding, proof), root, hasher);
    return CODEC.encode(encoding, pruneToClaims(tree, claims), claims);
  },

  /** Req: PROOF-GEN-007. Errors: of decoding; invalid-proof. */
  cost({ encoding, hasher }, root, proof) {
    const tree = CODEC.decode(encoding, proof);
    verifyRoot(tree, root, hasher);
    const bytes = CODEC.encodingOf(encoding).size(proof);
    return { hashes: hasher.count, bytes, nodes: bottomCount(tree), depth: deepestLevel(tree.shape) };
  },
};

const TERMS = { toKey, toValue: toNode };
