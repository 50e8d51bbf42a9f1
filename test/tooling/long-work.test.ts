import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";

const PROGRAM = `
  const { isInDay, runs, SEED, seeds } = await import(process.argv[1]);
  const places = Array.from({ length: 16 }, (_, place) => place).filter((place) => isInDay(place, 8));
  const slow = [];
  if (process.env.LONG === "1") {
    for (const seed of seeds(2, 1_000_000)) {
      slow.push(seed);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }
  console.log(JSON.stringify({ SEED, seeds: [...seeds(3, 5)], places, runs: runs(20, 1000), slow }));
`;

function work(variables: Readonly<Record<string, string>>) {
  const { LONG: _, PROOFHOUSE_SEED: __, ...env } = process.env;
  const args = ["--input-type=module", "-e", PROGRAM, new URL("../long-work.js", import.meta.url).href];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...env, ...variables } });
  return { stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
}

describe("long work", () => {
  test("without LONG is short and the same every day", () => {
    for (const PROOFHOUSE_SEED of ["20301230", "20301231"]) {
      const { seeds, places, runs } = work({ PROOFHOUSE_SEED });
      assert.deepEqual([seeds, places, runs], [[0, 1, 2], [0, 8], { numRuns: 20 }]);
    }
  });

  test("with LONG=all is the whole work of the day", () => {
    const { seeds, places, runs } = work({ LONG: "all", PROOFHOUSE_SEED: "7" });
    assert.deepEqual(seeds, [7_000_000, 7_000_001, 7_000_002, 7_000_003, 7_000_004]);
    assert.equal(places.length, 16);
    assert.deepEqual(runs, { numRuns: 1000, seed: 7 });
  });

  test("with LONG in seconds ends after that time, and selects a different part every day", () => {
    const { slow, runs, places } = work({ LONG: "1", PROOFHOUSE_SEED: "5" });
    assert.ok(slow.length > 1 && slow.length < 5, `${slow.length} in a second`);
    assert.deepEqual(runs, { numRuns: 1000, seed: 5, interruptAfterTimeLimit: 1000 });
    assert.deepEqual(places, [3, 11]);
  });

  test("uses the day as the seed", () => {
    const before = new Date().toISOString().slice(0, 10);
    const { SEED } = work({ LONG: "all" });
    const days = [before, new Date().toISOString().slice(0, 10)].map((day) => Number(day.replaceAll("-", "")));
    assert.ok(days.includes(SEED), `${SEED}`);
  });

  test("rejects a time and a seed that are not numbers", () => {
    assert.match(work({ LONG: "soon" }).stderr, /LONG=soon; expected a number of seconds, or all/);
    assert.match(work({ PROOFHOUSE_SEED: "-1" }).stderr, /PROOFHOUSE_SEED=-1; expected a number/);
  });
});
