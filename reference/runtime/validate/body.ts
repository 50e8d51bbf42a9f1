/**
 * Checks the types of one body by the algorithm in the appendix of the WebAssembly standard.
 *
 * Req:    RUNTIME-MODULE-005, RUNTIME-MODULE-028, RUNTIME-MODULE-029, RUNTIME-MODULE-030, RUNTIME-MODULE-007, RUNTIME-MODULE-016,
 *         RUNTIME-MODULE-026, RUNTIME-MODULE-027, RUNTIME-METER-025, RUNTIME-METER-026, RUNTIME-METER-027, RUNTIME-METER-028.
 * Source: WebAssembly Core Specification, appendix "Validation Algorithm".
 */
import { Cursor } from "../decode/cursor.ts";
import { type Instruction, readInstructionAt, VALUE_TYPES } from "../instructions.ts";
import { MAX_LOOPS, MAX_NESTING, MAX_OPERANDS } from "../limits.ts";
import { type FunctionBody, functionType, type Module, type ValueType } from "../module.ts";
import { ChargePoints } from "./charge-points.ts";
import { type OperandType, Stacks } from "./operands.ts";

export interface CheckedBody {
  /** The largest number of operands, counted after each instruction. */
  readonly height: number;
  readonly loops: number;
}

interface Context {
  readonly module: Module;
  readonly body: FunctionBody;
  readonly cursor: Cursor;
  readonly stacks: Stacks;
  readonly locals: readonly ValueType[];
}

/**
 * Checks a body.
 *
 * Req:    RUNTIME-MODULE-005, RUNTIME-MODULE-007, RUNTIME-MODULE-026, RUNTIME-MODULE-027, RUNTIME-METER-025.
 * Errors: ModuleError: malformed and forbidden instructions, type, limit.
 * Cost:   linear in the body. The cost of an instruction depends neither on the nesting of blocks nor on the types of other functions.
 */
export function checkBody(module: Module, body: FunctionBody): CheckedBody {
  const cursor = new Cursor(module.bytes, body.code, body.end, "code", body.index);
  const stacks = new Stacks(cursor);
  const context = { module, body, cursor, stacks, locals: [...body.type.params, ...body.locals] };
  const points = new ChargePoints(cursor, body.locals.length);
  let height = 0;
  let loops = 0;
  stacks.open("body", body.type.results[0]);
  while (stacks.depth > 0) {
    const instruction = readInstructionAt(cursor);
    stacks.offset = instruction.offset;
    if (instruction.op.name === "loop" && ++loops > MAX_LOOPS) {
      cursor.fail("limit", `more than ${MAX_LOOPS} loops`, instruction.offset);
    }
    points.pass(instruction);
    check(instruction, context);
    height = Math.max(height, stacks.height);
    if (height > MAX_OPERANDS) cursor.fail("limit", `more than ${MAX_OPERANDS} operands at once`, instruction.offset);
  }
  if (cursor.left > 0) cursor.fail("malformed", `${cursor.left} bytes after the end of the body`);
  return { height, loops };
}

function check(instruction: Instruction, context: Context): void {
  const { op } = instruction;
  const { stacks } = context;
  if (op.width > 0 && 2 ** instruction.immediates[0] > op.width) {
    stacks.fail(`alignment 2^${instruction.immediates[0]} is above the ${op.width} bytes of ${op.name}`);
  }
  if (op.type !== undefined) {
    stacks.popAll(op.type.operands);
    stacks.pushResult(op.type.results[0]);
  } else if (op.immediates === "local" || op.immediates === "global") {
    checkVariable(instruction, context);
  } else {
    checkControl(instruction, context);
  }
}

function checkVariable({ op, immediates: [index] }: Instruction, { module, stacks, locals }: Context): void {
  const isLocal = op.immediates === "local";
  const global = isLocal ? undefined : module.globals[index];
  const type = (isLocal ? locals[index] : global?.type) ?? stacks.fail(`${op.immediates} ${index} does not exist`);
  if (op.name === "global.set" && global?.isMutable === false) stacks.fail(`global ${index} is immutable`);
  if (op.name !== "local.get" && op.name !== "global.get") stacks.pop(type);
  if (op.name !== "local.set" && op.name !== "global.set") stacks.push(type);
}

