/**
 * `radix`: a path-compressed binary tree under BLAKE3 that stores 32-byte values under keys of different lengths, none of
 * which is a prefix of another. The first byte of a node's preimage tells leaves and internal nodes apart.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { EncodedProof, ProofContext, RawKey, SessionBackend } from "../backend.ts";
import { runScript, withTerms } from "../transact.ts";
import { encodeProof, FORMS, impliedRoot, openProof } from "./encodings.ts";
import { type Change, toKey, toValue } from "./keys.ts";
import { lookUp } from "./look-up.ts";
import { depthOf } from "./node.ts";
import { cutDown, mergeTrees, wholeTree } from "./prove.ts";
import { OpenProof, writeChanges } from "./update.ts";

export const radix: SessionBackend = {
  name: "radix",
  keyForm: "bytes",
  encodings: FORMS,
  /** Req: PROOF-RADIX-042. */
  options: [],
  deletes: true,

  /** Req: PROOF-RADIX-070. Errors: unsupported for `nodes`; errors of decoding. */
  root({ encoding, hasher }, proof) {
    return impliedRoot(encoding, proof, hasher);
  },

  /**
   * Reads values through a proof.
   *
   * Req:    PROOF-GEN-003, PROOF-RADIX-004, PROOF-RADIX-005, PROOF-RADIX-048, PROOF-RADIX-049.
   * Output: `values[i]` is the 32-byte value of `keys[i]`, or `null` when the key is proven absent.
   * Errors: invalid-argument; errors of `openProof`; then incomplete for the first key that the proof does not decide.
   */
  get(context, root, proof, keys) {
    const checked = keys.map(toKey);
    const tree = openProof(context.encoding, proof, root, context);
    return checked.map((key) => lookUp(tree, key));
  },

  /**
   * Builds the smallest proof of some keys of a whole tree, and of the nodes that `deletes` need.
   *
   * Req:    PROOF-RADIX-030, PROOF-RADIX-074, PROOF-RADIX-075, PROOF-RADIX-076, PROOF-RADIX-077, PROOF-RADIX-078.
   * Errors: invalid-argument; limit-exceeded.
   * Cost:   one hash for each node of the whole tree.
   */
  prove({ encoding, hasher }, entries, keys, deletes) {
    const tree = wholeTree(entries.map(changeOf), hasher);
    return { root: tree.root, proof: encodeProof(encoding, cutDown(tree, keys.map(toKey), deletes.map(toKey))) };
  },

  /**
   * Writes a proof in another encoding; the open nodes stay the same.
   *
   * Req:    PROOF-RADIX-037, PROOF-RADIX-094, PROOF-RADIX-095.
   * Errors: invalid-argument for keys; errors of `openProof`; malformed for a tree that `to` cannot represent; limit-exceeded.
   */
  convert(context, from, to, root, proof, keys) {
    if (keys !== undefined) throw new ProofError("invalid-argument", `keys are not used to convert to ${to}`);
    return encodeProof(to, openProof(from, proof, root, context));
  },

  /**
   * Writes a batch. The last write of a key counts.
   *
   * Req:    PROOF-RADIX-032, PROOF-RADIX-033, PROOF-RADIX-045, PROOF-RADIX-079.
   * Output: the new root, and the proof that opens the new nodes and the old open nodes that are still in the tree.
   * Errors: invalid-argument; errors of `openProof` and `writeChanges`; limit-exceeded.
   */
  update(context, root, proof, writes) {
    const changes = writes.map(changeOf);
    const before = openProof(context.encoding, proof, root, context);
    const after = writeChanges(before, changes, context.hasher);
    return { root: after.root, proof: encodeProof(context.encoding, after) };
  },

  /** Req: PROOF-RADIX-034, PROOF-RADIX-088, PROOF-RADIX-089. Errors: invalid-argument; errors of `openProof` and of the steps. */
  transact(context, root, proof, steps) {
    return runScript(steps, TERMS, () => openToWrite(context, root, proof));
  },

  /** Errors: those of `openProof`. */
  open(context, root, proof) {
    return withTerms(TERMS, openToWrite(context, root, proof));
  },

  /**
   * Returns one proof that opens every node that one of the proofs opens.
   *
   * Req:    PROOF-RADIX-035, PROOF-RADIX-090, PROOF-RADIX-091.
   * Errors: invalid-argument for an empty list; errors of `openProof`; limit-exceeded.
   */
  merge(context, root, proofs) {
    if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
    const trees = proofs.map((proof) => openProof(context.encoding, proof, root, context));
    return encodeProof(context.encoding, mergeTrees(trees));
  },

  /**
   * Takes the smallest proof of some keys out of a larger proof.
   *
   * Req:    PROOF-RADIX-036, PROOF-RADIX-077, PROOF-RADIX-078, PROOF-RADIX-092, PROOF-RADIX-093.
   * Errors: invalid-argument; errors of `openProof`; incomplete for the first key that the proof does not decide, or for a sibling
   *         that is not open.
   */
  extract(context, root, proof, keys, deletes) {
    const [asked, deleted] = [keys.map(toKey), deletes.map(toKey)];
    const tree = openProof(context.encoding, proof, root, context);
    return encodeProof(context.encoding, cutDown(tree, asked, deleted));
  },

  /** Req: PROOF-GEN-007, PROOF-RADIX-062. Errors: those of `openProof`. */
  cost(context, root, proof) {
    const tree = openProof(context.encoding, proof, root, context);
    const { count } = context.hasher;
    return { hashes: count, bytes: (proof as Uint8Array).length, nodes: count, depth: depthOf(tree) };
  },
};

/** Checks an entry or a write. Errors: invalid-argument. */
function changeOf([raw, value]: readonly [RawKey, Uint8Array | null]): Change {
  const key = toKey(raw);
  return { key, value: toValue(value, key) };
}

const TERMS = { toKey, toValue };

function openToWrite(context: ProofContext, root: Bytes32, proof: EncodedProof): OpenProof {
  return new OpenProof(openProof(context.encoding, proof, root, context), context.hasher);
}
