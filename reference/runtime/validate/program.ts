/**
 * Validates a module together with the libraries that it may import from.
 *
 * Req: RUNTIME-GEN-004, RUNTIME-MODULE-041, RUNTIME-MODULE-011, RUNTIME-MODULE-044.
 */

import { ProofError } from "../../core/errors.ts";
import { checkLimit } from "../../core/limits.ts";
import { ModuleError } from "../faults.ts";
import { findHostFunction, HOST_MODULES, isSameType } from "../host/table.ts";
import { functionType, type ImportedFunction, type Role, type ValidModule } from "../module.ts";
import { validateModule } from "./validate.ts";

/** The largest number of libraries of an execution. Req: RUNTIME-HOST-104. */
export const MAX_LIBRARIES = 16;

export interface LibraryCode {
  readonly name: string;
  readonly code: Uint8Array;
}

export interface Library {
  readonly name: string;
  readonly module: ValidModule;
}

export interface Program {
  readonly module: ValidModule;
  readonly libraries: readonly Library[];
}

/**
 * Validates every library, then the module.
 *
 * Req:    RUNTIME-GEN-004, RUNTIME-MODULE-011, RUNTIME-MODULE-044.
 * Errors: limit-exceeded for the number of the libraries, invalid-argument for their names; then ModuleError.
 */
export function validateProgram(code: Uint8Array, role: Role, libraries: readonly LibraryCode[]): Program {
  checkLimit("number of libraries", libraries.length, MAX_LIBRARIES);
  checkNames(libraries);
  const valid = libraries.map(validateLibrary);
  return { module: validateModule(code, { role, offers: offersOf(role, valid) }), libraries: valid };
}

/**
 * Returns what a module of this role may import: from the host, and for an environment also from the libraries.
 *
 * Req: RUNTIME-MODULE-041, RUNTIME-MODULE-043.
 */
export function offersOf(role: Role, libraries: readonly Library[]): (wanted: ImportedFunction) => boolean {
  return (wanted) =>
    findHostFunction(role, wanted) !== undefined ||
    (role === "environment" && offersLibraryFunction(libraries, wanted));
}

/** Req: RUNTIME-MODULE-042. Errors: ModuleError, with the name of the library. */
export function validateLibrary({ name, code }: LibraryCode): Library {
  try {
    return { name, module: validateModule(code, { role: "library", offers: () => false }) };
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    throw new ModuleError(error.reason, `library ${name}: ${error.message}`, { ...error.place, library: name });
  }
}

function checkNames(libraries: readonly LibraryCode[]): void {
  const names = new Set<string>();
  for (const [index, { name }] of libraries.entries()) {
    const isTaken = HOST_MODULES.has(name) || names.has(name);
    if (isTaken) throw new ProofError("invalid-argument", `/libraries/${index}/name: "${name}" is taken`);
    names.add(name);
  }
}

function offersLibraryFunction(libraries: readonly Library[], wanted: ImportedFunction): boolean {
  const library = libraries.find(({ name }) => name === wanted.module)?.module;
  const found = library?.exports.find(({ name, kind }) => name === wanted.name && kind === "function");
  const type = library === undefined || found === undefined ? undefined : functionType(library, found.index);
  return type !== undefined && isSameType(type, wanted.type);
}
