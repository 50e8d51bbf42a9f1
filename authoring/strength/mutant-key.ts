/**
 * The key of a mutant: what it is, without the file and the line, so that code may move and grow around it.
 *
 *   declaration | mutator | original | replacement | number among equals
 */
import { createHash } from "node:crypto";
import type { Edit } from "./edit.ts";

/** A mutant that the instrumenter made. Its number is its place in the list. */
export interface MachineMutant extends Edit {
  /** Names the mutant in `killers.json` and `survivors.yaml`, and stays the same when other code changes. */
  readonly key: string;
  /** The declarations around it, from the outside in: `PrunedTree.get`. */
  readonly declaration: string;
  readonly mutator: string;
  readonly original: string;
  /** Its number among mutants that are alike in all of this, in the order of files and lines; from 1. */
  readonly nth: number;
  /** 1-based, in the compiled file. */
  readonly line: number;
}

type Unnumbered = Omit<MachineMutant, "key" | "nth">;

/** Numbers the mutants that are alike, and gives each its key. */
export function keysOf(mutants: readonly Unnumbered[]): MachineMutant[] {
  const counts = new Map<string, number>();
  return mutants.map((mutant) => {
    const { declaration, mutator, original, replacement } = mutant;
    const name = keyText(declaration, mutator, original, replacement);
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    return { ...mutant, nth, key: keyOf({ declaration, mutator, original, replacement, nth }) };
  });
}

export type KeyParts = Pick<MachineMutant, "declaration" | "mutator" | "original" | "replacement" | "nth">;

/** 12 hex digits: with seven thousand mutants two of them meet once in ten million sets. */
const KEY_DIGITS = 12;

export function keyOf({ declaration, mutator, original, replacement, nth }: KeyParts): string {
  const text = JSON.stringify([keyText(declaration, mutator, original, replacement), nth]);
  return createHash("sha256").update(text).digest("hex").slice(0, KEY_DIGITS);
}

/** Line breaks and indentation say nothing. */
function keyText(declaration: string, mutator: string, original: string, replacement: string): string {
  return JSON.stringify([declaration, mutator, flat(original), flat(replacement)]);
}

function flat(code: string): string {
  return code.replaceAll(/\s+/g, " ");
}
