/** `update` and `transact`: writing to the bottoms of a proof. */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { EncodedProof, ProofContext, RawKey, TransactStep } from "../backend.ts";
import {
  BOTTOM,
  bottomAt,
  descend,
  mapTree,
  type PrunedTree,
  type TreeMap,
  treeRoot,
  verifyRoot,
} from "../pruned-tree/pruned-tree.ts";
import { runScript, type Session } from "../transact.ts";
import { belowBottom, toKey } from "./claims.ts";
import { CODEC, claimsOf } from "./encodings.ts";

/**
 * Writes a batch of nodes; the last write of a key counts.
 *
 * Req:    PROOF-SSZ-050, PROOF-SSZ-051.
 * Output: the new root, and the same pruned tree with the new nodes; where the encoding names claims, the written ones too.
 * Errors: invalid-argument (a value that is absent or not 32 bytes); of decoding; invalid-proof; then, for the first write
 *         that fails, incomplete below a bottom and invalid-argument for an inner node.
 */
export function sszUpdate(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  writes: readonly (readonly [RawKey, Uint8Array | null])[],
): { root: Bytes32; proof: EncodedProof } {
  const checked = writes.map(([key, value]) => {
    const gindex = toKey(key);
    return { gindex, node: toNode(value, gindex) };
  });
  const session = new OpenProof(CODEC.decode(encoding, proof), root, hasher);
  for (const { gindex, node } of checked) session.set(gindex, node);
  const claims = [...claimsOf(encoding, proof), ...checked.map(({ gindex }) => gindex)];
  return { root: session.root(), proof: CODEC.encode(encoding, session.tree, claims) };
}

/** Req: PROOF-SSZ-052. Errors: as of `update`, and of a script. */
export function sszTransact(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  steps: readonly TransactStep[],
): (Uint8Array | null | true)[] {
  const terms = { toKey, toValue: toNode };
  return runScript(steps, terms, () => new OpenProof(CODEC.decode(encoding, proof), root, hasher));
}

function toNode(value: Uint8Array | null, gindex: Gindex): Bytes32 {
  if (value === null) throw new ProofError("invalid-argument", `node ${gindex} cannot be deleted: ssz has no absence`);
  const node = toBytes32(value);
  if (node !== undefined) return node;
  throw new ProofError("invalid-argument", `the value of node ${gindex} has ${value.length} bytes, not 32`);
}

/** A verified tree and what has been written to it. */
class OpenProof implements Session<Gindex, Bytes32> {
  readonly tree: PrunedTree & TreeMap;
  readonly #hasher: NodeHasher;

  constructor(tree: PrunedTree, root: Bytes32, hasher: NodeHasher) {
    verifyRoot(tree, root, hasher);
    this.tree = { shape: tree.shape, bottoms: Uint8Array.from(tree.bottoms), ...mapTree(tree) };
    this.#hasher = hasher;
  }

  root(): Bytes32 {
    return Uint8Array.from(treeRoot(this.tree, this.#hasher)) as Bytes32;
  }

  get(gindex: Gindex): Uint8Array {
    const position = this.#find(gindex);
    if (this.tree.shape[position] === BOTTOM) return Uint8Array.from(bottomAt(this.tree, this.tree.link[position]));
    let found: Bytes32 | undefined;
    treeRoot(this.tree, this.#hasher, (at, hash) => {
      if (at === position) found = hash;
    });
    return found as Bytes32;
  }

  set(gindex: Gindex, node: Bytes32): () => void {
    const position = this.#find(gindex);
    if (this.tree.shape[position] !== BOTTOM) {
      throw new ProofError(
        "invalid-argument",
        `node ${gindex} is an inner node of the proof; only bottoms are written`,
      );
    }
    const rank = this.tree.link[position];
    const before = Uint8Array.from(bottomAt(this.tree, rank));
    this.tree.bottoms.set(node, 32 * rank);
    return () => this.tree.bottoms.set(before, 32 * rank);
  }

  #find(gindex: Gindex): number {
    const { position, levelsBelow } = descend(this.tree, gindexPath(gindex));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
    return position;
  }
}
