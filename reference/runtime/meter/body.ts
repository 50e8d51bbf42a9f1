/**
 * Writes the body of one function with its charges and its frame:
 *
 *   locals, and those that the charges need
 *   block            left by a charge that is too much
 *     stack := stack − frame; leave when negative
 *     block          takes the place of the body for the branches that end it
 *       the body     with a charge before each block of instructions: gas := gas − cost; leave when negative
 *     end
 *     stack := what it was
 *     return
 *   end
 *   unreachable
 *
 * Everything else is copied as it stands. Indices of locals, labels and functions stay what they are. An `if` around an
 * `unreachable` for each charge would be as fast to run, but slow to compile: V8 notes all operands and locals for an `if`.
 *
 * Req: RUNTIME-METER-001 … RUNTIME-METER-006.
 */
import type { CostTable } from "../costs.ts";
import { Cursor } from "../decode/cursor.ts";
import { NO_VALUE, OPCODES, VALUE_TYPES } from "../instructions.ts";
import type { FunctionBody, ValueType } from "../module.ts";
import { afterStep, type Steps } from "./steps.ts";
import type { Writer } from "./writer.ts";

/** What the charges of all bodies of a module have in common. */
export interface Metering {
  readonly costs: CostTable;
  /** Those of the cost table. */
  readonly steps: Steps;
  /** Indices of the globals that hold what is left. */
  readonly gas: number;
  readonly stack: number;
  /** Most pages of the memory. */
  readonly mostPages: number;
}

/** Writers that are used for one body after the other. */
export interface Scratch {
  readonly locals: Writer;
  readonly code: Writer;
}

/** What the stack is set to when the engine has no memory to grow by. No frame that is too large leaves as little. */
export const NO_MEMORY = -(2 ** 31);

/** What every frame takes besides its locals and operands. */
const FRAME_BASE = 8;

/** Opcodes of what is written, all of one byte. */
const [UNREACHABLE, RETURN, BLOCK, IF, END, BR, BR_IF] = codes(
  ...["unreachable", "return", "block", "if", "end", "br", "br_if"],
);
const [LOCAL_GET, LOCAL_SET, LOCAL_TEE] = codes("local.get", "local.set", "local.tee");
const [GLOBAL_GET, GLOBAL_SET, MEMORY_SIZE] = codes("global.get", "global.set", "memory.size");
const [I32_CONST, I32_ADD, I32_SUB, I32_AND, I32_EQ, I32_LT_S, I32_LE_U] = codes(
  ...["i32.const", "i32.add", "i32.sub", "i32.and", "i32.eq", "i32.lt_s", "i32.le_u"],
);
const [I64_CONST, I64_SUB, I64_MUL, I64_LT_S, I64_EXTEND_I32_U] = codes(
  ...["i64.const", "i64.sub", "i64.mul", "i64.lt_s", "i64.extend_i32_u"],
);

const TYPE_BYTES = new Map([...VALUE_TYPES].map(([byte, type]) => [type, byte]));

/** Writes the body with its length before it. `height` is that of its operands. Cost: linear in the body. */
export function writeBody(
  writer: Writer,
  { locals, code }: Scratch,
  bytes: Uint8Array,
  body: FunctionBody,
  height: number,
  metering: Metering,
): void {
  locals.clear();
  code.clear();
  const meter = new BodyMeter(code, bytes, body, metering);
  const parametersAndLocals = body.type.params.length + body.locals.length;
  meter.writeAll(parametersAndLocals + height + FRAME_BASE);
  writeLocals(locals, bytes, body, meter.addedLocals);
  writer.u32(locals.length + code.length);
  writer.copy(locals.written);
  writer.copy(code.written);
}

function writeLocals(
  writer: Writer,
  bytes: Uint8Array,
  { start, code, index }: FunctionBody,
  added: ValueType[],
): void {
  const cursor = new Cursor(bytes, start, code, "code", index);
  writer.u32(cursor.u32("number of groups of locals") + added.length);
  writer.copy(bytes, cursor.at, code);
  for (const type of added) {
    writer.u32(1);
    writer.byte(typeByte(type));
  }
}

class BodyMeter {
  readonly #code: Writer;
  readonly #bytes: Uint8Array;
  readonly #body: FunctionBody;
  readonly #metering: Metering;
  /**
   * Locals that are added: the gas that is left, the stack that is left with this frame, and where there are dynamic charges
   * their operand and what `memory.grow` returned.
   */
  readonly #gasLocal: number;
  readonly #stackLocal: number;
  readonly #amountLocal: number;
  readonly #grownLocal: number;
  #isDynamic = false;

  constructor(code: Writer, bytes: Uint8Array, body: FunctionBody, metering: Metering) {
    this.#code = code;
    this.#bytes = bytes;
    this.#body = body;
    this.#metering = metering;
    this.#gasLocal = body.type.params.length + body.locals.length;
    this.#stackLocal = this.#gasLocal + 1;
    this.#amountLocal = this.#gasLocal + 2;
    this.#grownLocal = this.#gasLocal + 3;
  }

  get addedLocals(): ValueType[] {
    return this.#isDynamic ? ["i64", "i32", "i32", "i32"] : ["i64", "i32"];
  }

  writeAll(frame: number): void {
    const [result] = this.#body.type.results;
    this.#code.byte(BLOCK);
    this.#code.byte(NO_VALUE);
    this.#takeFrame(frame);
    this.#code.byte(BLOCK);
    this.#code.byte(result === undefined ? NO_VALUE : typeByte(result));
    this.#writeBlocks();
    this.#giveFrameBack(frame);
    this.#code.byte(RETURN);
    this.#code.byte(END);
    this.#code.byte(UNREACHABLE);
    this.#code.byte(END);
  }

