/** Mutants of executors and their states. Each passes every honest case of its suite and fails some vector of it. */
import type { Edit } from "../mutant.ts";

const PROOF = "runtime/host/proof";
const KEYS = "runtime/storage/keys";
const SESSION = "runtime/storage/session-state";
const RECORDER = "runtime/storage/recorder";
const STATELESS = "runtime/execute/stateless";
const SSZ = "proofs/ssz/ssz";
const TRANSACT = "proofs/transact";

const REVERT: Edit = {
  name: "revert-keeps-writes",
  about: "closes a frame on a revert and keeps its writes",
  file: TRANSACT,
  find: "for (const undo of this.#log.splice(logLength).reverse())\n            undo();",
  replace: "this.#log.splice(logLength);",
};

const ZERO_WRITTEN: Edit = {
  name: "zero-is-a-value",
  about: "writes zero instead of deleting",
  file: PROOF,
  find: "isZeroNode(written, 0) ? null : written",
  replace: "written",
};

const DELETED_TO_ZERO: Edit = {
  name: "deletes-to-zero",
  about: "deletes by writing zero in every backend",
  file: KEYS,
  find: "value === null && !deletes ?",
  replace: "value === null ?",
};

export const STATELESS_MUTANTS: readonly Edit[] = [
  REVERT,
  ZERO_WRITTEN,
  DELETED_TO_ZERO,
  {
    name: "uncovered-is-absent",
    about: "reports a key that the proof does not decide as absent",
    file: SESSION,
    find: "return fromStored(trapping(() => this.#script.session.get(asked)));",
    replace: `try {
            return fromStored(trapping(() => this.#script.session.get(asked)));
        }
        catch (error) {
            if (error.class === "incomplete") return null;
            throw error;
        }`,
  },
  {
    name: "short-values-padded",
    about: "pads a stored value that is too short, and truncates one that is too long",
    file: KEYS,
    find: "const value = toBytes32(stored);",
    replace: "const value = Uint8Array.from({ length: 32 }, (_, index) => stored[index] ?? 0);",
  },
  {
    name: "zero-stored",
    about: "returns 32 zero bytes that a trie stores as a value",
    file: SESSION,
    find: "return fromStored(trapping(() => this.#script.session.get(asked)));",
    replace: `const stored = trapping(() => this.#script.session.get(asked));
        return typeof asked === "bigint" || stored?.length !== 32 ? fromStored(stored) : stored;`,
  },
  {
    name: "proof-before-module",
    about: "verifies the proof before it validates the module",
    file: STATELESS,
    find: 'const program = validateProgram(request.code, "environment", request.libraries);\n    return run(engine, program, request, openState(request.preStateRoot, request.state));',
    replace:
      'const state = openState(request.preStateRoot, request.state);\n    return run(engine, validateProgram(request.code, "environment", request.libraries), request, state);',
  },
  {
    name: "any-depth",
    about: "accepts a sparse state of any depth",
    file: STATELESS,
    find: "depth === undefined || depth === SPARSE_DEPTH",
    replace: "true",
  },
  {
    name: "frames-unchecked",
    about: "reports the missing checkpoint as the session does, not as a trap",
    file: SESSION,
    find: "if (!this.#script.hasCheckpoint)",
    replace: "if (false)",
  },
  {
    name: "inner-nodes-read",
    about: "returns the hash of an inner node as a value",
    file: SSZ,
    find: "opened.getBottom(gindex)",
    replace: "opened.get(gindex)",
  },
  {
    name: "bad-key-no-trap",
    about: "reports invalid-argument when the environment uses a key that does not exist",
    file: KEYS,
    find: 'if (error instanceof ProofError && error.class === "invalid-argument")',
    replace: "if (false)",
  },
  {
    name: "unwritten-unchecked",
    about: "checks the range of a value only when there is a value",
    file: PROOF,
    find: "call.checkRange(value, 32);\n    const found",
    replace: "const found",
  },
  {
    name: "set-keeps-memory",
    about: "keeps a view of the memory that held a value",
    file: PROOF,
    find: "const written = call.read32(value);",
    replace: "const written = call.caller.memory().subarray(value, value + 32);",
  },
];

export const RECORD_MUTANTS: readonly Edit[] = [
  REVERT,
  ZERO_WRITTEN,
  DELETED_TO_ZERO,
  {
    name: "absent-not-recorded",
    about: "does not record reads of absent keys",
    file: RECORDER,
    find: "this.#reads.set(name, [key, fromStored(value)]);",
    replace: "if (fromStored(value) !== null) this.#reads.set(name, [key, fromStored(value)]);",
  },
  {
    name: "last-read-first",
    about: "orders reads by the last read of each key",
    file: RECORDER,
    find: "this.#reads.set(name, [key, fromStored(value)]);",
    replace: "this.#reads.delete(name);\n        this.#reads.set(name, [key, fromStored(value)]);",
  },
  {
    name: "own-writes-recorded",
    about: "records a read that a write answered",
    file: RECORDER,
    find: "if (written !== undefined)\n            return written.value;",
    replace: `if (written !== undefined) {
            if (!this.#reads.has(name)) this.#reads.set(name, [key, fromStored(this.#stored(key))]);
            return written.value;
        }`,
  },
  {
    name: "reverted-reads-dropped",
    about: "drops the read of a key when a write to the key is undone",
    file: RECORDER,
    find: "if (before === undefined)\n                this.#written.delete(name);",
    replace:
      "this.#reads.delete(name);\n            if (before === undefined)\n                this.#written.delete(name);",
  },
  {
    name: "writes-as-they-came",
    about: "records writes in the order of execution",
    file: RECORDER,
    find: "[...this.#written.values()].sort((a, b) => compareKeys(a.key, b.key))",
    replace: "[...this.#written.values()]",
  },
  {
    name: "same-value-no-write",
    about: "leaves out a write of the value that the map holds",
    file: RECORDER,
    find: "writes: writes.map(",
    replace:
      "writes: writes.filter(({ key, value }) => value === null || String(this.#entries.get(nameOf(key))?.[1]) !== String(value)).map(",
  },
  {
    name: "proof-of-roots-alone",
    about: "does not prove the writes after the last root",
    file: RECORDER,
    find: "finish(preStateRoot) {\n        this.#noteWrites();",
    replace: "finish(preStateRoot) {",
  },
  {
    name: "proof-of-the-end-alone",
    about: "does not prove the keys of a root that was requested in a reverted frame",
    file: RECORDER,
    find: "root() {\n        this.#noteWrites();",
    replace: "root() {",
  },
  {
    name: "taken-back-unproven",
    about: "does not prove the key of a write over ssz that was undone",
    file: RECORDER,
    find: "if (!this.#backend.deletes)\n            this.#rooted.set(name, key);",
    replace: "",
  },
  {
    name: "last-deletions-alone",
    about: "proves the nodes for the last deletions and not for earlier ones",
    file: RECORDER,
    find: "this.#deletions.set(deleted.map(([name]) => name).join(), keys);",
    replace: 'this.#deletions.set("", keys);',
  },
  {
    name: "deletions-unproven",
    about: "proves the paths of the deleted keys and not the nodes beside them",
    file: RECORDER,
    find: "[claimed, ...deleted]",
    replace: "[claimed]",
  },
  {
    name: "any-entries",
    about: "records over entries with another root",
    file: RECORDER,
    find: "if (!equalBytes(root, preStateRoot))",
    replace: "if (false)",
  },
];
