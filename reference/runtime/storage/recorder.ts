/**
 * Records what an execution reads and writes over the whole map of a state.
 * From the record it makes a proof, with which an executor without the map can repeat the execution.
 *
 * Req: RUNTIME-STATE-020, RUNTIME-STATE-050.
 */
import { type Bytes32, compareBytes, equalBytes, toHex, toQuantity } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { EncodedProof, ProofBackend, ProofContext, ProofSession, RawKey } from "../../proofs/backend.ts";
import { fromStored } from "./keys.ts";

export type Entry = readonly [RawKey, Uint8Array];
/** A key and its value; `null` is absent. */
export type KeyValue = readonly [RawKey, Bytes32 | null];

export interface Recording {
  readonly reads: readonly KeyValue[];
  readonly writes: readonly KeyValue[];
  readonly proof: EncodedProof;
}

interface Written {
  readonly key: RawKey;
  readonly value: Uint8Array | null;
}

export class Recorder implements ProofSession {
  readonly #backend: ProofBackend;
  readonly #context: ProofContext;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #reads = new Map<string, KeyValue>();
  /** The writes that have not been undone, by name of the key. */
  readonly #written = new Map<string, Written>();
  /**
   * The keys that had a write when a root was requested.
   * In `ssz`, a write requires its key at once, so the map holds all keys that were ever written.
   */
  readonly #rooted = new Map<string, RawKey>();
  /** The sets of keys that were deleted when a root was requested, by the joined names of the keys; each set once. */
  readonly #deletions = new Map<string, readonly RawKey[]>();

  /** Req: RUNTIME-STATE-048. Errors: of `prove`; invalid-proof when the entries have another root. */
  constructor(backend: ProofBackend, context: ProofContext, preStateRoot: Bytes32, entries: readonly Entry[]) {
    this.#backend = backend;
    this.#context = context;
    const { root } = proverOf(backend)(wholeContext(backend, context), entries, [], []);
    if (!equalBytes(root, preStateRoot)) {
      throw new ProofError("invalid-proof", `the entries have the root ${toHex(root)}, not ${toHex(preStateRoot)}`);
    }
    this.#entries = new Map(entries.map((entry) => [nameOf(entry[0]), entry]));
  }

  /**
   * Req:    RUNTIME-STATE-021, RUNTIME-STATE-051, RUNTIME-STATE-052, RUNTIME-STATE-053.
   * Errors: of `#stored`; Trap for a value that is not 32 bytes.
   */
  get(key: RawKey): Uint8Array | null {
    const name = nameOf(key);
    const written = this.#written.get(name);
    if (written !== undefined) return written.value;
    const value = this.#stored(key);
    // A map keeps the position of a key that it has already.
    this.#reads.set(name, [key, fromStored(value)]);
    return value;
  }

  /** Output: a function that undoes the write. Errors: of `#stored`. */
  set(key: RawKey, value: Uint8Array | null): () => void {
    this.#stored(key);
    const name = nameOf(key);
    const before = this.#written.get(name);
    this.#written.set(name, { key, value });
    if (!this.#backend.deletes) this.#rooted.set(name, key);
    return () => {
      if (before === undefined) this.#written.delete(name);
      else this.#written.set(name, before);
    };
  }

  /** Req: RUNTIME-STATE-043. Errors: invalid-argument for keys that cannot be in one tree. */
  root(): Bytes32 {
    this.#noteWrites();
    const final = new Map(this.#entries);
    for (const [name, { key, value }] of this.#written) {
      if (value === null) final.delete(name);
      else final.set(name, [key, value]);
    }
    return proverOf(this.#backend)(wholeContext(this.#backend, this.#context), [...final.values()], [], []).root;
  }

  /**
   * The record of the whole execution.
   *
   * Req:    RUNTIME-STATE-022, RUNTIME-STATE-023, RUNTIME-STATE-054, RUNTIME-STATE-055.
   * Errors: of `prove` and `merge`.
   */
  finish(preStateRoot: Bytes32): Recording {
    this.#noteWrites();
    const writes = [...this.#written.values()].sort((a, b) => compareKeys(a.key, b.key));
    return {
      reads: [...this.#reads.values()],
      writes: writes.map(({ key, value }) => [key, fromStored(value)]),
      proof: this.#prove(preStateRoot),
    };
  }

  /** Req: RUNTIME-STATE-041. Errors: invalid-argument when `ssz` has no leaf at the key. */
  #stored(key: RawKey): Uint8Array | null {
    const entry = this.#entries.get(nameOf(key));
    if (entry !== undefined) return entry[1];
    if (this.#backend.deletes) return null;
    throw new ProofError("invalid-argument", `there is no leaf at ${nameOf(key)}`);
  }

  /** Notes the writes of this moment for the proof. Req: RUNTIME-STATE-023. */
  #noteWrites(): void {
    const standing = [...this.#written].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, { key }] of standing) this.#rooted.set(name, key);
    const deleted = standing.filter(([, { value }]) => value === null);
    if (deleted.length === 0) return;
    const keys = deleted.map(([, { key }]) => key);
    this.#deletions.set(deleted.map(([name]) => name).join(), keys);
  }

  #prove(preStateRoot: Bytes32): EncodedProof {
    const entries = [...this.#entries.values()];
    const read = [...this.#reads.values()].map(([key]) => key);
    const claimed = proverOf(this.#backend)(this.#context, entries, [...read, ...this.#rooted.values()], []).proof;
    const deleted = [...this.#deletions.values()].map((keys) => {
      return proverOf(this.#backend)(this.#context, entries, [], keys).proof;
    });
    const merge = this.#backend.merge as NonNullable<ProofBackend["merge"]>;
    return merge(this.#context, preStateRoot, [claimed, ...deleted]);
  }
}

function nameOf(key: RawKey): string {
  return typeof key === "bigint" ? toQuantity(key) : toHex(key);
}

/** Input: two keys of the same form. */
function compareKeys(a: RawKey, b: RawKey): number {
  if (typeof a === "bigint") return a < (b as bigint) ? -1 : 1;
  return compareBytes(a, b as Uint8Array);
}

function proverOf(backend: ProofBackend): NonNullable<ProofBackend["prove"]> {
  return backend.prove as NonNullable<ProofBackend["prove"]>;
}

/** The context to compute the root of a map with: the canonical encoding can hold a proof of no keys. */
function wholeContext({ encodings }: ProofBackend, context: ProofContext): ProofContext {
  const [encoding] = encodings.keys();
  return { ...context, encoding };
}
