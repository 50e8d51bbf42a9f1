/**
 * Prepares a body: the step of each instruction, and the cost of each block.
 *
 * Req: RUNTIME-METER-002, RUNTIME-METER-039, RUNTIME-METER-003, RUNTIME-METER-004, RUNTIME-METER-024.
 */
import type { CostTable } from "../costs.ts";
import { type Instruction, readInstruction } from "../instructions.ts";
import type { FunctionBody, ValidModule, ValueType } from "../module.ts";
import { ControlSteps } from "./control-steps.ts";
import { memoryStep } from "./memory-steps.ts";
import { NUMBER_STEPS } from "./number-steps.ts";
import { operandStep } from "./operand-steps.ts";
import type { Code, Step } from "./thread.ts";

/** Names of the instructions that end a block. */
const ENDS_BLOCK: ReadonlySet<string> = new Set([
  "loop",
  "if",
  "else",
  "end",
  "br",
  "br_if",
  "br_table",
  "return",
  "unreachable",
  "call",
  "call_indirect",
  "memory.grow",
  "memory.copy",
  "memory.fill",
]);

const FRAME_BASE = 8;

/** Prepares the body with index `position` in `module.bodies`. */
export function prepare(module: ValidModule, position: number, costs: CostTable): Code {
  const body = module.bodies[position];
  const { type, locals } = body;
  const instructions = readBody(module.bytes, body);
  const control = new ControlSteps(module.types, type);
  return {
    type,
    zeros: locals.map(zeroOf),
    frameSize: type.params.length + locals.length + module.heights[position] + FRAME_BASE,
    steps: instructions.map((instruction, index) => {
      const step = control.step(instruction, index) ?? otherStep(instruction, costs);
      if (step === undefined) throw new Error(`no step for ${instruction.op.name}`);
      return step;
    }),
    costs: blockCosts(instructions, locals.length * costs.local, costs),
  };
}

export function zeroOf(type: ValueType): number | bigint {
  return type === "i32" ? 0 : 0n;
}

function readBody(bytes: Uint8Array, { code, end }: FunctionBody): Instruction[] {
  const instructions: Instruction[] = [];
  for (let at = code; at < end; ) {
    const instruction = readInstruction(bytes, at);
    instructions.push(instruction);
    at = instruction.next;
  }
  return instructions;
}

function otherStep(instruction: Instruction, costs: CostTable): Step | undefined {
  return NUMBER_STEPS.get(instruction.op.name) ?? operandStep(instruction) ?? memoryStep(instruction, costs);
}

/** Returns the costs of blocks by their first instruction. The cost of the first block includes `entry`. */
function blockCosts(instructions: readonly Instruction[], entry: number, costs: CostTable): (bigint | undefined)[] {
  const blocks: (bigint | undefined)[] = instructions.map(() => undefined);
  let start = 0;
  let sum = entry;
  for (const [index, { op }] of instructions.entries()) {
    sum += costOf(op.name, costs);
    if (!ENDS_BLOCK.has(op.name)) continue;
    if (sum > 0) blocks[start] = BigInt(sum);
    start = index + 1;
    sum = 0;
  }
  return blocks;
}

function costOf(name: string, costs: CostTable): number {
  const cost = costs.instructions.get(name);
  if (cost === undefined) throw new Error(`the cost table has no entry for ${name}, version ${costs.version}`);
  return cost;
}
