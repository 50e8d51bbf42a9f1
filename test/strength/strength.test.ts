/**
 * How strong the vectors are, line by line: for every condition of the reference, which vector fails when it is dropped or
 * inverted?
 *
 * One flip in two hundred is run every day; with FLIPS=all, as in CI, all of them. FLIPS=proofs/radix/kmm runs those of one file.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ALL_FLIPS, FLIPPED_FILES } from "./all-flips.ts";
import { conditionsOf } from "./conditions.ts";
import { runFlips } from "./run-flips.ts";

const { FLIPS } = process.env;
const SAMPLE = 200;

function sourceOf(file: string): string {
  return readFileSync(new URL(`../../reference/${file}.js`, import.meta.url), "utf8");
}

test("every flip is one edit at a place that occurs once, and changes the file", () => {
  for (const { file, find, replace } of ALL_FLIPS) {
    assert.equal(sourceOf(file).split(find).length, 2, `${file}: ${find}`);
    assert.notEqual(find, replace);
  }
});

test("every condition has a flip", () => {
  const missing = Object.keys(FLIPPED_FILES).flatMap((file) => {
    const source = sourceOf(file);
    const flips = ALL_FLIPS.filter((flip) => flip.file === file);
    // What each of several parts has to notice is one flip.
    const distinct = new Map(flips.map((flip) => [`${flip.find} → ${flip.replace}`, flip]));
    const places = [...distinct.values()].map(({ find }) => {
      const start = source.indexOf(find);
      return { start, end: start + find.length };
    });
    return conditionsOf(source).flatMap(({ line, text, start, count }) => {
      const end = start + source.slice(start).search(/\n|$/);
      const flips = places.filter((place) => place.start < end && place.end > start).length;
      return flips >= count ? [] : [`${file}.js:${line}: ${flips} flips of ${count}: ${text}`];
    });
  });
  assert.deepEqual(missing, []);
});

const chosen = ALL_FLIPS.flatMap(({ file }, index) => {
  if (FLIPS === undefined || FLIPS === "") return index % SAMPLE === 0 ? [index] : [];
  return FLIPS === "all" || FLIPS === file ? [index] : [];
});

test(`${chosen.length} of ${ALL_FLIPS.length} flips are noticed by a vector, but for those that change no answer`, async () => {
  const killers = await runFlips(chosen);
  const wrong = chosen.flatMap((index) => {
    const { file, find, replace, equivalent, part } = ALL_FLIPS[index];
    const killer = killers.get(index);
    if ((killer === undefined) === (equivalent !== undefined)) return [];
    const fault =
      killer === undefined
        ? `no vector${part === undefined ? "" : ` of ${part}`} notices`
        : `not equivalent, ${killer} notices`;
    return [`${fault}: ${file}: ${find} → ${replace}`];
  });
  assert.deepEqual(wrong, []);
});
