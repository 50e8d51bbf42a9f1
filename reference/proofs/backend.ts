/** The interface of a proof backend: an authenticated key-value store of which a proof shows a part. */
import type { Bytes32 } from "../core/bytes.ts";
import type { NodeHasher } from "../core/hash.ts";

export interface Members<T> {
  readonly [name: string]: T;
}

/** JSON that has not been checked. */
export type Json = null | boolean | number | string | readonly Json[] | Members<Json>;

/**
 * The form of a part of an object proof: a value, a list whose items all have the one form in it, or an object.
 * `json` marks parts in a form that others have specified: the wire passes them on unread, and the backend reads them.
 */
export type ItemForm = "quantity" | "bytes" | "json" | readonly [ItemForm] | Members<ItemForm>;

/** `bytes`, or the members of an object. The backend and the encoding alone determine the form. */
export type ProofForm = "bytes" | Members<ItemForm>;

/** A value in an `ItemForm`. */
export type Item = bigint | Uint8Array | Json | readonly Item[] | Members<Item>;

/** A proof that has not been decoded. Its members have the types of the form; nothing else has been checked. */
export type EncodedProof = Uint8Array | Members<Item>;

/** The wire form of a backend's keys. */
export type KeyForm = "bytes" | "quantity";

/** A key that has not been checked; the backend checks it. */
export type RawKey = bigint | Uint8Array;

/** One step of `transact`. */
export type TransactStep =
  | { readonly kind: "get"; readonly key: RawKey }
  | { readonly kind: "set"; readonly key: RawKey; readonly value: Uint8Array | null }
  | { readonly kind: "root" | "checkpoint" | "commit" | "revert" };

/** The cost of a proof for a verifier. Req: PROOF-GEN-007. */
export interface ProofCost {
  /** The number of hash function calls of one full verification. */
  readonly hashes: number;
  /** The length of the encoded proof in bytes. */
  readonly bytes: number;
  /** The number of nodes that the proof carries. */
  readonly nodes: number;
  /** The number of levels between the root and the deepest node. */
  readonly depth: number;
}

/** The options of a request besides `profile`. Each backend lists those that it has. */
export type OptionName = "depth" | "secure";

/** The encoding and options of a request, and its hash counter. */
export interface ProofContext {
  readonly encoding: string;
  readonly hasher: NodeHasher;
  /** Whether a proof must be in the canonical form. */
  readonly isStrict: boolean;
  /** The number of levels of the tree, if the request states it. */
  readonly depth?: number;
  /** Whether keys are hashed, if the request states it. */
  readonly secure?: boolean;
}

/** `convert` has two encodings, which are arguments. */
export type ConvertContext = Omit<ProofContext, "encoding">;

/** A verified proof as a map that can be read and written. In `ssz` the keys are the bottom nodes. */
export interface ProofSession {
  /** Errors: invalid-argument, limit-exceeded for the key; incomplete. */
  get(key: RawKey): Uint8Array | null;
  /** Writes, and returns a function that undoes the write. Errors: invalid-argument, limit-exceeded; in `ssz` incomplete. */
  set(key: RawKey, value: Uint8Array | null): () => void;
  /** Errors: incomplete; in `radix` invalid-argument. */
  root(): Bytes32;
}

/**
 * One proof system. Every operation is a pure function of its arguments and throws only `ProofError`.
 *
 * A backend declares exactly the operations that it has. Every operation with a `root` verifies the proof, whatever the keys, writes
 * or steps.
 *
 * Req: PROOF-GEN-002, PROOF-GEN-004, PROOF-GEN-005, PROOF-GEN-013, PROOF-GEN-014, PROOF-GEN-019.
 */
export interface ProofBackend {
  readonly name: string;
  readonly keyForm: KeyForm;
  /** By the name of the encoding. The canonical encoding comes first. */
  readonly encodings: ReadonlyMap<string, ProofForm>;
  readonly options: readonly OptionName[];
  /** Whether `prove` and `extract` take keys that will be deleted. */
  readonly deletes: boolean;
  root?(context: ProofContext, proof: EncodedProof): Bytes32;
  /** Req: PROOF-GEN-003, PROOF-GEN-015. */
  get?(context: ProofContext, root: Bytes32, proof: EncodedProof, keys: readonly RawKey[]): (Uint8Array | null)[];
  prove?(
    context: ProofContext,
    entries: readonly (readonly [RawKey, Uint8Array])[],
    keys: readonly RawKey[],
    deletes: readonly RawKey[],
  ): { root: Bytes32; proof: EncodedProof };
  convert?(
    context: ConvertContext,
    from: string,
    to: string,
    root: Bytes32,
    proof: EncodedProof,
    keys: readonly RawKey[] | undefined,
  ): EncodedProof;
  update?(
    context: ProofContext,
    root: Bytes32,
    proof: EncodedProof,
    writes: readonly (readonly [RawKey, Uint8Array | null])[],
  ): { root: Bytes32; proof: EncodedProof };
  transact?(
    context: ProofContext,
    root: Bytes32,
    proof: EncodedProof,
    steps: readonly TransactStep[],
  ): (Uint8Array | null | true)[];
  /** Decodes and verifies the proof for `transact`; not a method of the interface. A backend has it if any 32 bytes can be a key. */
  open?(context: ProofContext, root: Bytes32, proof: EncodedProof): ProofSession;
  merge?(context: ProofContext, root: Bytes32, proofs: readonly EncodedProof[]): EncodedProof;
  extract?(
    context: ProofContext,
    root: Bytes32,
    proof: EncodedProof,
    keys: readonly RawKey[],
    deletes: readonly RawKey[],
  ): EncodedProof;
  cost?(context: ProofContext, root: Bytes32, proof: EncodedProof): ProofCost;
}

/** A backend whose proofs can stay open between reads and writes. */
export type SessionBackend = ProofBackend & Required<Pick<ProofBackend, "open">>;
