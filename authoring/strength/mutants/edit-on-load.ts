/** A module loading hook that makes one mutant's edit while the reference is loaded. Nothing is written to disk. */
import { applyMutant } from "./apply.ts";
import type { Mutant } from "./mutant.ts";

interface Loaded {
  format: string;
  source?: string | ArrayBuffer | Uint8Array;
  shortCircuit?: boolean;
}

let edit: { file: string; mutant: Mutant };

export function initialize(data: { file: string; mutant: Mutant }): void {
  edit = data;
}

export async function load(
  url: string,
  context: object,
  nextLoad: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const loaded = await nextLoad(url, context);
  if (url !== edit.file) return loaded;
  const source = Buffer.from(loaded.source as Uint8Array).toString();
  return { ...loaded, source: applyMutant(edit.mutant, source) };
}