  /** The body up to its `end`, which closes the block around it. */
  #writeBlocks(): void {
    const { costs, steps } = this.#metering;
    const { code, end, locals } = this.#body;
    const bytes = this.#bytes;
    let blockStart = code;
    let cost = costs.local * locals.length;
    let depth = 0;
    let depthAtStart = 0;
    for (let at = code; at < end; ) {
      const step = steps.read(bytes, at);
      const next = afterStep(bytes, at, step);
      cost += step.cost;
      if (step.endsBlock) {
        this.#charge(cost, depthAtStart);
        this.#code.copy(bytes, blockStart, at);
        this.#writeLast(step.op.name, at, next, depth);
        blockStart = next;
        depthAtStart = depth + step.nesting;
        cost = 0;
      }
      depth += step.nesting;
      at = next;
    }
  }

  /** The last instruction of a block. `depth` is the number of open blocks in the body. */
  #writeLast(name: string, at: number, next: number, depth: number): void {
    const { memoryPage, memoryByte } = this.#metering.costs;
    switch (name) {
      case "return":
        this.#write(BR, depth);
        break;
      case "memory.grow":
        this.#chargeOperand(memoryPage, depth);
        this.#code.copy(this.#bytes, at, next);
        this.#tellWantOfMemory();
        break;
      case "memory.copy":
      case "memory.fill":
        this.#chargeOperand(memoryByte, depth);
        this.#code.copy(this.#bytes, at, next);
        break;
      default:
        this.#code.copy(this.#bytes, at, next);
    }
  }

  #charge(cost: number, depth: number): void {
    if (cost === 0) return;
    this.#write(GLOBAL_GET, this.#metering.gas);
    this.#code.byte(I64_CONST);
    this.#code.s32(cost);
    this.#subtractFromGas(depth);
  }

  /** Charges for the operand on top of the stack, unsigned, and leaves it there. */
  #chargeOperand(costOfOne: number, depth: number): void {
    this.#isDynamic = true;
    this.#write(LOCAL_SET, this.#amountLocal);
    this.#write(GLOBAL_GET, this.#metering.gas);
    this.#write(LOCAL_GET, this.#amountLocal);
    this.#code.byte(I64_EXTEND_I32_U);
    this.#code.byte(I64_CONST);
    this.#code.s32(costOfOne);
    this.#code.byte(I64_MUL);
    this.#subtractFromGas(depth);
    this.#write(LOCAL_GET, this.#amountLocal);
  }

  /** Whether a memory grows must not depend on the machine: within the maximum, −1 is a fault of it. */
  #tellWantOfMemory(): void {
    const code = this.#code;
    this.#write(LOCAL_TEE, this.#grownLocal);
    code.byte(I32_CONST);
    code.s32(-1);
    code.byte(I32_EQ);
    this.#write(LOCAL_GET, this.#amountLocal);
    code.byte(I32_CONST);
    code.s32(this.#metering.mostPages);
    this.#write(MEMORY_SIZE, 0);
    code.byte(I32_SUB);
    code.byte(I32_LE_U);
    code.byte(I32_AND);
    code.byte(IF);
    code.byte(NO_VALUE);
    code.byte(I32_CONST);
    code.s32(NO_MEMORY);
    this.#write(GLOBAL_SET, this.#metering.stack);
    code.byte(UNREACHABLE);
    code.byte(END);
    this.#write(LOCAL_GET, this.#grownLocal);
  }

  /** Takes the charge and the gas before it from the operands. The way through a local is faster than reading the global again. */
  #subtractFromGas(depth: number): void {
    this.#code.byte(I64_SUB);
    this.#write(LOCAL_TEE, this.#gasLocal);
    this.#write(GLOBAL_SET, this.#metering.gas);
    this.#write(LOCAL_GET, this.#gasLocal);
    this.#code.byte(I64_CONST);
    this.#code.s32(0);
    this.#code.byte(I64_LT_S);
    this.#write(BR_IF, depth + 1);
  }

  #takeFrame(frame: number): void {
    this.#write(GLOBAL_GET, this.#metering.stack);
    this.#code.byte(I32_CONST);
    this.#code.s32(frame);
    this.#code.byte(I32_SUB);
    this.#write(LOCAL_TEE, this.#stackLocal);
    this.#write(GLOBAL_SET, this.#metering.stack);
    this.#write(LOCAL_GET, this.#stackLocal);
    this.#code.byte(I32_CONST);
    this.#code.s32(0);
    this.#code.byte(I32_LT_S);
    this.#write(BR_IF, 0);
  }

  #giveFrameBack(frame: number): void {
    this.#write(LOCAL_GET, this.#stackLocal);
    this.#code.byte(I32_CONST);
    this.#code.s32(frame);
    this.#code.byte(I32_ADD);
    this.#write(GLOBAL_SET, this.#metering.stack);
  }

  #write(instruction: number, index: number): void {
    this.#code.byte(instruction);
    this.#code.u32(index);
  }
}

function codes(...names: string[]): number[] {
  return names.map((name) => {
    const code = OPCODES.get(name)?.code;
    if (code === undefined) throw new Error(`there is no instruction ${name}`);
    return code;
  });
}

function typeByte(type: ValueType): number {
  const byte = TYPE_BYTES.get(type);
  if (byte === undefined) throw new Error(`there is no type ${type}`);
  return byte;
}
