/** The state of docs/spec/execution.md. Every operation repeats all operations before it. */
import { naivePatriciaCall } from "../patricia/patricia.ts";
import { naiveRadixCall } from "../radix/radix.ts";
import { naiveSparseCall } from "../sparse/sparse.ts";
import { naiveCall } from "../ssz/ssz.ts";
import { fail, type Json, NaiveError } from "../values.ts";

export type Params = { [name: string]: Json };

export const BACKENDS: { readonly [name: string]: (method: string, params: Json) => Json } = {
  ssz: naiveCall,
  sparse: naiveSparseCall,
  patricia: naivePatriciaCall,
  radix: naiveRadixCall,
};

/** A trap of a host function. */
export class NaiveTrap extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export function trap(reason: string): never {
  throw new NaiveTrap(reason);
}

const ZERO = `0x${"00".repeat(32)}`;

/** Keys and values are in wire form; `null` is absent. */
export interface NaiveState {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
  root(): string;
  checkpoint(): void;
  close(what: "commit" | "revert"): void;
}

/** The key in the form of the backend. */
export function wireKey(backend: Json, key: string): string {
  if (backend !== "ssz") return key;
  return BigInt(key) === 0n ? trap("state-key") : `0x${BigInt(key).toString(16)}`;
}

/** Turns a rejection of the backend into a trap for a bad key. */
function refusing<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof NaiveError && error.class === "invalid-argument") return trap("state-key");
    throw error;
  }
}

function fromStored(value: Json): string | null {
  if (value === null || value === ZERO) return null;
  return (value as string).length === ZERO.length ? (value as string) : trap("state-value");
}

/** Reads and writes through a proof, with scripts of `proof/transact`. */
export class ProofState implements NaiveState {
  readonly #params: Params;
  readonly #steps: Json[] = [];
  #open = 0;

  constructor(root: Json, state: Params) {
    this.#params = { ...state, root };
    this.#last([{ checkpoint: true }]);
    if (state.backend === "patricia") this.#checkCanonical();
  }

