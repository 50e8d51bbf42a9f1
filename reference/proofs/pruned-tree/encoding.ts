/** The common interface of the encodings of a pruned tree, for any backend. */
import { ProofError } from "../../core/errors.ts";
import type { Gindex } from "../../core/gindex.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { decodeCompact, encodeCompact } from "./compact.ts";
import { decodeOffsets16, decodeOffsets64, encodeOffsets16, encodeOffsets64 } from "./offsets.ts";
import type { PrunedTree } from "./pruned-tree.ts";

/** One encoding of a pruned tree. `encode` uses `claims` only if the encoding names claims. */
export interface Encoding {
  readonly form: ProofForm;
  readonly namesClaims: boolean;
  decode(proof: EncodedProof): PrunedTree;
  encode(tree: PrunedTree, claims: readonly Gindex[]): EncodedProof;
  /** Length in bytes. */
  size(proof: EncodedProof): number;
}

export function bytesEncoding(
  decode: (proof: Uint8Array) => PrunedTree,
  encode: (tree: PrunedTree) => Uint8Array,
): Encoding {
  return {
    form: "bytes",
    namesClaims: false,
    decode: (proof) => decode(proof as Uint8Array),
    encode,
    size: (proof) => (proof as Uint8Array).length,
  };
}

/** The encodings without indices, which suit every binary tree. The canonical one is first. */
export const POSITIONAL_ENCODINGS: readonly (readonly [string, Encoding])[] = [
  ["compact", bytesEncoding(decodeCompact, encodeCompact)],
  ["offsets64", bytesEncoding(decodeOffsets64, encodeOffsets64)],
  ["offsets16", bytesEncoding(decodeOffsets16, encodeOffsets16)],
];

/** Decodes and encodes the proofs of a backend. */
export class TreeCodec {
  readonly #backend: string;
  readonly #encodings: ReadonlyMap<string, Encoding>;

  constructor(backend: string, encodings: readonly (readonly [string, Encoding])[]) {
    this.#backend = backend;
    this.#encodings = new Map(encodings);
  }

  get forms(): ReadonlyMap<string, ProofForm> {
    return new Map([...this.#encodings].map(([name, { form }]) => [name, form]));
  }

  encodingOf(name: string): Encoding {
    const encoding = this.#encodings.get(name);
    if (encoding !== undefined) return encoding;
    throw new ProofError("unsupported", `${this.#backend} has no encoding "${name}"`, { encoding: name });
  }

  /** Errors: limit-exceeded for more than 64 MiB; those of the encoding. */
  decode(name: string, proof: EncodedProof): PrunedTree {
    const encoding = this.encodingOf(name);
    checkLimit("bytes of the proof", encoding.size(proof), MAX_PROOF_BYTES);
    return encoding.decode(proof);
  }

  encode(name: string, tree: PrunedTree, claims: readonly Gindex[] = []): EncodedProof {
    const encoding = this.encodingOf(name);
    const proof = encoding.encode(tree, claims);
    checkLimit("bytes of the proof", encoding.size(proof), MAX_PROOF_BYTES);
    return proof;
  }
}
