/** Mutants of executors and their states. Each passes every honest case of its suite, and some vector of it fails it. */
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
  about: "closes a frame and keeps what was written in it",
  file: TRANSACT,
  find: "for (const undo of this.#log.splice(logLength).reverse())\n            undo();",
  replace: "this.#log.splice(logLength);",
};

const ZERO_WRITTEN: Edit = {
  name: "zero-is-a-value",
  about: "writes zero where it should delete",
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
    about: "reads a key that the proof does not decide as absent",
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
    about: "pads a stored value that is too short, and cuts one that is too long",
    file: KEYS,
    find: "const value = toBytes32(stored);",
    replace: "const value = Uint8Array.from({ length: 32 }, (_, index) => stored[index] ?? 0);",
  },
  {
    name: "zero-stored",
    about: "reads 32 zero bytes that a trie stores as a value",
    file: SESSION,
    find: "return fromStored(trapping(() => this.#script.session.get(asked)));",
    replace: `const stored = trapping(() => this.#script.session.get(asked));
        return typeof asked === "bigint" || stored?.length !== 32 ? fromStored(stored) : stored;`,
  },
  {
    name: "proof-before-module",
    about: "looks at the proof before the module",
    file: STATELESS,
    find: 'const program = validateProgram(request.code, "environment", request.libraries);\n    return run(engine, program, request, openState(request.preStateRoot, request.state));',
    replace:
      'const state = openState(request.preStateRoot, request.state);\n    return run(engine, validateProgram(request.code, "environment", request.libraries), request, state);',
  },
  {
    name: "any-depth",
    about: "takes a sparse state of any depth",
    file: STATELESS,
    find: "depth === undefined || depth === SPARSE_DEPTH",
    replace: "true",
  },
  {
    name: "frames-unchecked",
    about: "leaves it to the proof to say that there is no checkpoint",
    file: SESSION,
    find: "if (!this.#script.hasCheckpoint)",
    replace: "if (false)",
  },
  {
    name: "inner-nodes-read",
    about: "reads the hash of an inner node as a value",
    file: SSZ,
    find: "opened.getBottom(gindex)",
    replace: "opened.get(gindex)",
  },
  {
    name: "bad-key-no-trap",
    about: "answers as to a wrong request when the environment asks for a key that is none",
    file: KEYS,
    find: 'if (error instanceof ProofError && error.class === "invalid-argument")',
    replace: "if (false)",
  },
  {
    name: "unwritten-unchecked",
    about: "checks where a value goes only when there is one",
    file: PROOF,
    find: "call.checkRange(value, 32);\n    const found",
    replace: "const found",
  },
  {
    name: "set-keeps-memory",
    about: "keeps a view of the memory in which a value stood",
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
    about: "does not record that a key was found absent",
    file: RECORDER,
    find: "this.#reads.set(name, [key, fromStored(value)]);",
    replace: "if (fromStored(value) !== null) this.#reads.set(name, [key, fromStored(value)]);",
  },
  {
    name: "last-read-first",
    about: "records reads in the order in which they came last",
    file: RECORDER,
    find: "this.#reads.set(name, [key, fromStored(value)]);",
    replace: "this.#reads.delete(name);\n        this.#reads.set(name, [key, fromStored(value)]);",
  },
  {
    name: "own-writes-recorded",
    about: "records a read of what was written before",
    file: RECORDER,
    find: "if (written !== undefined)\n            return written.value;",
    replace: `if (written !== undefined) {
            if (!this.#reads.has(name)) this.#reads.set(name, [key, fromStored(this.#stored(key))]);
            return written.value;
        }`,
  },
  {
    name: "reverted-reads-dropped",
    about: "forgets that a key was read when a write to it is taken back",
    file: RECORDER,
    find: "if (before === undefined)\n                this.#written.delete(name);",
    replace:
      "this.#reads.delete(name);\n            if (before === undefined)\n                this.#written.delete(name);",
  },
  {
    name: "writes-as-they-came",
    about: "records writes in the order in which they came",
    file: RECORDER,
    find: "[...this.#written.values()].sort((a, b) => compareKeys(a.key, b.key))",
    replace: "[...this.#written.values()]",
  },
  {
    name: "same-value-no-write",
    about: "leaves out a write of what was there already",
    file: RECORDER,
    find: "writes: writes.map(",
    replace:
      "writes: writes.filter(({ key, value }) => value === null || String(this.#entries.get(nameOf(key))?.[1]) !== String(value)).map(",
  },
  {
    name: "proof-of-roots-alone",
    about: "does not prove what was written after the last root",
    file: RECORDER,
    find: "finish(preStateRoot) {\n        this.#noteWrites();",
    replace: "finish(preStateRoot) {",
  },
  {
    name: "proof-of-the-end-alone",
    about: "does not prove what a root in a frame needed that was taken back",
    file: RECORDER,
    find: "root() {\n        this.#noteWrites();",
    replace: "root() {",
  },
  {
    name: "taken-back-unproven",
    about: "does not prove what a write over ssz asked for that was taken back",
    file: RECORDER,
    find: "if (!this.#backend.deletes)\n            this.#rooted.set(name, key);",
    replace: "",
  },
  {
    name: "last-deletions-alone",
    about: "proves what the last deletions need, not those before",
    file: RECORDER,
    find: "this.#deletions.set(deleted.map(([name]) => name).join(), keys);",
    replace: 'this.#deletions.set("", keys);',
  },
  {
    name: "deletions-unproven",
    about: "proves the paths of what is deleted and nothing beside them",
    file: RECORDER,
    find: "[claimed, ...deleted]",
    replace: "[claimed]",
  },
  {
    name: "any-entries",
    about: "records over entries of another root",
    file: RECORDER,
    find: "if (!equalBytes(root, preStateRoot))",
    replace: "if (false)",
  },
];
