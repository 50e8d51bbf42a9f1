/** Imports a module under test. */
import { pathToFileURL } from "node:url";
import type { InProcessImplementation } from "../../runners/in-process.ts";
import { StartError } from "../../runners/lane.ts";
import { displayPath } from "../files/yaml-file.ts";

/** Errors: StartError if it cannot be imported, or does not export the functions. */
export async function loadModule(path: string): Promise<InProcessImplementation> {
  let exported: Partial<InProcessImplementation> & { readonly default?: Partial<InProcessImplementation> };
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new StartError(`${displayPath(path)} cannot be imported: ${(error as Error)?.message ?? error}`);
  }
  const implementation = exported.default ?? exported;
  for (const name of ["initialize", "call"] as const) {
    if (typeof implementation[name] === "function") continue;
    throw new StartError(`${displayPath(path)} exports no function "${name}"; expected initialize and call`);
  }
  return implementation as InProcessImplementation;
}
