/**
 * `ssz`: any full binary tree under SHA-256, its nodes named by generalized index. The type that laid the tree out tells
 * the caller which indices to ask for; the proof does not.
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

export const ssz: SessionBackend = {
  name: "ssz",
  keyForm: "quantity",
  encodings: CODEC.forms,
  options: [],
  deletes: false,

  /** Errors: of decoding. Cost: m − 1 hashes. */
  root({ encoding, hasher }, proof) {
    return treeRoot(CODEC.decode(encoding, proof), hasher);
  },

  /**
   * Reads nodes through a proof.
   *
   * Req:    PROOF-GEN-002, PROOF-GEN-003, PROOF-SSZ-002, PROOF-SSZ-003.
   * Output: `values[i]` is the 32-byte node at `keys[i]`: a bottom, or the computed hash of an inner node.
   * Errors: of decoding; invalid-proof; then, for the first key that lies below a bottom, incomplete.
   * Cost:   m − 1 hashes, and O(depth) steps a key.
   */
  get({ encoding, hasher }, root, proof, keys) {
    const gindices = keys.map(toKey);
    return readNodes(CODEC.decode(encoding, proof), root, gindices, hasher);
  },

  /**
   * Builds the smallest proof of some nodes of a full tree.
   *
   * Req:    PROOF-SSZ-004, PROOF-SSZ-005, PROOF-SSZ-006.
   * Input:  `entries` are the bottoms of the whole tree, the last entry of a gindex counts; `keys` the nodes to claim.
   * Errors: for helpers invalid-argument (no key, nested keys); of `wholeTree`; incomplete (a key lies below an entry);
   *         limit-exceeded.
   */
  prove({ encoding, hasher }, entries, keys) {
    const claims = keys.map(toKey);
    checkClaims(claims, encoding);
    const tree = wholeTree(entries, hasher);
    return { root: nodeAt(tree, 0), proof: CODEC.encode(encoding, pruneToClaims(tree, claims), claims) };
  },

  /**
   * Writes a proof in another encoding. The pruned tree stays the same, but a helpers proof holds what its claims need.
   *
   * Req:    PROOF-SSZ-007.
   * Errors: invalid-argument (keys missing for helpers, or given for another encoding; none; nested); of decoding;
   *         invalid-proof; incomplete (a key below a bottom); limit-exceeded (what `to` cannot hold).
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
   * Req:    PROOF-SSZ-050, PROOF-SSZ-051.
   * Output: the new root, and the same pruned tree with the new nodes; where the encoding names claims, the written ones too.
   * Errors: invalid-argument (a value that is absent or not 32 bytes); of decoding; invalid-proof; then, for the first write
   *         that fails, incomplete below a bottom and invalid-argument for an inner node.
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

  /** Req: PROOF-SSZ-052. Errors: as of `update`, and of a script. */
  transact({ encoding, hasher }, root, proof, steps) {
    return runScript(steps, TERMS, () => new OpenProof(CODEC.decode(encoding, proof), root, hasher));
  },

  /** Of a map, the keys are the bottoms. Errors: of decoding; invalid-proof. */
  open({ encoding, hasher }, root, proof) {
    const opened = new OpenProof(CODEC.decode(encoding, proof), root, hasher);
    return withTerms(TERMS, {
      get: (gindex) => opened.getBottom(gindex),
      set: (gindex, node) => opened.set(gindex, node),
      root: () => opened.root(),
    });
  },

  /**
   * One proof of everything that the proofs hold.
   *
   * Req:    PROOF-SSZ-053.
   * Errors: invalid-argument (no proof at all; for helpers a claim beneath another one's); of decoding; invalid-proof.
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
   * The smallest proof of `keys` that a larger proof holds.
   *
   * Req:    PROOF-SSZ-054.
   * Errors: for helpers invalid-argument (no key, nested keys); of decoding; invalid-proof; incomplete for a key below a
   *         bottom: what is covered counts, not what was claimed.
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
