/** Counts the operands of functions by the text of RUNTIME-METER-025 to RUNTIME-METER-028, independently of validation. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import {
  encodeModule,
  type FunctionPart,
  type ModuleParts,
} from "../../../authoring/cases/runtime/random/encode-module.ts";
import { randomModule } from "../../../authoring/cases/runtime/random/module.ts";
import { NO_VALUE, OPCODES } from "../../../reference/runtime/instructions.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";

interface Block {
  /** Number of operands below it. */
  readonly base: number;
  /** Number of values that its end pushes, and that a branch to it takes. */
  readonly results: number;
  readonly taken: number;
  isDead: boolean;
}

/** The numbers of operands that an instruction pops and pushes. */
type Effect = readonly [pops: number, pushes: number];

const FIXED: Readonly<Record<string, Effect>> = {
  drop: [1, 0],
  select: [3, 1],
  "local.get": [0, 1],
  "local.set": [1, 0],
  "local.tee": [1, 1],
  "global.get": [0, 1],
  "global.set": [1, 0],
  block: [0, 0],
  loop: [0, 0],
  if: [1, 0],
};
const LEAVES = ["unreachable", "br", "br_table", "return"];

function heightOf({ types, imports, functions }: ModuleParts, part: FunctionPart): number {
  const typeOf = (index: number): number => [...imports, ...functions][index].type;
  const results = types[part.type].results.length;
  const open: Block[] = [{ base: 0, results, taken: results, isDead: false }];
  let [height, highest] = [0, 0];
  for (const { name, immediates } of part.code) {
    const block = open[open.length - 1];
    const apply = ([pops, pushes]: Effect): void => {
      height = (block.isDead ? Math.max(height - pops, block.base) : height - pops) + pushes;
    };
    const callOf = (type: number, more: number): Effect => {
      return [types[type].params.length + more, types[type].results.length];
    };
    if (name === "else" || name === "end") {
      height = block.base + (name === "end" ? block.results : 0);
      block.isDead = false;
      if (name === "end") open.pop();
    } else if (LEAVES.includes(name)) {
      height = block.base;
      block.isDead = true;
    } else if (name === "br_if") {
      const { taken } = open[open.length - 1 - immediates[0]];
      apply([1 + taken, taken]);
    } else if (name === "call") apply(callOf(typeOf(immediates[0]), 0));
    else if (name === "call_indirect") apply(callOf(immediates[0], 1));
    else {
      const type = OPCODES.get(name)?.type;
      apply(FIXED[name] ?? [type?.operands.length ?? 0, type?.results.length ?? 0]);
    }
    if (name === "block" || name === "loop" || name === "if") {
      const values = immediates[0] === NO_VALUE ? 0 : 1;
      open.push({ base: height, results: values, taken: name === "loop" ? 0 : values, isDead: false });
    }
    highest = Math.max(highest, height);
  }
  assert.equal(open.length, 0);
  return highest;
}

/** The height of the only function of a module. */
async function heightOfText(code: string): Promise<number> {
  const bytes = await assemble(`(module (memory (export "memory") 1 1) (func ${code}))`);
  return validateModule(bytes, { role: "library", offers: () => false }).heights[0];
}

describe("RUNTIME-METER-025, RUNTIME-METER-026, RUNTIME-METER-027, RUNTIME-METER-028: the largest number of operands", () => {
  const samples: readonly (readonly [what: string, code: string, height: number])[] = [
    ["no operands", "", 0],
    ["the operands at one time, not all that were pushed", "i32.const 1 drop i32.const 1 drop", 1],
    ["the result of the last end, which nothing pushed", "(result i32) unreachable", 1],
    ["the result of an instruction without operands", "unreachable i32.add drop", 1],
    ["results of unknown type", "unreachable select drop", 1],
    ["the value that a br_if would take along", "(result i32) unreachable i32.const 1 br_if 0", 1],
    [
      "operands below a block that a branch leaves",
      "i32.const 1 block br 0 i32.const 1 i32.const 2 drop drop end drop",
      3,
    ],
    [
      "no operands of the first arm in the second",
      "i32.const 1 if i32.const 1 i32.const 2 br 0 else i32.const 1 drop end",
      2,
    ],
  ];
  for (const [what, code, height] of samples) {
    it(`counts ${what}`, async () => assert.equal(await heightOfText(code), height));
  }

  it("is that of validation in random modules, including unreachable code", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { parts } = randomModule(seed, "large");
      const { heights } = validateModule(encodeModule(parts), { role: "environment", offers: () => true });
      assert.deepEqual(
        heights,
        parts.functions.map((part) => heightOf(parts, part)),
        `seed ${seed}`,
      );
    }
  });
});
