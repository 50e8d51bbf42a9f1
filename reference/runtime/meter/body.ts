/**
 * Writes the body of one function with its charges and its frame:
 *
 *   locals, and those that the charges need
 *   block            a charge that exceeds the gas left leaves this block
 *     stack := stack − frame; leave if negative
 *     block          branches that end the body go to the end of this block
 *       the body     with a charge before each block of instructions: gas := gas − cost; leave if negative
 *     end
 *     stack := stack + frame
 *     return
 *   end
 *   unreachable
 *
 * Everything else is copied, and the indices of locals, labels and functions do not change. An `if` around an `unreachable` for each
 * charge would run as fast, but compile slowly: V8 records all operands and locals for an `if`.
 *
 * Req: RUNTIME-METER-001, RUNTIME-METER-012, RUNTIME-METER-002, RUNTIME-METER-039, RUNTIME-METER-014, RUNTIME-METER-015, RUNTIME-METER-003,
 *      RUNTIME-METER-004, RUNTIME-METER-005, RUNTIME-METER-017, RUNTIME-METER-018, RUNTIME-METER-019, RUNTIME-METER-020,
 *      RUNTIME-METER-006, RUNTIME-METER-021, RUNTIME-METER-022, RUNTIME-METER-023, RUNTIME-METER-024.
 */
import type { CostTable } from "../costs.ts";
import { Cursor } from "../decode/cursor.ts";
import { NO_VALUE, OPCODES, VALUE_TYPES } from "../instructions.ts";
import type { FunctionBody, ValueType } from "../module.ts";
import { afterStep, type Steps } from "./steps.ts";
import type { Writer } from "./writer.ts";

/** Parameters of the charges of all bodies of a module. */
export interface Metering {
  readonly costs: CostTable;
  /** The steps for `costs`. */
  readonly steps: Steps;
  /** Indices of the globals that hold the gas left and the stack left. */
  readonly gas: number;
  readonly stack: number;
  /** Maximum of the memory. */
  readonly maxPages: number;
}

/** Writers that are reused for each body. */
export interface Scratch {
  readonly locals: Writer;
  readonly code: Writer;
}

/** Marks the stack counter when the engine fails to grow the memory. A frame that is too large never makes it this small. */
export const NO_MEMORY = -(2 ** 31);

/** Size of a frame without locals and operands. Req: RUNTIME-METER-024. */
const FRAME_BASE = 8;

/** The opcodes that are added, which all have one byte. */
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

/**
 * Writes a body with its length before it.
 *
 * Req:   RUNTIME-METER-003, RUNTIME-METER-014, RUNTIME-METER-024.
 * Input: `height` is the largest number of operands of the body.
 * Cost:  linear in the body.
 */
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
   * The added locals: the gas left, the stack left with this frame, and for the charges of memory instructions their operand and
   * the result of `memory.grow`.
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

  /** Writes the body up to its `end`, which closes the block around it. */
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

  /** Writes the last instruction of a block. `depth` is the number of open blocks in the body. */
  #writeLast(name: string, at: number, next: number, depth: number): void {
    const { memoryPage, memoryByte } = this.#metering.costs;
    switch (name) {
      case "return":
        this.#write(BR, depth);
        break;
      case "memory.grow":
        this.#chargeOperand(memoryPage, depth);
        this.#code.copy(this.#bytes, at, next);
        this.#reportFailedGrowth();
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

  /** Charges for the unsigned operand on top of the stack, and leaves it there. Req: RUNTIME-METER-018, RUNTIME-METER-019. */
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

  /** Whether a memory grows must not depend on the machine: −1 within the maximum is a fault of the machine. Req: RUNTIME-METER-020. */
  #reportFailedGrowth(): void {
    const code = this.#code;
    this.#write(LOCAL_TEE, this.#grownLocal);
    code.byte(I32_CONST);
    code.s32(-1);
    code.byte(I32_EQ);
    this.#write(LOCAL_GET, this.#amountLocal);
    code.byte(I32_CONST);
    code.s32(this.#metering.maxPages);
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

  /** The operands are the gas left and the charge. A local is faster than reading the global a second time. */
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
    if (code === undefined) throw new Error(`unknown instruction ${name}`);
    return code;
  });
}

function typeByte(type: ValueType): number {
  const byte = TYPE_BYTES.get(type);
  if (byte === undefined) throw new Error(`unknown type ${type}`);
  return byte;
}
