/**
 * `radix`: a path-compressed binary tree under BLAKE3 that stores 32-byte values under keys of different lengths, none of
 * which is a prefix of another. Leaves and internal nodes are told apart by the first byte of what is hashed.
 *
 * Req: PROOF-RADIX-001 … PROOF-RADIX-037.
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
  options: [],
  deletes: true,

  /** Req: PROOF-RADIX-021. Errors: unsupported for `nodes`; of decoding. */
  root({ encoding, hasher }, proof) {
    return impliedRoot(encoding, proof, hasher);
  },

  /**
   * Reads values through a proof.
   *
   * Req:    PROOF-GEN-003, PROOF-RADIX-004, PROOF-RADIX-005.
   * Output: `values[i]` is the 32-byte value at `keys[i]`, or `null` where it is proven absent.
   * Errors: invalid-argument; of opening; then incomplete, for the first key that the proof does not decide.
   */
  get(context, root, proof, keys) {
    const checked = keys.map(toKey);
    const tree = openProof(context.encoding, proof, root, context);
    return checked.map((key) => lookUp(tree, key));
  },

  /**
   * Builds the smallest proof of some keys of a whole tree, and of what their deletion needs.
   *
   * Req:    PROOF-RADIX-030, PROOF-RADIX-031.
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
   * Req:    PROOF-RADIX-037.
   * Errors: invalid-argument for keys; of opening; limit-exceeded.
   */
  convert(context, from, to, root, proof, keys) {
    if (keys !== undefined) throw new ProofError("invalid-argument", `keys are not used to convert to ${to}`);
    return encodeProof(to, openProof(from, proof, root, context));
  },

  /**
   * Writes a batch; the last write of a key counts.
   *
   * Req:    PROOF-RADIX-032, PROOF-RADIX-033.
   * Output: the new root, and the proof of what was open and is still there and of what is new.
   * Errors: invalid-argument; of opening; of `writeChanges`; limit-exceeded.
   */
  update(context, root, proof, writes) {
    const changes = writes.map(changeOf);
    const before = openProof(context.encoding, proof, root, context);
    const after = writeChanges(before, changes, context.hasher);
    return { root: after.root, proof: encodeProof(context.encoding, after) };
  },

  /** Req: PROOF-RADIX-034. Errors: invalid-argument; of opening; of a script. */
  transact(context, root, proof, steps) {
    return runScript(steps, TERMS, () => openToWrite(context, root, proof));
  },

  /** Errors: of opening. */
  open(context, root, proof) {
    return withTerms(TERMS, openToWrite(context, root, proof));
  },

  /**
   * One proof that opens what any of the proofs opens.
   *
   * Req:    PROOF-RADIX-035.
   * Errors: invalid-argument for no proof at all; of opening; limit-exceeded.
   */
  merge(context, root, proofs) {
    if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
    const trees = proofs.map((proof) => openProof(context.encoding, proof, root, context));
    return encodeProof(context.encoding, mergeTrees(trees));
  },

  /**
   * The smallest proof of some keys that a larger proof holds.
   *
   * Req:    PROOF-RADIX-036.
   * Errors: invalid-argument; of opening; incomplete for the first key that the proof does not decide, or for a sibling.
   */
  extract(context, root, proof, keys, deletes) {
    const [asked, deleted] = [keys.map(toKey), deletes.map(toKey)];
    const tree = openProof(context.encoding, proof, root, context);
    return encodeProof(context.encoding, cutDown(tree, asked, deleted));
  },

  /** Req: PROOF-GEN-007. Errors: of opening. */
  cost(context, root, proof) {
    const tree = openProof(context.encoding, proof, root, context);
    const { count } = context.hasher;
    return { hashes: count, bytes: (proof as Uint8Array).length, nodes: count, depth: depthOf(tree) };
  },
};

/** A key and what is written to it. Errors: invalid-argument. */
function changeOf([raw, value]: readonly [RawKey, Uint8Array | null]): Change {
  const key = toKey(raw);
  return { key, value: toValue(value, key) };
}

const TERMS = { toKey, toValue };

function openToWrite(context: ProofContext, root: Bytes32, proof: EncodedProof): OpenProof {
  return new OpenProof(openProof(context.encoding, proof, root, context), context.hasher);
}
