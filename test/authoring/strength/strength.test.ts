/** The strength of the vectors: machine-made mutants, their keys, their record. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { applyEdit } from "../../../authoring/strength/edit.ts";
import { type Instrumented, instrumentReference } from "../../../authoring/strength/instrument.ts";
import { readKillers, readSurvivors } from "../../../authoring/strength/record.ts";
import { isGood, runStrength } from "../../../authoring/strength/strength.ts";
import { packagePath } from "../../../harness/files/package-root.ts";
import { inCiAlone } from "../../sample.ts";

/** One mutant of this many is run again here. CI runs all of them with `proofhouse strength`. */
const SAMPLE = 400;

const SAMPLE_FILE = `const LIMIT = 3;
export function isShort(text) {
    if (text.length < LIMIT)
        return true;
    return false;
}
export class Box {
    #value = [];
    get(at) {
        return at > 0 ? this.#value[at] : null;
    }
}
`;

async function keysOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { mutants } = await instrumentReference(new Map(Object.entries(files)));
  return mutants.map(({ key }) => key).sort();
}

describe("machine-made mutants", () => {
  let instrumented: Instrumented;
  before(async () => {
    instrumented = await instrumentReference();
  });

  test("neither build calls the helpers of the instrumenter", () => {
    for (const [file, source] of [...instrumented.coverage, ...instrumented.switched])
      assert.doesNotMatch(source, /stry(?:MutAct|Cov|NS)/, file);
  });

  test("both builds name every mutant", () => {
    const counted = [...instrumented.coverage.values()].join("\n");
    const switched = [...instrumented.switched.values()].join("\n");
    for (const number of instrumented.mutants.keys()) {
      assert.ok(counted.includes(`$hits[${number}]++`), `${number} is not counted`);
      assert.ok(switched.includes(`$active === ${number} `), `${number} is not switched`);
    }
  });

  test("each is an edit of the text that it replaces, and has its own key", () => {
    const { mutants } = instrumented;
    assert.ok(mutants.length > 5000);
    assert.equal(new Set(mutants.map(({ key }) => key)).size, mutants.length);
    const mutant = mutants.find(({ original }) => original === "value < 1n");
    assert.ok(mutant !== undefined);
    assert.equal(
      applyEdit({ ...mutant, start: 4, end: 14 }, "if (value < 1n) x();"),
      `if (${mutant.replacement}) x();`,
    );
  });

  test("every mutant is either killed or listed, and the record has no other mutants", () => {
    const { machine } = readKillers();
    const survivors = readSurvivors();
    const keys = new Set(instrumented.mutants.map(({ key }) => key));
    const unknown = instrumented.mutants.filter(({ key }) => !machine.has(key) && !survivors.has(key));
    assert.deepEqual(
      unknown.map(({ declaration, original, replacement }) => `${declaration}: ${original} → ${replacement}`),
      [],
    );
    assert.deepEqual(
      [...survivors].filter(([key]) => machine.has(key) || !keys.has(key)),
      [],
    );
    assert.deepEqual(
      [...machine.keys()].filter((key) => !keys.has(key)),
      [],
    );
  });

  test("the README states the score", () => {
    const readme = readFileSync(packagePath("README.md"), "utf8");
    const number = (count: number): string => String(count).replace(/(?=(?:\d{3})+$)(?!^)/g, " ");
    const { machine } = readKillers();
    const statement = `${number(machine.size)} of ${number(instrumented.mutants.length)}`;
    assert.ok(readme.includes(statement), `expected "${statement}"`);
  });
});

test("a key survives code that moves to another file and another line", async () => {
  const before = await keysOf({ "a.js": SAMPLE_FILE });
  assert.ok(before.length > 10);
  assert.deepEqual(
    await keysOf({ "elsewhere/b.js": `/** A comment. */\n\nconst OTHER = "x";\n${SAMPLE_FILE}` }),
    before,
  );
  const renamed = await keysOf({ "a.js": SAMPLE_FILE.replace("isShort", "isBrief") });
  assert.notDeepEqual(renamed, before);
});

test("equal mutants are numbered", async () => {
  const twice = await instrumentReference(new Map([["a.js", "export const f = (a, b) => [a < b, a < b];\n"]]));
  const alike = twice.mutants.filter(({ original, replacement }) => original === "a < b" && replacement === "a >= b");
  assert.deepEqual(
    alike.map(({ nth }) => nth),
    [1, 2],
  );
});

test(`one mutant in ${SAMPLE} is killed by its recorded killer`, async () => {
  const report = await runStrength({ oneIn: SAMPLE });
  assert.deepEqual(report.found, [], "killed by another vector than recorded");
  assert.deepEqual(report.unlisted, []);
  assert.deepEqual(report.wronglyListed, []);
});

test("a lost killer is searched again, and an unknown mutant is reported", inCiAlone, async () => {
  const killers = new Map([...readKillers().machine].map(([key]) => [key, "no/such/vector"]));
  const report = await runStrength({
    only: "core/nibbles",
    vectors: "proof/patricia/preorder/",
    killers,
    survivors: new Map(),
  });
  assert.ok(report.found.length > 5, `${report.found.length} found`);
  assert.ok([...report.killers.values()].every((id) => id.startsWith("proof/patricia/preorder/")));
  assert.ok(report.unlisted.length > 0);
  assert.equal(isGood(report), false);
});
