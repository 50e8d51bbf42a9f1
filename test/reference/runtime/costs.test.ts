/** RUNTIME-METER-037: the costs as data are those of the table in docs/spec/gas.md, and cover every instruction. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { packagePath } from "../../../harness/files/package-root.ts";
import { COSTS } from "../../../reference/runtime/costs.ts";
import { OPCODES } from "../../../reference/runtime/instructions.ts";

/** The instructions that the words of the table stand for, by their names. */
const FAMILIES: ReadonlyMap<string, RegExp> = new Map([
  ["constants", /\.const$/],
  ["comparisons", /\.(eqz|eq|ne|(lt|gt|le|ge)_[su])$/],
  ["additions", /\.add$/],
  ["subtractions", /\.sub$/],
  ["bitwise operations", /\.(and|or|xor)$/],
  ["counts of bits", /\.(clz|ctz|popcnt)$/],
  ["shifts", /\.sh(l|r_s|r_u)$/],
  ["rotations", /\.rot[lr]$/],
  ["conversions", /^i32\.wrap_i64$|\.extend_i32_[su]$/],
  ["sign extensions", /\.extend(8|16|32)_s$/],
  ["multiplications", /\.mul$/],
  ["divisions", /\.div_[su]$/],
  ["remainders", /\.rem_[su]$/],
  ["loads", /\.load/],
  ["stores", /\.store/],
  ["`local.*`", /^local\./],
  ["`global.*`", /^global\./],
]);

/** The rows of the table: each item of the first column, and its cost. */
async function costTable(): Promise<(readonly [string, number])[]> {
  const text = await readFile(packagePath("docs/spec/gas.md"), "utf8");
  const [, table] = /^The costs, version 1:\n\n\|[^\n]*\n\|[^\n]*\n((?:\|[^\n]*\n)+)/m.exec(text) ?? [];
  return table
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [, names, cost] = /^\| (.*) \| (\d+) \|$/.exec(row) ?? [];
      return names.split(", ").map((name) => [name, Number(cost)] as const);
    });
}

test("RUNTIME-METER-037: every instruction has the cost that docs/spec/gas.md lists", async () => {
  const rows = await costTable();
  const costsOf = (instruction: string): number[] =>
    rows
      .filter(([name]) => name === `\`${instruction}\`` || FAMILIES.get(name)?.test(instruction))
      .map(([, cost]) => cost);
  for (const instruction of OPCODES.keys()) {
    assert.deepEqual(costsOf(instruction), [COSTS.instructions.get(instruction)], instruction);
  }
  assert.equal(COSTS.instructions.size, OPCODES.size, "no other instruction has a cost");
});

test("RUNTIME-METER-037: everything else has the cost that docs/spec/gas.md lists", async () => {
  const { version, instructions, ...others } = COSTS;
  const rows = new Map(await costTable());
  const spelled = Object.entries(others).map(([name, cost]) => {
    const dotted = name.replace(/[A-Z]/, (capital) => `.${capital.toLowerCase()}`);
    return [`\`${dotted}\``, cost] as const;
  });
  for (const [name, cost] of spelled) assert.equal(rows.get(name), cost, name);
  assert.equal(version, 1);
});

test("docs/spec/gas.md lists only known items", async () => {
  const { version, instructions, ...others } = COSTS;
  const keys = new Set(Object.keys(others).map((name) => name.toLowerCase()));
  for (const [name] of await costTable()) {
    const plain = name.replaceAll("`", "");
    const isKnown = instructions.has(plain) || FAMILIES.has(name) || keys.has(plain.replace(".", ""));
    assert.ok(isKnown, `${name}, version ${version}`);
  }
});