  /**
   * The strict profile also rejects nodes that are not needed.
   * Merging drops these, so only the canonical form counts.
   */
  #checkCanonical(): void {
    const { backend, encoding, root, proof, options } = this.#params;
    const merged = BACKENDS.patricia("proof/merge", {
      backend,
      encoding,
      root,
      proofs: [proof],
      ...asOptions(options, "lenient"),
    });
    const strict = asOptions(options, "strict");
    BACKENDS.patricia("proof/get", { backend, encoding, root, proof: (merged as Params).proof, keys: [], ...strict });
  }

  #last(steps: Json[]): Json {
    const { backend } = this.#params;
    const answer = BACKENDS[String(backend)]("proof/transact", { ...this.#params, steps: [...this.#steps, ...steps] });
    return ((answer as Params).results as Json[]).at(-1) as Json;
  }

  #isSsz(): boolean {
    return this.#params.backend === "ssz";
  }

  get(key: string): string | null {
    const asked = wireKey(this.#params.backend, key);
    // A key that cannot be written is not a leaf.
    if (this.#isSsz()) refusing(() => this.#last([{ set: [asked, ZERO] }]));
    return fromStored(this.#last([{ get: asked }]));
  }

  set(key: string, value: string | null): void {
    const step = { set: [wireKey(this.#params.backend, key), value ?? (this.#isSsz() ? ZERO : null)] };
    refusing(() => this.#last([step]));
    this.#steps.push(step);
  }

  root(): string {
    return refusing(() => this.#last([{ root: true }])) as string;
  }

  checkpoint(): void {
    this.#open += 1;
    this.#steps.push({ checkpoint: true });
  }

  close(what: "commit" | "revert"): void {
    if (this.#open === 0) trap("checkpoint");
    this.#open -= 1;
    this.#steps.push({ [what]: true });
  }
}

function asOptions(options: Json | undefined, profile: string): { options: Json } {
  return { options: { ...((options ?? {}) as Params), profile } };
}

type Written = Map<string, string | null>;

/** Reads and writes a whole map, and records the accesses. */
export class MapState implements NaiveState {
  readonly #params: Params;
  readonly #root: Json;
  readonly #entries: Map<string, string>;
  readonly #reads: Written = new Map();
  readonly #moments: Written[] = [];
  readonly #frames: Written[] = [];
  /** The keys of all writes, including undone ones. */
  readonly #touched = new Set<string>();
  #written: Written = new Map();

  constructor(root: Json, state: Params) {
    this.#params = state;
    this.#root = root;
    if (!Array.isArray(state.entries)) fail("invalid-argument", "there are no entries");
    this.#entries = new Map(state.entries as [string, string][]);
    if (this.#rootOf(this.#entries) !== root) fail("invalid-proof", "another root");
  }

  #prove(entries: Map<string, string>, keys: string[], deletes: string[], encoding = this.#params.encoding): Params {
    const { backend, options } = this.#params;
    const besides = { ...(options === undefined ? {} : { options }), ...(deletes.length === 0 ? {} : { deletes }) };
    const params = { backend, encoding, entries: [...entries], keys, ...besides };
    return BACKENDS[String(backend)]("proof/prove", params) as Params;
  }

  #rootOf(entries: Map<string, string>): Json {
    const whole = { ssz: "compact", sparse: "compact", patricia: "witness", radix: "kmm" }[
      String(this.#params.backend)
    ];
    return this.#prove(entries, [], [], whole).root;
  }

  #leaf(key: string): string | null {
    const stored = this.#entries.get(key);
    return stored ?? (this.#params.backend === "ssz" ? trap("state-key") : null);
  }

  get(asked: string): string | null {
    const key = wireKey(this.#params.backend, asked);
    const leaf = this.#leaf(key);
    const written = this.#written.get(key);
    if (written !== undefined) return written;
    const value = fromStored(leaf);
    if (!this.#reads.has(key)) this.#reads.set(key, value);
    return value;
  }

  set(asked: string, value: string | null): void {
    const key = wireKey(this.#params.backend, asked);
    this.#leaf(key);
    this.#touched.add(key);
    this.#written.set(key, value);
  }

  root(): string {
    this.#moments.push(new Map(this.#written));
    const entries = new Map(this.#entries);
    for (const [key, value] of this.#written) {
      if (value !== null) entries.set(key, value);
      else if (this.#params.backend === "ssz") entries.set(key, ZERO);
      else entries.delete(key);
    }
    return refusing(() => this.#rootOf(entries)) as string;
  }

  checkpoint(): void {
    this.#frames.push(new Map(this.#written));
  }

  close(what: "commit" | "revert"): void {
    const before = this.#frames.pop() ?? trap("checkpoint");
    if (what === "revert") this.#written = before;
  }

  /** The members that only a recording returns. */
  recorded(): Params {
    const { backend, encoding, options } = this.#params;
    const moments = [...this.#moments, this.#written];
    const asked = backend === "ssz" ? [...this.#touched] : moments.flatMap((moment) => [...moment.keys()]);
    const keys = new Set([...this.#reads.keys(), ...asked]);
    const proofs = [this.#prove(this.#entries, [...keys], []).proof];
    for (const moment of backend === "ssz" ? [] : moments) {
      const deleted = [...moment].filter(([, value]) => value === null).map(([key]) => key);
      if (deleted.length > 0) proofs.push(this.#prove(this.#entries, [], deleted).proof);
    }
    const besides = options === undefined ? {} : { options };
    const merged = BACKENDS[String(backend)]("proof/merge", {
      backend,
      encoding,
      root: this.#root,
      proofs,
      ...besides,
    });
    const order = ([a]: [string, unknown], [b]: [string, unknown]): number =>
      a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length;
    return {
      reads: [...this.#reads],
      writes: [...this.#written].sort(order),
      proof: (merged as Params).proof,
    };
  }
}
