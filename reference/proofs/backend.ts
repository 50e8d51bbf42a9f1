/** What every proof backend offers: an authenticated key-value store seen through a partial view. */
import type { Bytes32 } from "../core/bytes.ts";
import type { NodeHasher } from "../core/hash.ts";

export interface Members<T> {
  readonly [name: string]: T;
}

/** JSON as it arrived. */
export type Json = null | boolean | number | string | readonly Json[] | Members<Json>;

/**
 * What the wire carries inside a proof of object form: a value, a list of what its one item says, or an object. `json` is for what
 * others have specified: the wire hands it over unread, and the backend reads it.
 */
export type ItemForm = "quantity" | "bytes" | "json" | readonly [ItemForm] | Members<ItemForm>;

/** `bytes`, or the members of an object. Which one follows from the backend and the encoding alone. */
export type ProofForm = "bytes" | Members<ItemForm>;

/** A value of an `ItemForm`. */
export type Item = bigint | Uint8Array | Json | readonly Item[] | Members<Item>;

/** A proof as it arrived: nothing about it has been checked but that its members have the types of the form. */
export type EncodedProof = Uint8Array | Members<Item>;

/** How a backend's keys travel: as byte strings, or as quantities. */
export type KeyForm = "bytes" | "quantity";

/** A key as it arrived. The backend checks it. */
export type RawKey = bigint | Uint8Array;

/** One step of `transact`. */
export type TransactStep =
  | { readonly kind: "get"; readonly key: RawKey }
  | { readonly kind: "set"; readonly key: RawKey; readonly value: Uint8Array | null }
  | { readonly kind: "root" | "checkpoint" | "commit" | "revert" };

/** What a verifier pays for a proof. */
export interface ProofCost {
  /** Hash function calls of a full verification. */
  readonly hashes: number;
  /** Length of the encoded proof in bytes. */
  readonly bytes: number;
  /** Nodes that the proof carries. */
  readonly nodes: number;
  /** Levels between the root and the deepest node. */
  readonly depth: number;
}

/** Options of a request besides the profile; which of them a backend knows, it says itself. */
export type OptionName = "depth" | "secure";

/** What a request says besides its arguments, and its hash counter. */
export interface ProofContext {
  readonly encoding: string;
  readonly hasher: NodeHasher;
  /** Whether a proof must have the canonical form. */
  readonly isStrict: boolean;
  /** Levels of the tree, where the request states them. */
  readonly depth?: number;
  /** Whether keys are hashed, where the request says so. */
  readonly secure?: boolean;
}

/** `convert` has two encodings, which are its own arguments. */
export type ConvertContext = Omit<ProofContext, "encoding">;

/** A verified proof as a map that is read and written. In `ssz` its keys are the bottoms. */
export interface ProofSession {
  /** Errors: invalid-argument, limit-exceeded, for the key; incomplete. */
  get(key: RawKey): Uint8Array | null;
  /** Writes, and gives what takes the write back. Errors: invalid-argument, limit-exceeded; in `ssz` incomplete. */
  set(key: RawKey, value: Uint8Array | null): () => void;
  /** Errors: incomplete; in `radix` invalid-argument. */
  root(): Bytes32;
}

/**
 * One proof system. Every operation is a pure function of its arguments, and throws `ProofError` alone.
 * An operation that a backend does not have is left out; what is there is what the backend declares.
 */
export interface ProofBackend {
  readonly name: string;
  readonly keyForm: KeyForm;
  /** Encodings by name, the canonical one first. */
  readonly encodings: ReadonlyMap<string, ProofForm>;
  readonly options: readonly OptionName[];
  /** Whether `prove` and `extract` take keys that will be deleted. */
  readonly deletes: boolean;
  root?(context: ProofContext, proof: EncodedProof): Bytes32;
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
  /** What `transact` works on: the proof, decoded and verified; where keys may be any 32 bytes. It is not a method of the interface. */
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

/** A backend whose proofs can be kept open. */
export type SessionBackend = ProofBackend & Required<Pick<ProofBackend, "open">>;
