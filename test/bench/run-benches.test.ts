import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, Samples, Target } from "../../bench/comparison.ts";
import { runBenches } from "../../bench/run-benches.ts";
import { inCiAlone } from "../sample.ts";

const MAIN = fileURLToPath(new URL("../../bench/main.js", import.meta.url));

/** Runs one bench whose measurements are `attempts`, one after another; the last one is repeated. */
async function runOne(target: Target, attempts: readonly Samples[], isSmoke = false) {
  let measured = 0;
  const bench: Bench = {
    name: "made up",
    unit: "ms",
    sides: ["ours", "theirs"],
    target,
    measure: async () => attempts[Math.min(measured++, attempts.length - 1)],
  };
  const [lines, misses] = [[] as string[], [] as string[]];
  const allMet = await runBenches([bench], {
    isSmoke,
    print: (line) => lines.push(line),
    printMiss: (line) => misses.push(line),
  });
  return { allMet, lines, misses, measured };
}

const AT_MOST_TWICE: Target = { kind: "at-most", ratio: 2 };
const AT_LEAST_HALF: Target = { kind: "at-least", ratio: 0.5 };
const SLOW: Samples = { ours: [30, 31, 32], theirs: [10, 10, 10] };
const EVEN: Samples = { ours: [10, 11, 12], theirs: [10, 11, 12] };

test("a slow side is reported as a miss after three measurements", async () => {
  const { allMet, lines, misses, measured } = await runOne(AT_MOST_TWICE, [SLOW]);
  assert.equal(allMet, false);
  assert.equal(measured, 3);
  assert.deepEqual(misses, Array(2).fill("made up: 3.10; expected ≤ 2; measuring again"));
  assert.match(lines.at(-1) as string, /^made up +ours: 31\.0 ms +theirs: 10\.0 ms +3\.10 +≤ 2 +FAIL$/);
});

test("a met target is reported as met, also after a miss", async () => {
  const { allMet, lines, measured } = await runOne(AT_MOST_TWICE, [SLOW, EVEN]);
  assert.equal(allMet, true);
  assert.equal(measured, 2);
  assert.match(lines.at(-1) as string, /1\.00 +≤ 2 +ok$/);
});

test("a lower value than a minimum is a miss", async () => {
  const rates: Samples = { ours: [40, 40, 40], theirs: [100, 100, 100] };
  assert.equal((await runOne(AT_LEAST_HALF, [rates])).allMet, false);
  assert.equal((await runOne(AT_LEAST_HALF, [EVEN])).allMet, true);
});

test("the smoke mode is exactly twice as lenient", async () => {
  assert.equal((await runOne(AT_MOST_TWICE, [SLOW], true)).allMet, true);
  const slower = { ...SLOW, theirs: [7, 7, 7] };
  assert.equal((await runOne(AT_MOST_TWICE, [slower], true)).allMet, false);
});

test("a machine that slows down for whole rounds does not change the ratio", async () => {
  const drifting: Samples = { ours: [19, 190, 1900], theirs: [10, 100, 1000] };
  assert.match((await runOne(AT_MOST_TWICE, [drifting])).lines.at(-1) as string, / 1\.90 +≤ 2 +ok$/);
});

test("a measurement of 0 meets no target", async () => {
  const nothing: Samples = { ours: [0, 0, 0], theirs: [0, 0, 0] };
  assert.equal((await runOne(AT_MOST_TWICE, [nothing])).allMet, false);
  assert.equal((await runOne(AT_LEAST_HALF, [nothing])).allMet, false);
});

test("the benches run in smoke mode, and print their results", inCiAlone, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, "--smoke", "verify", "prove, ssz"]);
  const rows = stdout.split("\n").filter((line) => line.endsWith(" ok"));
  assert.deepEqual(
    rows.map((row) => row.split(/ {2,}/)[0]),
    [
      "verify, noble",
      "verify, as-sha256",
      "verify, noble, library",
      "verify, as-sha256, library",
      "prove, ssz",
      "patricia, verify",
      "patricia, verify, library",
      "radix, verify",
    ],
  );
});

test("an unknown name of a bench is an error", async () => {
  const args = [MAIN, "--smoke", "nonsense"];
  await assert.rejects(promisify(execFile)(process.execPath, args), /no name of a bench contains nonsense/);
});
