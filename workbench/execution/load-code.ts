/** Loads the modules of an execution, and refuses before anything runs what may not run. */

import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { type LibraryCode, validateLibrary, validateProgram } from "../../reference/runtime/validate/program.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { withImportHint } from "../module/import-hint.ts";
import { readModuleFile } from "../module/read-module-file.ts";

/** What is done to the bytes of a module before it is looked at. */
export type Mend = (code: Uint8Array) => Uint8Array;

const AS_IT_IS: Mend = (code) => code;

export interface NamedFile {
  readonly name: string;
  /** Path of a module. */
  readonly file: string;
}

/** Errors: UsageError for a file that cannot be read, and for one that is no library. */
export function loadLibraries(files: readonly NamedFile[], mend: Mend = AS_IT_IS): LibraryCode[] {
  return files.map(({ name, file }) => {
    const library = { name, code: mendedCode(file, mend) };
    const host = { role: "library", offers: () => false } as const;
    refusing(`library ${name}, ${displayPath(file)}`, () => validateModule(library.code, host));
    return library;
  });
}

/** Errors: UsageError for a file that cannot be read, and for one that is no execution environment over these libraries. */
export function loadEnvironment(file: string, libraries: readonly LibraryCode[], mend: Mend = AS_IT_IS): Uint8Array {
  const code = mendedCode(file, mend);
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

function mendedCode(file: string, mend: Mend): Uint8Array {
  const code = readModuleFile(file);
  return refusing(displayPath(file), () => mend(code));
}

function refusing<Result>(what: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const { section, offset, function: index } = error.details;
    const inFunction = index === undefined ? "" : `, function ${index}`;
    const place = section === undefined ? "" : ` (section ${section}, byte ${offset}${inFunction})`;
    throw new UsageError(`${what}: refused: ${error.message}${place}`);
  }
}
