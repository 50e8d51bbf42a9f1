/** `update` and `transact`: writing to the bottoms of a proof. */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { EncodedProof, ProofContext, RawKey, TransactStep } from "../backend.ts";
import { BOTTOM, descend, type HashedTree, nodeAt, type PrunedTree, verifyTree } from "../pruned-tree/pruned-tree.ts";
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

/**
 * A verified tree and what has been written to it.
 *
 * A write makes the hashes above it stale, and no more is done before a hash is asked for: so a node is stale whenever one
 * below it is.
 *
 * Cost: a hash that is asked for takes one for each stale node beneath it, so none when nothing was written since.
 */
class OpenProof implements Session<Gindex, Bytes32> {
  readonly tree: HashedTree;
  readonly #hasher: NodeHasher;
  /** 1 at the position of each inner node whose hash is not that of its children. */
  readonly #stale: Uint8Array;

  constructor(tree: PrunedTree, root: Bytes32, hasher: NodeHasher) {
    this.tree = { ...verifyTree(tree, root, hasher), bottoms: Uint8Array.from(tree.bottoms) };
    this.#hasher = hasher;
    this.#stale = new Uint8Array(tree.shape.length);
  }

  root(): Bytes32 {
    return this.#read(0);
  }

  get(gindex: Gindex): Bytes32 {
    return this.#read(this.#find(gindex));
  }

  set(gindex: Gindex, node: Bytes32): () => void {
    const position = this.#find(gindex);
    if (this.tree.shape[position] !== BOTTOM) {
      throw new ProofError(
        "invalid-argument",
        `node ${gindex} is an inner node of the proof; only bottoms are written`,
      );
    }
    const before = Uint8Array.from(nodeAt(this.tree, position));
    this.#write(gindex, node);
    return () => this.#write(gindex, before);
  }

  #find(gindex: Gindex): number {
    const { position, levelsBelow } = descend(this.tree, gindexPath(gindex));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
    return position;
  }

  /** `gindex` is a bottom. */
  #write(gindex: Gindex, node: Uint8Array): void {
    const { position } = descend(this.tree, gindexPath(gindex), (above) => {
      this.#stale[above] = 1;
    });
    this.tree.bottoms.set(node, 32 * this.tree.link[position]);
  }

  /** A copy, which later writes leave as it is. */
  #read(position: number): Bytes32 {
    this.#rehash(position);
    return Uint8Array.from(nodeAt(this.tree, position)) as Bytes32;
  }

  #rehash(top: number): void {
    const { link, innerHashes } = this.tree;
    const stale: number[] = [];
    const waiting = [top];
    for (let position = waiting.pop(); position !== undefined; position = waiting.pop()) {
      if (this.#stale[position] === 0) continue;
      stale.push(position);
      waiting.push(position + 1, link[position]);
    }
    // Met after its parent on the way down, so hashed before it on the way back.
    for (const position of stale.reverse()) {
      const [left, right] = [nodeAt(this.tree, position + 1), nodeAt(this.tree, link[position])];
      innerHashes.set(this.#hasher.hashPair(left, right), 32 * position);
      this.#stale[position] = 0;
    }
  }
}
