import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit, findEdit } from "../../../authoring/strength/edit.ts";
import { readReference } from "../../../authoring/strength/instrument.ts";
import { MUTANTS } from "../../../authoring/strength/mutants/list.ts";
import { smallestSmokeSet } from "../../../authoring/strength/mutants/smoke-set.ts";
import { editOf, runMutants } from "../../../authoring/strength/named.ts";

test("every mutant is one edit of a text that occurs once, and changes the file", () => {
  for (const mutant of MUTANTS) {
    const source = readReference(`${mutant.file}.js`);
    assert.notEqual(applyEdit(editOf(mutant), source), source, mutant.name);
  }
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
});

test("an edit of a text that is missing or occurs twice is rejected", () => {
  const mutant = { name: "m", file: "f", find: "x", replace: "y" };
  assert.throws(() => findEdit(mutant, "no such place"), /occurs 0 times/);
  assert.throws(() => findEdit(mutant, "x and x"), /occurs 2 times/);
});

/** One mutant of this many runs against all vectors. CI runs the others with `proofhouse mutants --quick`. */
const SAMPLE = 400;

test(`one mutant in ${SAMPLE} passes every honest case and is killed by another`, async () => {
  const only = MUTANTS.filter((_, index) => index % SAMPLE === 0).map(({ name }) => name);
  const { mutants } = await runMutants({ only });
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
  const onProgress = (): void => interruption.abort();
  const { mutants, unjudged } = await runMutants({ only, signal: interruption.signal, onProgress });
  assert.deepEqual({ mutants, unjudged }, { mutants: [], unjudged: 3 });
});

test("a smoke set is the smallest that hits every mutant", () => {
  // A greedy search would choose the widest vector first and need three.
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
