/**
 * The methods of `runtime`, from JSON parameters to JSON results.
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
import { checkParameters, type Overrides, type Params, readList, refuseMethod } from "./request-parts.ts";
import { readProvenState, readWholeState, writeRecording, writeResult } from "./runtime-values.ts";
import { isObject, readBytes, readBytes32, readQuantity, show } from "./values.ts";

const METHODS: ReadonlyMap<string, (params: Params, overrides: Overrides) => unknown> = new Map(
  Object.entries({
    validate: runValidate,
    execute: runExecute,
    record: runRecord,
  } satisfies Record<RuntimeOperation, (params: Params, overrides: Overrides) => unknown>),
);

/** V8 is faster. Where it runs out of stack, which depends on the machine, the interpreter does not. */
const ENGINES: readonly Engine[] = [createV8Engine(), createInterpreter()];

const ROLES: readonly Role[] = ["environment", "child", "library"];

export function runtimeCapabilities(): { operations: string[] } {
  return { operations: [...METHODS.keys()] };
}

/** Answers one call of a method of `runtime`; see `callMethod`. */
export function callRuntimeMethod(methodName: string, params: unknown, overrides: Overrides): unknown {
  const operation = methodName.slice(methodName.indexOf("/") + 1);
  const found = METHODS.get(operation);
  if (found === undefined) return refuseMethod(methodName);
  checkParameters(methodName, params, RUNTIME_METHODS[operation as RuntimeOperation]);
  return found(params, overrides);
}

function runValidate(params: Params): unknown {
  const code = readBytes(params.code, "/code", "invalid-argument");
  validateProgram(code, readRole(params.role), readLibraries(params.libraries));
  return {};
}

function runExecute(params: Params, { engines = ENGINES, functions }: Overrides): unknown {
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
function runRecord(params: Params, { engines = ENGINES, functions }: Overrides): unknown {
  const block = readBlock(params);
  const { backend, context, entries } = readWholeState(params.state);
  const result = decided(engines, (engine) => {
    const state = { backend, context: { ...context, hasher: createNodeHasher(functions) }, entries };
    return record({ ...block, state }, engine);
  });
  return { ...writeResult(result), ...writeRecording(result) };
}

/**
 * Returns the result of the first engine that can run the execution.
 *
 * Req:    RUNTIME-GEN-003.
 * Errors: internal if no engine can; the errors of the execution.
 */
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
  throw new ProofError("internal", `this machine cannot run the execution: ${fault}`);
}

/** Req: RUNTIME-GEN-008. */
function readBlock(params: Params): ExecutionRequest {
  const gasLimit = readQuantity(params.gasLimit, "/gasLimit", "invalid-argument");
  if (gasLimit >= 2n ** 63n) throw new ProofError("invalid-argument", `/gasLimit: ${gasLimit} is not below 2^63`);
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

/** Reads the libraries of a request; an absent parameter is an empty list. Errors: invalid-argument. */
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