type Rule = (instruction: Instruction, context: Context) => void;

/** The instructions whose operands and results depend on more than the opcode. */
const CONTROL: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["unreachable", (_, { stacks }) => stacks.leave()],
  ["block", (instruction, context) => openBlock("block", instruction, context)],
  ["loop", (instruction, context) => openBlock("loop", instruction, context)],
  ["if", checkIf],
  ["else", checkElse],
  ["end", checkEnd],
  ["br", checkBranch],
  ["br_if", checkConditionalBranch],
  ["br_table", checkTargets],
  ["return", checkReturn],
  ["call", checkCall],
  ["call_indirect", checkIndirectCall],
  ["drop", (_, { stacks }) => void stacks.popAny()],
  ["select", checkSelect],
]);

function checkControl(instruction: Instruction, context: Context): void {
  const rule = CONTROL.get(instruction.op.name);
  if (rule === undefined) throw new Error(`no rule for ${instruction.op.name}`);
  rule(instruction, context);
}

function checkIf(instruction: Instruction, context: Context): void {
  context.stacks.pop("i32");
  openBlock("if", instruction, context);
}

function openBlock(
  kind: "block" | "loop" | "if",
  { immediates, offset }: Instruction,
  { cursor, stacks }: Context,
): void {
  if (stacks.depth >= MAX_NESTING) cursor.fail("limit", `more than ${MAX_NESTING} nested blocks`, offset);
  stacks.open(kind, VALUE_TYPES.get(immediates[0]));
}

function checkElse({ offset }: Instruction, { cursor, stacks }: Context): void {
  if (stacks.top.kind !== "if") cursor.fail("malformed", `else in a ${stacks.top.kind}; expected an if`, offset);
  const { result } = stacks.close();
  stacks.open("else", result);
}

function checkEnd(_: Instruction, { stacks }: Context): void {
  const { kind, result } = stacks.close();
  if (kind === "if" && result !== undefined) stacks.fail(`an if without else has no result; expected ${result}`);
  stacks.pushResult(result);
}

function checkBranch({ immediates: [label] }: Instruction, { stacks }: Context): void {
  stacks.popResult(stacks.label(label));
  stacks.leave();
}

function checkConditionalBranch({ immediates: [label] }: Instruction, { stacks }: Context): void {
  stacks.pop("i32");
  const value = stacks.label(label);
  stacks.popResult(value);
  stacks.pushResult(value);
}

function checkReturn(_: Instruction, { body, stacks }: Context): void {
  stacks.popResult(body.type.results[0]);
  stacks.leave();
}

/** One operand must match all targets. An unknown operand matches any type. Req: RUNTIME-MODULE-028. */
function checkTargets({ immediates }: Instruction, { stacks }: Context): void {
  stacks.pop("i32");
  const value = stacks.label(immediates[immediates.length - 1]);
  const operand: OperandType | undefined = value === undefined ? undefined : stacks.pop(value);
  for (const target of immediates) {
    const type = stacks.label(target);
    if ((type === undefined) !== (value === undefined))
      stacks.fail(`label ${target} takes another number of values than the default`);
    if (operand !== "unknown" && type !== value) stacks.fail(`label ${target} takes another type than the default`);
  }
  stacks.leave();
}

function checkCall({ immediates: [index] }: Instruction, { module, stacks }: Context): void {
  const type = functionType(module, index) ?? stacks.fail(`function ${index} does not exist`);
  stacks.popAll(type.params);
  stacks.pushResult(type.results[0]);
}

function checkIndirectCall({ immediates: [index] }: Instruction, { module, stacks }: Context): void {
  if (module.table === undefined) stacks.fail("the module has no table");
  const type = module.types[index] ?? stacks.fail(`type ${index} does not exist`);
  stacks.pop("i32");
  stacks.popAll(type.params);
  stacks.pushResult(type.results[0]);
}

function checkSelect(_: Instruction, { stacks }: Context): void {
  stacks.pop("i32");
  const second = stacks.popAny();
  const first = stacks.popAny();
  if (first !== second && first !== "unknown" && second !== "unknown") stacks.fail(`select of ${first} and ${second}`);
  stacks.push(first === "unknown" ? second : first);
}
