/** `transact` for every backend: reads and writes in order, with nested checkpoints. */
import type { Bytes32 } from "../core/bytes.ts";
import { ProofError } from "../core/errors.ts";
import type { ProofSession, RawKey, TransactStep } from "./backend.ts";

/** A verified proof that can be read and written, with keys and values of the backend. */
export interface Session<Key, Value> {
  /** Errors: incomplete. */
  get(key: Key): Uint8Array | null;
  /** Writes, and returns a function that undoes the write. Errors: those of the backend. */
  set(key: Key, value: Value): () => void;
  /** Errors: incomplete. */
  root(): Bytes32;
}

/** Checks the keys and values of a script, before the proof is decoded. Errors: invalid-argument. */
export interface ScriptTerms<Key, Value> {
  toKey(key: RawKey): Key;
  toValue(value: Uint8Array | null, key: Key): Value;
}

/** Returns a session that accepts unchecked keys and values. */
export function withTerms<Key, Value>(terms: ScriptTerms<Key, Value>, session: Session<Key, Value>): ProofSession {
  return {
    get: (key) => session.get(terms.toKey(key)),
    set(raw, value) {
      const key = terms.toKey(raw);
      return session.set(key, terms.toValue(value, key));
    },
    root: () => session.root(),
  };
}

/**
 * Runs a script.
 *
 * Req:    PROOF-SSZ-052, PROOF-SPARSE-008.
 * Input:  `open` decodes and verifies the proof; it is called after the form of every step has been checked.
 * Output: for each step the value that was read, the root, or `true`.
 * Errors: those of `terms`, of `open` and of the session; invalid-argument for a commit or revert without a checkpoint.
 *         An error while a step runs has the index of the step in `details.step`.
 */
export function runScript<Key, Value>(
  steps: readonly TransactStep[],
  terms: ScriptTerms<Key, Value>,
  open: () => Session<Key, Value>,
): (Uint8Array | null | true)[] {
  const actions = steps.map((step) => actionOf(step, terms));
  const script = new Script(open());
  return actions.map((action, index) => {
    try {
      return action(script);
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      throw new ProofError(error.class, `step ${index}: ${error.message}`, { ...error.details, step: index });
    }
  });
}

type Action<Key, Value> = (script: Script<Key, Value>) => Uint8Array | null | true;

function actionOf<Key, Value>(step: TransactStep, terms: ScriptTerms<Key, Value>): Action<Key, Value> {
  switch (step.kind) {
    case "get": {
      const key = terms.toKey(step.key);
      return ({ session }) => session.get(key);
    }
    case "set": {
      const key = terms.toKey(step.key);
      const value = terms.toValue(step.value, key);
      return (script) => script.set(key, value);
    }
    case "root":
      return ({ session }) => session.root();
    case "checkpoint":
      return (script) => script.checkpoint();
    case "commit":
      return (script) => script.commit();
    case "revert":
      return (script) => script.revert();
  }
}

/** A session with checkpoints. */
export class Script<Key, Value> {
  readonly session: Session<Key, Value>;
  /** Undoes each write since the first open checkpoint. It needs memory for the steps only, not for copies of the proof. */
  readonly #log: (() => void)[] = [];
  /** The length of the log at each open checkpoint. */
  readonly #checkpoints: number[] = [];

  constructor(session: Session<Key, Value>) {
    this.session = session;
  }

  set(key: Key, value: Value): true {
    const undo = this.session.set(key, value);
    if (this.#checkpoints.length > 0) this.#log.push(undo);
    return true;
  }

  get hasCheckpoint(): boolean {
    return this.#checkpoints.length > 0;
  }

  checkpoint(): true {
    this.#checkpoints.push(this.#log.length);
    return true;
  }

  commit(): true {
    this.#close("commit");
    if (this.#checkpoints.length === 0) this.#log.length = 0;
    return true;
  }

  /** Undoes the latest write first, so that two writes to one key leave the value from before both. */
  revert(): true {
    const logLength = this.#close("revert");
    for (const undo of this.#log.splice(logLength).reverse()) undo();
    return true;
  }

  #close(what: string): number {
    const logLength = this.#checkpoints.pop();
    if (logLength === undefined) throw new ProofError("invalid-argument", `${what} without a checkpoint`);
    return logLength;
  }
}
