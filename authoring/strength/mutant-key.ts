/**
 * The key of a mutant leaves out file and line, so that it stays the same when the code around the mutant changes.
 *
 *   declaration | mutator | original | replacement | number among equals
 */
import { createHash } from "node:crypto";
import type { Edit } from "./edit.ts";

/** A mutant that the instrumenter has made. Its number is its index in the list. */
export interface MachineMutant extends Edit {
  /** Identifies the mutant in `killers.json` and `survivors.yaml`. */
  readonly key: string;
  /** The declarations around it, outermost first: `PrunedTree.get`. */
  readonly declaration: string;
  readonly mutator: string;
  readonly original: string;
  /** Its number among mutants that are equal in all members above, in the order of files and lines; from 1. */
  readonly nth: number;
  /** 1-based, in the compiled file. */
  readonly line: number;
}

type Unnumbered = Omit<MachineMutant, "key" | "nth">;

/** Numbers equal mutants, and adds the keys. */
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

/** With 12 hex digits, two of seven thousand mutants have the same key in one of ten million sets. */
const KEY_DIGITS = 12;

export function keyOf({ declaration, mutator, original, replacement, nth }: KeyParts): string {
  const text = JSON.stringify([keyText(declaration, mutator, original, replacement), nth]);
  return createHash("sha256").update(text).digest("hex").slice(0, KEY_DIGITS);
}

/** Ignores line breaks and indentation. */
function keyText(declaration: string, mutator: string, original: string, replacement: string): string {
  return JSON.stringify([declaration, mutator, flat(original), flat(replacement)]);
}

function flat(code: string): string {
  return code.replaceAll(/\s+/g, " ");
}
