import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyMutant } from "../../../authoring/strength/mutants/apply.ts";
import { MUTANTS } from "../../../authoring/strength/mutants/list.ts";
import { runMutants } from "../../../authoring/strength/mutants/report.ts";
import { smallestSmokeSet } from "../../../authoring/strength/mutants/smoke-set.ts";

test("every mutant is one edit at a place that occurs once, and changes the file", () => {
  for (const mutant of MUTANTS) {
    const source = readFileSync(new URL(`../../../reference/${mutant.file}.js`, import.meta.url), "utf8");
    assert.notEqual(applyMutant(mutant, source), source, mutant.name);
  }
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  assert.ok(MUTANTS.length >= 25);
});

test("an edit whose place is gone or not alone is refused", () => {
  const mutant = { ...MUTANTS[0], find: "x", replace: "y" };
  assert.throws(() => applyMutant(mutant, "no such place"), /occurs 0 times/);
  assert.throws(() => applyMutant(mutant, "x and x"), /occurs 2 times/);
});

/** One mutant in so many: all of them, with the large honest cases and to the last vector, is `proofhouse mutants`, which CI runs. */
const SAMPLE = 200;

test("of the mutants one in two hundred passes every small honest case and is killed by another", async () => {
  const only = MUTANTS.filter((_, index) => index % SAMPLE === 0).map(({ name }) => name);
  const { mutants } = await runMutants({ quick: true, only });
  assert.deepEqual(
    mutants.map(({ name }) => name),
    only,
  );
  for (const { name, status, failedHonest } of mutants)
    assert.equal(status, "killed", `${name} ${failedHonest.join(" ")}`);
});

test("a mutant whose run is interrupted has not survived", async () => {
  const interruption = new AbortController();
  const only = MUTANTS.filter(({ name }) => name.startsWith("runtime/bignum/"))
    .slice(0, 3)
    .map(({ name }) => name);
  const onProgress = (): void => void setTimeout(() => interruption.abort(), 100);
  const { mutants, unjudged } = await runMutants({ only, signal: interruption.signal, onProgress });
  assert.deepEqual({ mutants, unjudged }, { mutants: [], unjudged: 3 });
});

test("a smoke set is the smallest that hits every mutant", () => {
  // Greedy would take the widest vector first and need three.
  const killers = [["wide", "a"], ["wide", "a"], ["wide", "b"], ["wide", "b"], ["a"], ["b"]];
  assert.deepEqual(smallestSmokeSet(killers), { ids: ["a", "b"], isMinimal: true });
  assert.deepEqual(smallestSmokeSet([]), { ids: [], isMinimal: true });
  assert.deepEqual(
    smallestSmokeSet([
      ["z", "y"],
      ["y", "z"],
    ]).ids,
    ["y"],
  );
});
