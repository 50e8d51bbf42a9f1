/** The operands of functions, counted from the words of RUNTIME-METER-006 and from nothing that validation does. */
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
  /** Operands below it. */
  readonly base: number;
  /** Values that its end puts on, and that a branch to it takes. */
  readonly results: number;
  readonly taken: number;
  isDead: boolean;
}

/** How many operands an instruction takes, and how many it puts on. */
type Effect = readonly [takes: number, puts: number];

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
    const apply = ([takes, puts]: Effect): void => {
      height = (block.isDead ? Math.max(height - takes, block.base) : height - takes) + puts;
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

/** Modules of one function. */
async function heightOfText(code: string): Promise<number> {
  const bytes = await assemble(`(module (memory (export "memory") 1 1) (func ${code}))`);
  return validateModule(bytes, { role: "library", offers: () => false }).heights[0];
}

describe("RUNTIME-METER-006: the highest operands", () => {
  const samples: readonly (readonly [what: string, code: string, height: number])[] = [
    ["none", "", 0],
    ["what is on the stack at once, not what was pushed", "i32.const 1 drop i32.const 1 drop", 1],
    ["the result of the last end, though nothing pushed it", "(result i32) unreachable", 1],
    ["the result of an instruction without operands", "unreachable i32.add drop", 1],
    ["results of unknown type", "unreachable select drop", 1],
    ["the value that a branch might take along", "(result i32) unreachable i32.const 1 br_if 0", 1],
    ["operands below a block that is left", "i32.const 1 block br 0 i32.const 1 i32.const 2 drop drop end drop", 3],
    ["nothing of the arm before", "i32.const 1 if i32.const 1 i32.const 2 br 0 else i32.const 1 drop end", 2],
  ];
  for (const [what, code, height] of samples) {
    it(`count ${what}`, async () => assert.equal(await heightOfText(code), height));
  }

  it("are those of random modules, code that cannot be reached included", () => {
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
