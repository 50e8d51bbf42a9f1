/** Declared capabilities that this version of the interface does not have, which are usually typing errors. */
import { capabilities } from "../../reference/wire/dispatch.ts";
import type { InitializeResult } from "../../runners/lane.ts";
import { didYouMean } from "../usage/nearest.ts";

/** Returns one line for each name. No case uses such a name, so the run would not reveal it otherwise. */
export function unknownCapabilities({ capabilities: declared }: InitializeResult): string[] {
  const known = capabilities();
  const lines: string[] = [];
  const compare = (kind: string, names: readonly string[], all: readonly string[]): void => {
    for (const name of names) if (!all.includes(name)) lines.push(`${kind} "${name}"${didYouMean(name, all)}`);
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
