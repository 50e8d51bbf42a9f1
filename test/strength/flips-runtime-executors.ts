/** Flips of executors, of their states and of their requests. */
import { type Flip, flipsOf } from "./flip.ts";

const EXECUTE_MODULES: readonly Flip[] = flipsOf("runtime/execute/modules", [
  ["?.", ".", "every module that is instantiated has a memory"],
  ["module.memory?.min ?? 0", "0"],
  ["descriptor !== undefined", "false"],
  ["library === undefined", "false", "validation lets no import pass that is not there"],
]);

const EXECUTE_RUN: readonly Flip[] = flipsOf("runtime/execute/run", [
  ["error instanceof OutOfGas", "false"],
  ["error instanceof Trap", "false"],
]);

const EXECUTE_STATELESS: readonly Flip[] = flipsOf("runtime/execute/stateless", [
  ["request.state !== undefined", "false"],
  ["state === undefined", "false"],
  ["depth === undefined || depth === SPARSE_DEPTH", "depth === SPARSE_DEPTH"],
  ["depth === undefined || depth === SPARSE_DEPTH", "false"],
]);

const STATE_KEYS: readonly Flip[] = flipsOf("runtime/storage/keys", [
  ['keyForm === "bytes"', "false"],
  ["value === null && !deletes", "!deletes"],
  ["value === null && !deletes", "false"],
  ["stored === null", "false"],
  ["value === undefined", "false"],
  ["isZeroNode(value, 0)", "false"],
  ['error instanceof ProofError && error.class === "invalid-argument"', "error instanceof ProofError"],
  ['error instanceof ProofError && error.class === "invalid-argument"', "false"],
]);

const STATE_RECORDER: readonly Flip[] = flipsOf("runtime/storage/recorder", [
  ["!equalBytes(root, preStateRoot)", "false"],
  ["written !== undefined", "false"],
  ["!this.#backend.deletes", "false"],
  ["before === undefined", "false"],
  ["(value === null", "(true"],
  ["entry !== undefined", "false"],
  ["(this.#backend.deletes", "(false"],
  ["(a < b", "(false", "what was deleted in another order is proven twice, and merged to the same"],
  ["deleted.length === 0", "false"],
  ['typeof key === "bigint"', "false"],
  ['typeof a === "bigint"', "false"],
  ["return a < b", "return false"],
  ["standing.filter(([, { value }]) => value === null)", "standing"],
]);

const STATE_SESSION_STATE: readonly Flip[] = flipsOf("runtime/storage/session-state", [
  ["!this.#script.hasCheckpoint", "false"],
]);

const RUNTIME_METHODS: readonly Flip[] = flipsOf("wire/runtime-methods", [
  ["found === undefined", "false", "no vector calls a method that there is not"],
  ["params.state === undefined", "false"],
  ["!(error instanceof NodeFault)", "false"],
  ["gasLimit >= 2n ** 63n", "false"],
  ["value === undefined)", "false)"],
  ["role !== undefined", "false"],
  ["value === undefined ?", "false ?"],
  ['name === "name" || name === "code"', 'name === "code"'],
  ["every", "some"],
  ['isObject(value) && Object.keys(value).every((name) => name === "name" || name === "code")', "isObject(value)"],
  ['!isLibrary || typeof value.name !== "string"', 'typeof value.name !== "string"'],
  ['!isLibrary || typeof value.name !== "string"', "false"],
  ["ROLES.find((one) => one === value)", "ROLES[0]"],
]);

const RUNTIME_VALUES: readonly Flip[] = flipsOf("wire/runtime-values", [
  ["form === undefined", "false", "an encoding that the backend does not have has been refused"],
  ["!isObject(value)", "false"],
  ['["backend", "encoding", "options", held].includes(name)', "false"],
  ["backend === undefined", "false"],
  ["isProof ?", "false ?", "a message, which no verdict looks at"],
  ["!backend.encodings.has(encoding)", "false"],
  ['!(error instanceof ProofError) || error.class === "invalid-argument"', "!(error instanceof ProofError)"],
  ['!(error instanceof ProofError) || error.class === "invalid-argument"', "false"],
  ["value === null", "false"],
  ['typeof key === "bigint"', "false"],
]);

export const RUNTIME_EXECUTOR_FLIPS: readonly Flip[] = [
  ...EXECUTE_MODULES,
  ...EXECUTE_RUN,
  ...EXECUTE_STATELESS,
  ...STATE_KEYS,
  ...STATE_RECORDER,
  ...STATE_SESSION_STATE,
  ...RUNTIME_METHODS,
  ...RUNTIME_VALUES,
];
