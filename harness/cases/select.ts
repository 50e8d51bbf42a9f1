/** Which cases a run is about. */
import picomatch from "picomatch";
import { ROLES } from "../../reference/wire/methods.ts";
import type { InitializeResult } from "../../runners/lane.ts";
import { shorten } from "../json/shorten.ts";
import { didYouMean } from "../usage/nearest.ts";
import { UsageError } from "../usage/usage-error.ts";
import type { VectorSet } from "./load.ts";
import type { VectorCase } from "./vector.ts";

/** Every list selects cases that meet one of its items; a case has to meet all lists that are not empty. */
export interface Selection {
  /** Globs over full ids; `**` crosses slashes. */
  readonly cases?: readonly string[];
  readonly requirements?: readonly string[];
  readonly flags?: readonly string[];
  readonly roles?: readonly string[];
  readonly kinds?: readonly string[];
  readonly profile?: "lenient" | "strict";
}

export const KINDS = ["soundness", "canonicality", "completeness", "dos", "agreement"] as const;

/** Input: `cases` in file order. Output: those that `selection` means, same order. */
export function selectCases(cases: readonly VectorCase[], selection: Selection): VectorCase[] {
  const globs = (selection.cases ?? []).map((glob) => matchId(glob));
  const wants = (list: readonly string[] | undefined, values: readonly string[]): boolean =>
    list === undefined || list.length === 0 || list.some((item) => values.includes(item));
  return cases.filter(
    (vector) =>
      (globs.length === 0 || globs.some((matches) => matches(vector.id))) &&
      wants(selection.requirements, vector.requirements) &&
      wants(selection.flags, vector.flags) &&
      wants(selection.roles, [vector.role]) &&
      wants(selection.kinds, [vector.kind]) &&
      (selection.profile === "strict" || vector.profile === "lenient"),
  );
}

/** A matcher for a glob over ids. */
export function matchId(glob: string): (id: string) => boolean {
  try {
    const matches = picomatch(glob, { nonegate: true });
    // A second argument, such as the index that `some` passes, would make it answer with an object.
    return (id) => matches(id);
  } catch (error) {
    throw new UsageError(`"${shorten(glob, 80)}" is not a glob over case ids: ${(error as Error).message}`);
  }
}

/** What `selection` means; ids that cases had before are followed. Throws `UsageError` where it means nothing. */
export function selectOrRefuse({ cases, aliases }: VectorSet, selection: Selection): VectorCase[] {
  if (cases.length === 0) throw new UsageError("the vector folder holds no case");
  const globs = selection.cases?.map((glob) => (Object.hasOwn(aliases, glob) ? aliases[glob] : glob)) ?? [];
  const present = { ...selection, cases: globs };
  checkSelection(present, cases);
  const selected = selectCases(cases, present);
  if (selected.length > 0) return selected;
  const strict = selectCases(cases, { ...present, profile: "strict" }).length;
  if (strict === 0) throw new UsageError("the selection: no case meets all of its options together");
  throw new UsageError(`the selection: means nothing but strict cases (${strict}); add --profile strict to run them`);
}

/** Refuses names that no vector has, so that a typing error never selects nothing in silence. */
export function checkSelection(selection: Selection, cases: readonly VectorCase[]): void {
  const ids = cases.map(({ id }) => id);
  for (const glob of selection.cases ?? []) {
    if (!ids.some(matchId(glob))) {
      const hint = didYouMean(glob, ids) || "; `proofhouse vectors list` shows all ids";
      throw new UsageError(`case "${glob}": matches none of the ${ids.length} cases${hint}`);
    }
  }
  const known = (what: string, wanted: readonly string[] | undefined, all: Iterable<string>): void => {
    const names = new Set(all);
    for (const name of wanted ?? []) {
      if (names.has(name)) continue;
      throw new UsageError(
        `${what} "${name}": no case has it${didYouMean(name, names) || `; expected ${listSome(names)}`}`,
      );
    }
  };
  known(
    "requirement",
    selection.requirements,
    cases.flatMap(({ requirements }) => requirements),
  );
  known(
    "flag",
    selection.flags,
    cases.flatMap(({ flags }) => flags),
  );
  known("role", selection.roles, ROLES);
  known("kind", selection.kinds, KINDS);
}

function listSome(names: ReadonlySet<string>): string {
  const sorted = [...names].sort();
  if (sorted.length === 0) return "none, for none is in use";
  return sorted.length > 12 ? `one of ${sorted.slice(0, 12).join(", ")}, …` : `one of ${sorted.join(", ")}`;
}

/** Whether an implementation declares everything that the case exercises. */
export function isDeclared({ call, params }: VectorCase, { capabilities }: InitializeResult): boolean {
  const [area, operation] = call.split("/");
  if (area === "runtime") return capabilities.runtime?.operations.includes(operation) === true;
  const declared = capabilities.proof?.[String(params.backend)];
  const encodings = [params.encoding, params.from, params.to].filter((name) => typeof name === "string");
  return (
    declared?.operations.includes(operation) === true &&
    encodings.every((encoding) => declared.encodings.includes(encoding))
  );
}

/** Most of a rule's reason that is kept: it is repeated with every case that it skips. */
const KEPT_REASON = 500;

/** Why an implementation asks to skip a case, by its own `unsupported` rules. */
export function skipReason(initialized: InitializeResult): (vector: VectorCase) => string | undefined {
  const rules = (initialized.unsupported ?? []).map(({ match, reason, url }) => ({
    matches: matchId(match),
    reason: shorten(url === undefined ? reason : `${reason} (${url})`, KEPT_REASON),
  }));
  return ({ id }) => rules.find(({ matches }) => matches(id))?.reason;
}
