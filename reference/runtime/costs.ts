/**
 * The costs as data: the table of docs/spec/gas.md. A program that stores instrumented code stores the version with it.
 *
 * Req: RUNTIME-METER-037.
 */

export interface CostTable {
  readonly version: number;
  /** By the name of the instruction in the text format. */
  readonly instructions: ReadonlyMap<string, number>;
  readonly local: number;
  readonly memoryByte: number;
  readonly memoryPage: number;
  readonly moduleByte: number;
  readonly moduleFunction: number;
  readonly segmentByte: number;
  readonly segmentElement: number;
  readonly hostBase: number;
  readonly hostByte: number;
}

export const COSTS: CostTable = {
  version: 1,
  instructions: new Map([
    ...each(0, ["block", "loop", "end", "else", "nop"]),
    ...each(1, ["unreachable", "return", "drop", "select", "memory.size"]),
    ...each(1, ["local.get", "local.set", "local.tee", "global.get", "global.set"]),
    ...each(1, ofBoth(["const", "eqz", "eq", "ne"])),
    ...each(1, ofBoth(["lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"])),
    ...each(1, ofBoth(["add", "sub", "and", "or", "xor", "clz", "ctz", "popcnt"])),
    ...each(1, ofBoth(["shl", "shr_s", "shr_u", "rotl", "rotr"])),
    ...each(1, ["i32.wrap_i64", "i64.extend_i32_s", "i64.extend_i32_u"]),
    ...each(1, ofBoth(["extend8_s", "extend16_s"])),
    ...each(1, ["i64.extend32_s"]),
    ...each(2, ofBoth(["mul"])),
    ...each(8, ofBoth(["div_s", "div_u", "rem_s", "rem_u"])),
    ...each(2, ["if", "br", "br_if"]),
    ...each(4, ["br_table"]),
    ...each(3, ofBoth(["load", "load8_s", "load8_u", "load16_s", "load16_u"])),
    ...each(3, ["i64.load32_s", "i64.load32_u"]),
    ...each(3, ofBoth(["store", "store8", "store16"])),
    ...each(3, ["i64.store32"]),
    ...each(8, ["call"]),
    ...each(12, ["call_indirect"]),
    ...each(16, ["memory.grow"]),
    ...each(8, ["memory.copy", "memory.fill"]),
  ]),
  local: 1,
  memoryByte: 1,
  memoryPage: 4096,
  moduleByte: 2,
  moduleFunction: 64,
  segmentByte: 1,
  segmentElement: 4,
  hostBase: 64,
  hostByte: 1,
};

function each(cost: number, names: readonly string[]): (readonly [string, number])[] {
  return names.map((name) => [name, cost]);
}

function ofBoth(names: readonly string[]): string[] {
  return ["i32", "i64"].flatMap((type) => names.map((name) => `${type}.${name}`));
}
