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
import { belowBottom, toKey } from "./claims.ts";
import { claimsOf, decodeProof, encodeProof } from "./encodings.ts";

interface Write {
  readonly gindex: Gindex;
  readonly node: Bytes32;
}

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
  const checked = writes.map(([key, value]) => toWrite(key, value));
  const session = new Session(decodeProof(encoding, proof), root, hasher);
  for (const write of checked) session.set(write);
  const claims = [...claimsOf(encoding, proof), ...checked.map(({ gindex }) => gindex)];
  return { root: session.root(), proof: encodeProof(encoding, session.tree, claims) };
}

/**
 * Reads and writes in order, with nested checkpoints.
 *
 * Req:    PROOF-SSZ-052.
 * Output: for each step the value read, the root, or `true`.
 * Errors: as of `update`; invalid-argument for a commit or revert without a checkpoint. `details.step` is the step's number.
 */
export function sszTransact(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  steps: readonly TransactStep[],
): (Uint8Array | true)[] {
  const run = steps.map((step) => prepareStep(step));
  const session = new Session(decodeProof(encoding, proof), root, hasher);
  return run.map((step, index) => {
    try {
      return step(session);
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      throw new ProofError(error.class, `step ${index}: ${error.message}`, { ...error.details, step: index });
    }
  });
}

/** Checks what is wrong with a step by itself, before any proof is looked at. */
function prepareStep(step: TransactStep): (session: Session) => Uint8Array | true {
  switch (step.kind) {
    case "get": {
      const gindex = toKey(step.key);
      return (session) => session.get(gindex);
    }
    case "set": {
      const write = toWrite(step.key, step.value);
      return (session) => session.set(write);
    }
    case "root":
      return (session) => session.root();
    case "checkpoint":
    case "commit":
    case "revert":
      return (session) => session[step.kind]();
  }
}

function toWrite(key: RawKey, value: Uint8Array | null): Write {
  const gindex = toKey(key);
  if (value === null) throw new ProofError("invalid-argument", `node ${gindex} cannot be deleted: ssz has no absence`);
  const node = toBytes32(value);
  if (node !== undefined) return { gindex, node };
  throw new ProofError("invalid-argument", `the value of node ${gindex} has ${value.length} bytes, not 32`);
}

/** A verified tree and what has been written to it. */
class Session {
  readonly tree: PrunedTree;
  readonly #map: TreeMap;
  readonly #hasher: NodeHasher;
  /** What each write replaced while a checkpoint was open: memory for the steps, not for copies of the proof. */
  readonly #log: { readonly rank: number; readonly before: Uint8Array }[] = [];
  /** The length of the log at each open checkpoint. */
  readonly #checkpoints: number[] = [];

  constructor(tree: PrunedTree, root: Bytes32, hasher: NodeHasher) {
    verifyRoot(tree, root, hasher);
    this.tree = { shape: tree.shape, bottoms: Uint8Array.from(tree.bottoms) };
    this.#map = mapTree(tree);
    this.#hasher = hasher;
  }

  root(): Bytes32 {
    return Uint8Array.from(treeRoot(this.tree, this.#hasher)) as Bytes32;
  }

  get(gindex: Gindex): Uint8Array {
    const position = this.#find(gindex);
    if (this.tree.shape[position] === BOTTOM) return Uint8Array.from(bottomAt(this.tree, this.#map.link[position]));
    let found: Bytes32 | undefined;
    treeRoot(this.tree, this.#hasher, (at, hash) => {
      if (at === position) found = hash;
    });
    return found as Bytes32;
  }

  set({ gindex, node }: Write): true {
    const position = this.#find(gindex);
    if (this.tree.shape[position] !== BOTTOM) {
      throw new ProofError(
        "invalid-argument",
        `node ${gindex} is an inner node of the proof; only bottoms are written`,
      );
    }
    const rank = this.#map.link[position];
    if (this.#checkpoints.length > 0) this.#log.push({ rank, before: Uint8Array.from(bottomAt(this.tree, rank)) });
    this.tree.bottoms.set(node, 32 * rank);
    return true;
  }

  checkpoint(): true {
    this.#checkpoints.push(this.#log.length);
    return true;
  }

  commit(): true {
    this.#close("commit");
    return true;
  }

  revert(): true {
    this.#undoTo(this.#close("revert"));
    return true;
  }

  #close(what: string): number {
    const logLength = this.#checkpoints.pop();
    if (logLength === undefined) throw new ProofError("invalid-argument", `${what} without a checkpoint`);
    return logLength;
  }

  /** The latest write first, so that of two writes to a node the older one's value stays. */
  #undoTo(logLength: number): void {
    for (const { rank, before } of this.#log.splice(logLength).reverse()) this.tree.bottoms.set(before, 32 * rank);
  }

  #find(gindex: Gindex): number {
    const { position, levelsBelow } = descend(this.tree, this.#map, gindexPath(gindex));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
    return position;
  }
}
