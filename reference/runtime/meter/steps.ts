/** The properties of instructions that metering needs. Only valid modules are metered, so nothing is checked again. */
import type { CostTable } from "../costs.ts";
import { type ImmediateKind, OPCODES, type Opcode } from "../instructions.ts";

export interface Step {
  readonly op: Opcode;
  readonly cost: number;
  /** Whether it is the last instruction of its block. */
  readonly endsBlock: boolean;
  /** 1 if it opens a block, −1 if it closes one. */
  readonly nesting: number;
  /** LEB128 integers and single bytes after the opcode; `br_table` has more. */
  readonly immediates: number;
}

/** Names of the instructions that end a block. Req: RUNTIME-METER-002, RUNTIME-METER-039. */
export const ENDS_BLOCK: ReadonlySet<string> = new Set([
  ...["loop", "if", "else", "end", "br", "br_if", "br_table", "return", "unreachable"],
  ...["call", "call_indirect", "memory.grow", "memory.copy", "memory.fill"],
]);

const OPENS: ReadonlySet<string> = new Set(["block", "loop", "if"]);

/** Number of immediates. A single byte of a valid module is skipped as an integer is. */
const IMMEDIATES: Readonly<Record<ImmediateKind, number>> = {
  none: 0,
  block: 1,
  label: 1,
  labels: 1,
  function: 1,
  indirect: 2,
  local: 1,
  global: 1,
  address: 2,
  memory: 1,
  memories: 2,
  i32: 1,
  i64: 1,
};

/** The steps of all instructions, for one cost table. */
export class Steps {
  readonly #byByte: readonly (Step | undefined)[];
  readonly #byCode: ReadonlyMap<number, Step>;

  constructor(costs: CostTable) {
    const steps = [...OPCODES.values()].map((op) => stepOf(op, costs));
    this.#byCode = new Map(steps.map((step) => [step.op.code, step]));
    this.#byByte = Array.from({ length: 256 }, (_, code) => this.#byCode.get(code));
  }

  read(bytes: Uint8Array, at: number): Step {
    const step = this.#byByte[bytes[at]] ?? this.#byCode.get(prefixedCode(bytes, at));
    if (step === undefined) throw new Error(`no instruction of the profile at ${at}`);
    return step;
  }
}

/** Returns the offset of the next instruction. */
export function afterStep(bytes: Uint8Array, at: number, { op, immediates }: Step): number {
  let next = op.code < 256 ? at + 1 : skipInteger(bytes, at + 1);
  if (op.immediates === "labels") {
    const targets = readInteger(bytes, next);
    next = skipInteger(bytes, next);
    for (let target = 0; target <= targets; target++) next = skipInteger(bytes, next);
    return next;
  }
  for (let item = 0; item < immediates; item++) next = skipInteger(bytes, next);
  return next;
}

function stepOf(op: Opcode, costs: CostTable): Step {
  const cost = costs.instructions.get(op.name);
  if (cost === undefined) throw new Error(`the cost table has no entry for ${op.name}`);
  const nesting = OPENS.has(op.name) ? 1 : op.name === "end" ? -1 : 0;
  return { op, cost, endsBlock: ENDS_BLOCK.has(op.name), nesting, immediates: IMMEDIATES[op.immediates] };
}

function prefixedCode(bytes: Uint8Array, at: number): number {
  return bytes[at] * 65_536 + readInteger(bytes, at + 1);
}

function skipInteger(bytes: Uint8Array, at: number): number {
  let next = at;
  while (bytes[next] >= 0x80) next++;
  return next + 1;
}

function readInteger(bytes: Uint8Array, at: number): number {
  let value = 0;
  let factor = 1;
  for (let next = at; ; next++, factor *= 128) {
    value += (bytes[next] & 0x7f) * factor;
    if (bytes[next] < 0x80) return value;
  }
}
