/**
 * The methods of the runtime, from JSON parameters to JSON results.
 *
 * Req: RUNTIME-GEN-003, RUNTIME-GEN-004, RUNTIME-MODULE-010, RUNTIME-MODULE-011.
 */

import { ProofError } from "../core/errors.ts";
import { createNodeHasher } from "../core/hash.ts";
import type { Engine } from "../runtime/engine.ts";
import type { ExecutionRequest } from "../runtime/execute/request.ts";
import { record } from "../runtime/execute/stateful.ts";
import { execute } from "../runtime/execute/stateless.ts";
import { NodeFault } from "../runtime/faults.ts";
import { createInterpreter } from "../runtime/interpreter/engine.ts";
import type { Role } from "../runtime/module.ts";
import { createV8Engine } from "../runtime/v8/engine.ts";
import { type LibraryCode, validateProgram } from "../runtime/validate/program.ts";
import { RUNTIME_METHODS, type RuntimeOperation } from "./methods.ts";
import { checkParameters, type Means, type Params, readList, refuseMethod } from "./request-parts.ts";
import { readProvenState, readWholeState, writeRecording, writeResult } from "./runtime-values.ts";
import { isObject, readBytes, readBytes32, readQuantity, show } from "./values.ts";

const METHODS: ReadonlyMap<string, (params: Params, means: Means) => unknown> = new Map(
  Object.entries({
    validate: runValidate,
    execute: runExecute,
    record: runRecord,
  } satisfies Record<RuntimeOperation, (params: Params, means: Means) => unknown>),
);

/** The fast one first. Where it has no stack left, which depends on the machine, the other one has. */
const ENGINES: readonly Engine[] = [createV8Engine(), createInterpreter()];

const ROLES: readonly Role[] = ["environment", "child", "library"];

export function runtimeCapabilities(): { operations: string[] } {
  return { operations: [...METHODS.keys()] };
}

/** Answers one call; see `callMethod`. */
export function callRuntimeMethod(methodName: string, params: unknown, means: Means): unknown {
  const operation = methodName.slice(methodName.indexOf("/") + 1);
  const found = METHODS.get(operation);
  if (found === undefined) return refuseMethod(methodName);
  checkParameters(methodName, params, RUNTIME_METHODS[operation as RuntimeOperation]);
  return found(params, means);
}

function runValidate(params: Params): unknown {
  const code = readBytes(params.code, "/code", "invalid-argument");
  validateProgram(code, readRole(params.role), readLibraries(params.libraries));
  return {};
}

function runExecute(params: Params, { engines = ENGINES, functions }: Means): unknown {
  const block = readBlock(params);
  if (params.state === undefined) return writeResult(decided(engines, (engine) => execute(block, engine)));
  const { backend, context, proofLater } = readProvenState(params.state);
  const result = decided(engines, (engine) => {
    const state = {
      backend,
      context: { ...context, hasher: createNodeHasher(functions) },
      get proof() {
        return proofLater();
      },
    };
    return execute({ ...block, state }, engine);
  });
  return writeResult(result);
}

/** Req: RUNTIME-STATE-049. */
function runRecord(params: Params, { engines = ENGINES, functions }: Means): unknown {
  const block = readBlock(params);
  const { backend, context, entries } = readWholeState(params.state);
  const result = decided(engines, (engine) => {
    const state = { backend, context: { ...context, hasher: createNodeHasher(functions) }, entries };
    return record({ ...block, state }, engine);
  });
  return { ...writeResult(result), ...writeRecording(result) };
}

/** The answer of the first engine that can carry the execution out. Errors: internal where none can. */
function decided<Result>(engines: readonly Engine[], run: (engine: Engine) => Result): Result {
  let fault = "there is no engine";
  for (const engine of engines) {
    try {
      return run(engine);
    } catch (error) {
      if (!(error instanceof NodeFault)) throw error;
      fault = error.message;
    }
  }
  throw new ProofError("internal", `this machine cannot carry the execution out: ${fault}`);
}

/** Req: RUNTIME-GEN-008. */
function readBlock(params: Params): ExecutionRequest {
  const gasLimit = readQuantity(params.gasLimit, "/gasLimit", "invalid-argument");
  if (gasLimit >= 2n ** 63n) throw new ProofError("invalid-argument", "/gasLimit: 2^63 or more");
  return {
    code: readBytes(params.code, "/code", "invalid-argument"),
    libraries: readLibraries(params.libraries),
    preStateRoot: readBytes32(params.preStateRoot, "/preStateRoot"),
    blockData: readBytes(params.blockData, "/blockData", "invalid-argument"),
    gasLimit,
  };
}

function readRole(value: unknown): Role {
  if (value === undefined) return "environment";
  const role = ROLES.find((one) => one === value);
  if (role !== undefined) return role;
  throw new ProofError("invalid-argument", `/role: ${show(value)} is none of ${ROLES.join(", ")}`);
}

/** The libraries of a request; none when it names none. */
export function readLibraries(value: unknown): LibraryCode[] {
  return value === undefined ? [] : readList(value, "/libraries", readLibrary);
}

function readLibrary(value: unknown, place: string): LibraryCode {
  const isLibrary = isObject(value) && Object.keys(value).every((name) => name === "name" || name === "code");
  if (!isLibrary || typeof value.name !== "string") {
    throw new ProofError("invalid-argument", `${place}: ${show(value)} is not a name and code`, { pointer: place });
  }
  return { name: value.name, code: readBytes(value.code, `${place}/code`, "invalid-argument") };
}
