/** Selects the cases of a run. */
import picomatch from "picomatch";
import { ROLES } from "../../reference/wire/methods.ts";
import type { InitializeResult } from "../../runners/lane.ts";
import { shorten } from "../json/shorten.ts";
import { didYouMean } from "../usage/nearest.ts";
import { UsageError } from "../usage/usage-error.ts";
import type { VectorSet } from "./load.ts";
import type { VectorCase } from "./vector.ts";

/** A case must match one item of every list that is not empty. */
export interface Selection {
  /** Globs over full ids; `**` matches slashes. */
  readonly cases?: readonly string[];
  readonly requirements?: readonly string[];
  readonly flags?: readonly string[];
  readonly roles?: readonly string[];
  readonly kinds?: readonly string[];
  readonly profile?: "lenient" | "strict";
}

export const KINDS = ["soundness", "canonicality", "completeness", "dos", "agreement"] as const;

/** Returns the selected cases in the order of `cases`. */
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

/** Returns a matcher for a glob over ids. */
export function matchId(glob: string): (id: string) => boolean {
  try {
    const matches = picomatch(glob, { nonegate: true });
    // With a second argument, such as the index that `some` passes, picomatch returns an object.
    return (id) => matches(id);
  } catch (error) {
    throw new UsageError(`"${shorten(glob, 80)}" is not a glob over case ids: ${(error as Error).message}`);
  }
}

/** Returns the selected cases; resolves former ids. Throws `UsageError` if a part of the selection matches no case. */
export function selectOrRefuse({ cases, aliases }: VectorSet, selection: Selection): VectorCase[] {
  if (cases.length === 0) throw new UsageError("the vector folder contains no case");
  const globs = selection.cases?.map((glob) => (Object.hasOwn(aliases, glob) ? aliases[glob] : glob)) ?? [];
  const resolved = { ...selection, cases: globs };
  checkSelection(resolved, cases);
  const selected = selectCases(cases, resolved);
  if (selected.length > 0) return selected;
  const strict = selectCases(cases, { ...resolved, profile: "strict" }).length;
  if (strict === 0) throw new UsageError("the selection: no case matches all options together");
  throw new UsageError(`the selection: only strict cases match (${strict}); add --profile strict to run them`);
}

/** Rejects names that no vector has, so that a typing error never selects nothing silently. */
export function checkSelection(selection: Selection, cases: readonly VectorCase[]): void {
  const ids = cases.map(({ id }) => id);
  for (const glob of selection.cases ?? []) {
    if (!ids.some(matchId(glob))) {
      const hint = didYouMean(glob, ids) || "; `proofhouse vectors list` prints all ids";
      throw new UsageError(`case "${glob}": matches none of the ${ids.length} cases${hint}`);
    }
  }
  const known = (kind: string, wanted: readonly string[] | undefined, all: Iterable<string>): void => {
    const names = new Set(all);
    for (const name of wanted ?? []) {
      if (names.has(name)) continue;
      throw new UsageError(
        `${kind} "${name}": no case has it${didYouMean(name, names) || `; expected ${listSome(names)}`}`,
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
  if (sorted.length === 0) return "none, because no case has any";
  return sorted.length > 12 ? `one of ${sorted.slice(0, 12).join(", ")}, …` : `one of ${sorted.join(", ")}`;
}

/** Whether an implementation declares the backend, the operation and the encodings of the case. */
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

/** The maximum length of the reason of a rule, which is repeated for every skipped case. */
const KEPT_REASON = 500;

/** Returns a function that returns the reason of the first `unsupported` rule that matches a case. */
export function skipReason(initialized: InitializeResult): (vector: VectorCase) => string | undefined {
  const rules = (initialized.unsupported ?? []).map(({ match, reason, url }) => ({
    matches: matchId(match),
    reason: shorten(url === undefined ? reason : `${reason} (${url})`, KEPT_REASON),
  }));
  return ({ id }) => rules.find(({ matches }) => matches(id))?.reason;
}
