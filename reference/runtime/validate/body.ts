/**
 * Checks the types of one body by the algorithm in the appendix of the WebAssembly standard.
 *
 * Req: RUNTIME-MODULE-004, RUNTIME-MODULE-005, RUNTIME-MODULE-007.
 */
import { Cursor } from "../decode/cursor.ts";
import { type Instruction, readInstructionAt, VALUE_TYPES } from "../instructions.ts";
import { MAX_LOOPS, MAX_NESTING, MAX_OPERANDS } from "../limits.ts";
import { type FunctionBody, functionType, type Module, type ValueType } from "../module.ts";
import { ChargePoints } from "./charge-points.ts";
import { type OperandType, Stacks } from "./operands.ts";

export interface CheckedBody {
  /** Of the operand stack at its highest, looked at after each instruction. */
  readonly height: number;
  readonly loops: number;
}

/** What is known while a body is checked. */
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
 * Errors: ModuleError: malformed and forbidden instructions, type, limit.
 * Cost:   linear in the body. No step depends on how deep blocks are nested, nor on a type that is not a call's.
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
    stacks.at = instruction.at;
    if (instruction.op.name === "loop" && ++loops > MAX_LOOPS) {
      cursor.fail("limit", `more than ${MAX_LOOPS} loops`, instruction.at);
    }
    points.pass(instruction);
    check(instruction, context);
    height = Math.max(height, stacks.height);
    if (height > MAX_OPERANDS) cursor.fail("limit", `more than ${MAX_OPERANDS} operands at once`, instruction.at);
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
  const type = (isLocal ? locals[index] : global?.type) ?? stacks.fail(`there is no ${op.immediates} ${index}`);
  if (op.name === "global.set" && global?.isMutable === false) stacks.fail(`global ${index} is immutable`);
  if (op.name !== "local.get" && op.name !== "global.get") stacks.pop(type);
  if (op.name !== "local.set" && op.name !== "global.set") stacks.push(type);
}

type Rule = (instruction: Instruction, context: Context) => void;

/** The instructions whose operands and results depend on what is around them. */
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
  if (rule === undefined) throw new Error(`${instruction.op.name} has no rule`);
  rule(instruction, context);
}

function checkIf(instruction: Instruction, context: Context): void {
  context.stacks.pop("i32");
  openBlock("if", instruction, context);
}

function openBlock(kind: "block" | "loop" | "if", { immediates, at }: Instruction, { cursor, stacks }: Context): void {
  if (stacks.depth >= MAX_NESTING) cursor.fail("limit", `more than ${MAX_NESTING} blocks within each other`, at);
  stacks.open(kind, VALUE_TYPES.get(immediates[0]));
}

function checkElse({ at }: Instruction, { cursor, stacks }: Context): void {
  if (stacks.top.kind !== "if") cursor.fail("malformed", `else in a ${stacks.top.kind}`, at);
  const { result } = stacks.close();
  stacks.open("else", result);
}

function checkEnd(_: Instruction, { stacks }: Context): void {
  const { kind, result } = stacks.close();
  if (kind === "if" && result !== undefined) stacks.fail("an if without else results in nothing");
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

/** One operand fits all targets: those that take a value take it, and an unknown one is of any of their types. */
function checkTargets({ immediates }: Instruction, { stacks }: Context): void {
  stacks.pop("i32");
  const value = stacks.label(immediates[immediates.length - 1]);
  const operand: OperandType | undefined = value === undefined ? undefined : stacks.pop(value);
  for (const target of immediates) {
    const type = stacks.label(target);
    if ((type === undefined) !== (value === undefined)) stacks.fail(`label ${target} takes another number of values`);
    if (operand !== "unknown" && type !== value) stacks.fail(`label ${target} takes another type than the default`);
  }
  stacks.leave();
}

function checkCall({ immediates: [index] }: Instruction, { module, stacks }: Context): void {
  const type = functionType(module, index) ?? stacks.fail(`there is no function ${index}`);
  stacks.popAll(type.params);
  stacks.pushResult(type.results[0]);
}

function checkIndirectCall({ immediates: [index] }: Instruction, { module, stacks }: Context): void {
  if (module.table === undefined) stacks.fail("there is no table");
  const type = module.types[index] ?? stacks.fail(`there is no type ${index}`);
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
