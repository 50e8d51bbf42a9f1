/** What an implementation declares and this version of the interface does not have: as a rule a slip of the pen. */
import { capabilities } from "../../reference/wire/dispatch.ts";
import type { InitializeResult } from "../../runners/lane.ts";
import { didYouMean } from "../usage/nearest.ts";

/** One line for each name. No case is of such a name, so a run shows nothing of it otherwise. */
export function unknownCapabilities({ capabilities: declared }: InitializeResult): string[] {
  const known = capabilities();
  const lines: string[] = [];
  const compare = (what: string, names: readonly string[], all: readonly string[]): void => {
    for (const name of names) if (!all.includes(name)) lines.push(`${what} "${name}"${didYouMean(name, all)}`);
  };
  const backends: Readonly<Record<string, { encodings: readonly string[]; operations: readonly string[] }>> =
    known.proof;
  for (const [name, { encodings, operations }] of Object.entries(declared.proof ?? {})) {
    const backend = Object.hasOwn(backends, name) ? backends[name] : undefined;
    if (backend === undefined) compare("backend", [name], Object.keys(backends));
    else {
      compare(`encoding of ${name}`, encodings, backend.encodings);
      compare(`operation of ${name}`, operations, backend.operations);
    }
  }
  compare("operation of runtime", declared.runtime?.operations ?? [], known.runtime.operations);
  return lines;
}
