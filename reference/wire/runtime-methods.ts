/**
 * The methods of the runtime, from JSON parameters to JSON results.
 *
 * Req: RUNTIME-GEN-004, RUNTIME-MODULE-010, RUNTIME-MODULE-011.
 */
import { ProofError } from "../core/errors.ts";
import type { Role } from "../runtime/module.ts";
import { type LibraryCode, validateProgram } from "../runtime/validate/program.ts";
import { checkParameters, type Params, readList, refuseMethod } from "./request-parts.ts";
import { isObject, readBytes, show } from "./values.ts";

interface Method {
  readonly known: readonly string[];
  readonly required: readonly string[];
  run(params: Params): unknown;
}

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["validate", { known: ["code", "role", "libraries"], required: ["code"], run: runValidate }],
]);

const ROLES: readonly Role[] = ["environment", "child", "library"];

export function runtimeCapabilities(): { operations: string[] } {
  return { operations: [...METHODS.keys()] };
}

/** Answers one call; see `callMethod`. */
export function callRuntimeMethod(methodName: string, params: unknown): unknown {
  const found = METHODS.get(methodName.slice(methodName.indexOf("/") + 1));
  if (found === undefined) return refuseMethod(methodName);
  checkParameters(methodName, params, found);
  return found.run(params);
}

function runValidate(params: Params): unknown {
  const code = readBytes(params.code, "/code", "invalid-argument");
  validateProgram(code, readRole(params.role), readLibraries(params.libraries));
  return {};
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
