/**
 * The interface in one table: every method with its role, its parameters and its result.
 *
 * The wire, the schemas, the vectors, the kits and the tables of the specification derive from this table or are compared with it.
 * `values.ts` reads the types of the parameters.
 *
 * Req: WIRE-010, PROOF-GEN-001, RUNTIME-GEN-003.
 */
import type { OptionName } from "../proofs/backend.ts";

/** A producer creates a proof, a verifier checks it, an updater also writes to it, and a runtime executes code. */
export const ROLES = ["producer", "verifier", "updater", "runtime"] as const;

export type Role = (typeof ROLES)[number];

export interface Method {
  readonly role: Role;
  /** The parameters that a request must have. Any other parameter that is not optional is `invalid-argument`. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** The members of the result. All of them are always present. */
  readonly result: readonly string[];
}

/** Every method of `proof` also has the parameter `backend` and the optional parameter `options`. */
function ofProof(
  role: Role,
  required: readonly string[],
  optional: readonly string[],
  result: readonly string[],
): Method {
  return { role, required: ["backend", ...required], optional: ["options", ...optional], result };
}

function ofRuntime(required: readonly string[], optional: readonly string[], result: readonly string[]): Method {
  return { role: "runtime", required, optional, result };
}

const BLOCK = ["code", "preStateRoot", "blockData", "gasLimit"];
const OUTCOME = ["postStateRoot", "deposits", "gasUsed", "log"];

/** By the name of the operation. A backend may offer only some of them. */
export const PROOF_METHODS = {
  root: ofProof("verifier", ["encoding", "proof"], [], ["root"]),
  get: ofProof("verifier", ["encoding", "root", "proof", "keys"], [], ["values"]),
  prove: ofProof("producer", ["encoding", "entries", "keys"], ["deletes"], ["root", "proof"]),
  convert: ofProof("producer", ["from", "to", "root", "proof"], ["keys"], ["proof"]),
  cost: ofProof("verifier", ["encoding", "root", "proof"], [], ["hashes", "bytes", "nodes", "depth"]),
  update: ofProof("updater", ["encoding", "root", "proof", "writes"], [], ["root", "proof"]),
  transact: ofProof("updater", ["encoding", "root", "proof", "steps"], [], ["results"]),
  merge: ofProof("producer", ["encoding", "root", "proofs"], [], ["proof"]),
  extract: ofProof("producer", ["encoding", "root", "proof", "keys"], ["deletes"], ["proof"]),
};

export const RUNTIME_METHODS = {
  validate: ofRuntime(["code"], ["role", "libraries"], []),
  execute: ofRuntime(BLOCK, ["libraries", "state"], OUTCOME),
  record: ofRuntime([...BLOCK, "state"], ["libraries"], [...OUTCOME, "reads", "writes", "proof"]),
};

export type ProofOperation = keyof typeof PROOF_METHODS;
export type RuntimeOperation = keyof typeof RUNTIME_METHODS;

/** By the name on the wire, for example `proof/get`. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...Object.entries(PROOF_METHODS).map(([operation, method]) => [`proof/${operation}`, method] as const),
  ...Object.entries(RUNTIME_METHODS).map(([operation, method]) => [`runtime/${operation}`, method] as const),
]);

/**
 * The options, as JSON Schema. Every backend has the option `profile`; its definition in `proofs` lists the others.
 */
export const OPTIONS = {
  depth: { type: "integer", minimum: 1, maximum: 256 },
  secure: { type: "boolean" },
  profile: { enum: ["strict", "lenient"] },
} as const satisfies Record<OptionName | "profile", object>;
