/** The record of the mutants: the vector that kills each, or the reason why none does. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { packagePath } from "../../harness/files/package-root.ts";
import { type KeyParts, keyOf } from "./mutant-key.ts";

/** Why no vector kills a mutant. The list is closed. */
export const REASONS = {
  equivalent: "no request can tell it from the reference",
  "another check rejects the same": "what it lets through is rejected by a later check, in the same class",
  "another allowed class": "it answers another class that the vectors allow",
  "message or details": "it changes what is said to people, or details that no vector states",
  "speed or memory": "it changes the time or the memory that an answer takes, and no answer",
  "cannot be asked": "no request of the interface reaches it",
  gap: "a vector could kill it, and is missing",
} as const;

export type Reason = keyof typeof REASONS;

export interface Survivor extends KeyParts {
  readonly reason: Reason;
  readonly note?: string;
}

export interface Killers {
  /** Vector ids by the key of a machine-made mutant. */
  readonly machine: ReadonlyMap<string, string>;
  /** Vector ids by the name of a named mutant. */
  readonly named: ReadonlyMap<string, string>;
}

export const KILLERS_FILE = packagePath("authoring/strength/killers.json");
export const SURVIVORS_FILE = packagePath("authoring/strength/survivors.yaml");

/** The file is sorted by vector, because one vector kills many mutants and its name is longer than a key. */
export function readKillers(): Killers {
  if (!existsSync(KILLERS_FILE)) return { machine: new Map(), named: new Map() };
  const { machine, named } = JSON.parse(readFileSync(KILLERS_FILE, "utf8")) as Record<string, Record<string, string[]>>;
  return { machine: byMutant(machine), named: byMutant(named) };
}

function byMutant(stored: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(Object.entries(stored).flatMap(([vector, mutants]) => mutants.map((mutant) => [mutant, vector])));
}

export function writeKillers({ machine, named }: Killers): void {
  writeWhole(KILLERS_FILE, `{\n"machine": ${byVector(machine)},\n"named": ${byVector(named)}\n}\n`);
}

/** Writes one line for each vector, so that a change of one mutant changes two lines. */
function byVector(killers: ReadonlyMap<string, string>): string {
  const mutants = new Map<string, string[]>();
  for (const [mutant, vector] of killers) mutants.set(vector, [...(mutants.get(vector) ?? []), mutant]);
  const lines = [...mutants].map(([vector, keys]) => `  ${JSON.stringify(vector)}: ${JSON.stringify(keys.sort())}`);
  return `{\n${lines.sort().join(",\n")}\n}`;
}

interface StoredSurvivor {
  readonly in: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly nth?: number;
  readonly reason: string;
  readonly note?: string;
}

/** Errors: an entry lacks a field, has an unknown reason, or occurs twice. */
export function readSurvivors(file: string = SURVIVORS_FILE): Map<string, Survivor> {
  if (!existsSync(file)) return new Map();
  const stored = (parse(readFileSync(file, "utf8")) ?? []) as StoredSurvivor[];
  const survivors = new Map<string, Survivor>();
  for (const [index, entry] of stored.entries()) {
    const place = `${file}: entry ${index + 1} (${entry.in})`;
    for (const field of ["in", "mutator", "original", "replacement", "reason"] as const) {
      if (typeof entry[field] !== "string") throw new Error(`${place}: ${field} is missing; expected a string`);
    }
    if (!Object.hasOwn(REASONS, entry.reason)) {
      throw new Error(`${place}: reason "${entry.reason}"; expected one of ${Object.keys(REASONS).join(", ")}`);
    }
    const { in: declaration, mutator, original, replacement, nth = 1, reason, note } = entry;
    const parts = { declaration, mutator, original, replacement, nth };
    const key = keyOf(parts);
    if (survivors.has(key)) throw new Error(`${place}: occurs twice; expected each mutant once`);
    survivors.set(key, { ...parts, reason: reason as Reason, ...(note === undefined ? {} : { note }) });
  }
  return survivors;
}

export function writeSurvivors(survivors: Iterable<Survivor>): void {
  writeWhole(SURVIVORS_FILE, survivorsText(survivors));
}

/** The entries in the form of `survivors.yaml`. */
export function survivorsText(survivors: Iterable<Omit<Survivor, "reason"> & { readonly reason: string }>): string {
  const sorted = [...survivors].sort((a, b) => {
    const [x, y] = [a, b].map(({ declaration, original, mutator, replacement, nth }) =>
      JSON.stringify([declaration, original, mutator, replacement, nth]),
    );
    return x < y ? -1 : x > y ? 1 : 0;
  });
  const stored = sorted.map(({ declaration, mutator, original, replacement, nth, reason, note }) => ({
    in: declaration,
    mutator,
    original: original.replaceAll(/\s+/g, " "),
    replacement: replacement.replaceAll(/\s+/g, " "),
    ...(nth === 1 ? {} : { nth }),
    reason,
    ...(note === undefined ? {} : { note }),
  }));
  return stored.map((entry) => stringify([entry], { lineWidth: 0 })).join("\n");
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.partial`, text);
  renameSync(`${file}.partial`, file);
}
