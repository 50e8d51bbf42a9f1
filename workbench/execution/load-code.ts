/** Loads and validates the modules of an execution before it begins. */

import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { type LibraryCode, validateLibrary, validateProgram } from "../../reference/runtime/validate/program.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { withImportHint } from "../module/import-hint.ts";
import { readModuleFile } from "../module/read-module-file.ts";

/** A change to the bytes of a module before it is validated. */
export type CodeEdit = (code: Uint8Array) => Uint8Array;

const UNCHANGED: CodeEdit = (code) => code;

export interface NamedFile {
  readonly name: string;
  /** Path of a module. */
  readonly file: string;
}

/** Errors: UsageError for a file that cannot be read or is not a library. */
export function loadLibraries(files: readonly NamedFile[], edit: CodeEdit = UNCHANGED): LibraryCode[] {
  return files.map(({ name, file }) => {
    const library = { name, code: editedCode(file, edit) };
    const host = { role: "library", offers: () => false } as const;
    refusing(`library ${name}, ${displayPath(file)}`, () => validateModule(library.code, host));
    return library;
  });
}

/** Errors: UsageError for a file that cannot be read or is not an execution environment with these libraries. */
export function loadEnvironment(
  file: string,
  libraries: readonly LibraryCode[],
  edit: CodeEdit = UNCHANGED,
): Uint8Array {
  const code = editedCode(file, edit);
  refusing(displayPath(file), () => {
    try {
      validateProgram(code, "environment", libraries);
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      throw withImportHint(error, code, { role: "environment", libraries: libraries.map(validateLibrary) });
    }
  });
  return code;
}

function editedCode(file: string, edit: CodeEdit): Uint8Array {
  const code = readModuleFile(file);
  return refusing(displayPath(file), () => edit(code));
}

function refusing<Result>(name: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const { section, offset, function: index } = error.details;
    const inFunction = index === undefined ? "" : `, function ${index}`;
    const place = section === undefined ? "" : ` (section ${section}, byte ${offset}${inFunction})`;
    throw new UsageError(`${name}: refused: ${error.message}${place}`);
  }
}
