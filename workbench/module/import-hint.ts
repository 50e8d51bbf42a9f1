/** Hints for an import that is not offered: the right signature, a similar name, or a library that is missing. */

import { didYouMean } from "../../harness/usage/nearest.ts";
import { decodeModule } from "../../reference/runtime/decode/module.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { HOST_FUNCTIONS, HOST_MODULES } from "../../reference/runtime/host/table.ts";
import { type FunctionType, functionType, type ImportedFunction, type Role } from "../../reference/runtime/module.ts";
import type { Library } from "../../reference/runtime/validate/program.ts";

/** The role and the libraries with which a module is validated. */
export interface Purpose {
  readonly role: Role;
  readonly libraries: readonly Library[];
}

/** Returns the same error; for an import, the message also names the nearest offered function. */
export function withImportHint(error: ModuleError, code: Uint8Array, purpose: Purpose): ModuleError {
  if (error.reason !== "import" || purpose.role === "library") return error;
  const wanted = decodeModule(code).imports.find(({ offset }) => offset === error.place.offset);
  if (wanted === undefined) return error;
  return new ModuleError(error.reason, `${error.message}${hint(wanted, purpose)}`, error.place);
}

function hint({ module, name }: ImportedFunction, { role, libraries }: Purpose): string {
  const full = `${module}.${name}`;
  const host = HOST_FUNCTIONS.find(({ names }) => names.includes(full));
  if (host !== undefined) {
    if (!host.roles.includes(role)) return `; it is offered only to ${host.roles.join(" and ")}`;
    return `; its type is ${signature(host.type)}`;
  }
  if (full === "env.abort") return "; AssemblyScript omits it with `--use abort=`";
  if (HOST_MODULES.has(module)) return didYouMean(full, namesFor(role));
  const library = libraries.find((one) => one.name === module);
  if (library === undefined) {
    return role === "environment" ? `; \`--library ${module}=<module.wasm>\` offers the exports of a library` : "";
  }
  const functions = library.module.exports.filter(({ kind }) => kind === "function");
  const found = functions.find((one) => one.name === name);
  const type = found === undefined ? undefined : functionType(library.module, found.index);
  if (type !== undefined) return `; its type is ${signature(type)}`;
  return `; the library exports no such function${didYouMean(
    name,
    functions.map((one) => one.name),
  )}`;
}

function namesFor(role: Role): string[] {
  return HOST_FUNCTIONS.filter(({ roles }) => roles.includes(role)).flatMap(({ names }) => names);
}

function signature({ params, results }: FunctionType): string {
  return `(${params.join(", ")}) → (${results.join(", ")})`;
}
