/**
 * The instructions of the profile as data, and those of WebAssembly that are forbidden. All other opcodes are malformed.
 *
 * Req: RUNTIME-MODULE-019, RUNTIME-MODULE-020, RUNTIME-MODULE-021.
 */
import { Cursor } from "./decode/cursor.ts";
import { MAX_BRANCH_TARGETS } from "./limits.ts";
import type { ValueType } from "./module.ts";

/** The immediates, which follow the opcode in the bytes. */
export type ImmediateKind =
  | "none"
  | "block" // a type: nothing or one value
  | "label"
  | "labels" // the number of targets, the targets, the default
  | "function"
  | "indirect" // a type and the table
  | "local"
  | "global"
  | "address" // alignment and offset
  | "memory"
  | "memories" // destination and source
  | "i32"
  | "i64";

export interface Opcode {
  /** The byte; for instructions with a prefix, prefix × 65 536 + the number after it. */
  readonly code: number;
  /** In the text format. */
  readonly name: string;
  readonly immediates: ImmediateKind;
  /** Operands and results, the last operand on top. Undefined if they depend on more than the opcode. */
  readonly type: { readonly operands: readonly ValueType[]; readonly results: readonly ValueType[] } | undefined;
  /** Number of bytes that a load or store accesses; 0 for all others. */
  readonly width: number;
}

/** Every instruction of the profile, by its name. */
export const OPCODES: ReadonlyMap<string, Opcode> = new Map(
  [
    // Control
    instruction(0x00, "unreachable"),
    instruction(0x01, "nop", "none", ">"),
    instruction(0x02, "block", "block"),
    instruction(0x03, "loop", "block"),
    instruction(0x04, "if", "block"),
    instruction(0x05, "else"),
    instruction(0x0b, "end"),
    instruction(0x0c, "br", "label"),
    instruction(0x0d, "br_if", "label"),
    instruction(0x0e, "br_table", "labels"),
    instruction(0x0f, "return"),
    instruction(0x10, "call", "function"),
    instruction(0x11, "call_indirect", "indirect"),
    // Operands and variables
    instruction(0x1a, "drop"),
    instruction(0x1b, "select"),
    instruction(0x20, "local.get", "local"),
    instruction(0x21, "local.set", "local"),
    instruction(0x22, "local.tee", "local"),
    instruction(0x23, "global.get", "global"),
    instruction(0x24, "global.set", "global"),
    // Memory
    access(0x28, "i32.load", 4, "i32 > i32"),
    access(0x29, "i64.load", 8, "i32 > i64"),
    access(0x2c, "i32.load8_s", 1, "i32 > i32"),
    access(0x2d, "i32.load8_u", 1, "i32 > i32"),
    access(0x2e, "i32.load16_s", 2, "i32 > i32"),
    access(0x2f, "i32.load16_u", 2, "i32 > i32"),
    access(0x30, "i64.load8_s", 1, "i32 > i64"),
    access(0x31, "i64.load8_u", 1, "i32 > i64"),
    access(0x32, "i64.load16_s", 2, "i32 > i64"),
    access(0x33, "i64.load16_u", 2, "i32 > i64"),
    access(0x34, "i64.load32_s", 4, "i32 > i64"),
    access(0x35, "i64.load32_u", 4, "i32 > i64"),
    access(0x36, "i32.store", 4, "i32 i32 >"),
    access(0x37, "i64.store", 8, "i32 i64 >"),
    access(0x3a, "i32.store8", 1, "i32 i32 >"),
    access(0x3b, "i32.store16", 2, "i32 i32 >"),
    access(0x3c, "i64.store8", 1, "i32 i64 >"),
    access(0x3d, "i64.store16", 2, "i32 i64 >"),
    access(0x3e, "i64.store32", 4, "i32 i64 >"),
    instruction(0x3f, "memory.size", "memory", "> i32"),
    instruction(0x40, "memory.grow", "memory", "i32 > i32"),
    instruction(0xfc000a, "memory.copy", "memories", "i32 i32 i32 >"),
    instruction(0xfc000b, "memory.fill", "memory", "i32 i32 i32 >"),
    // Numbers
    instruction(0x41, "i32.const", "i32", "> i32"),
    instruction(0x42, "i64.const", "i64", "> i64"),
    instruction(0x45, "i32.eqz", "none", "i32 > i32"),
    ...inOrder(0x46, "i32", comparisons(), "i32 i32 > i32"),
    instruction(0x50, "i64.eqz", "none", "i64 > i32"),
    ...inOrder(0x51, "i64", comparisons(), "i64 i64 > i32"),
    ...inOrder(0x67, "i32", ["clz", "ctz", "popcnt"], "i32 > i32"),
    ...inOrder(0x6a, "i32", arithmetic(), "i32 i32 > i32"),
    ...inOrder(0x79, "i64", ["clz", "ctz", "popcnt"], "i64 > i64"),
    ...inOrder(0x7c, "i64", arithmetic(), "i64 i64 > i64"),
    instruction(0xa7, "i32.wrap_i64", "none", "i64 > i32"),
    ...inOrder(0xac, "i64", ["extend_i32_s", "extend_i32_u"], "i32 > i64"),
    ...inOrder(0xc0, "i32", ["extend8_s", "extend16_s"], "i32 > i32"),
    ...inOrder(0xc2, "i64", ["extend8_s", "extend16_s", "extend32_s"], "i64 > i64"),
  ].map((opcode) => [opcode.name, opcode]),
);

/** A range of opcodes, and the part of WebAssembly that they belong to. */
type Forbidden = readonly [first: number, last: number, part: string];

const FORBIDDEN: readonly Forbidden[] = [
  [0x06, 0x0a, "exceptions"],
  [0x12, 0x13, "tail calls"],
  [0x14, 0x15, "typed references"],
  [0x18, 0x19, "exceptions"],
  [0x1c, 0x1c, "references"],
  [0x1f, 0x1f, "exceptions"],
  [0x25, 0x26, "table instructions"],
  [0x2a, 0x2b, "floating point"],
  [0x38, 0x39, "floating point"],
  [0x43, 0x44, "floating point"],
  [0x5b, 0x66, "floating point"],
  [0x8b, 0xa6, "floating point"],
  [0xa8, 0xab, "floating point"],
  [0xae, 0xbf, "floating point"],
  [0xd0, 0xd6, "references"],
  [0xfb0000, 0xfb001e, "garbage collection"],
  [0xfc0000, 0xfc0007, "floating point"],
  [0xfc0008, 0xfc0009, "passive segments"],
  [0xfc000c, 0xfc0011, "table instructions"],
  ...vectors(),
  [0xfe0000, 0xfe0003, "atomics"],
  [0xfe0010, 0xfe004e, "atomics"],
];

const FIRST_PREFIX = 0xfb;
const LAST_PREFIX = 0xfe;

const BY_CODE: ReadonlyMap<number, Opcode> = new Map([...OPCODES.values()].map((opcode) => [opcode.code, opcode]));

const BY_BYTE: readonly (Opcode | undefined)[] = Array.from({ length: 256 }, (_, code) => BY_CODE.get(code));

/** Returns undefined if no instruction of the profile has this code. */
export function opcodeOf(code: number): Opcode | undefined {
  return code < 256 ? BY_BYTE[code] : BY_CODE.get(code);
}

/** Returns the part of WebAssembly that a forbidden opcode belongs to, and undefined for every other code. */
export function forbiddenPart(code: number): string | undefined {
  return FORBIDDEN.find(([first, last]) => first <= code && code <= last)?.[2];
}

/** A decoded instruction. Offsets are those in the module's bytes. */
export interface Instruction {
  readonly op: Opcode;
  /** Of its opcode. */
  readonly offset: number;
  /** Offset of the next instruction. */
  readonly next: number;
  /**
   * The immediates in the order of the bytes. An i32 constant is signed, and an i64 constant is in `wide`. The type of a block is
   * `NO_VALUE` or the byte of the value's type. `labels` are the targets without their number, the default last.
   */
  readonly immediates: readonly number[];
  /** The constant of `i64.const`, signed; 0 for all others. */
  readonly wide: bigint;
}

/** The byte of the type of a block without a result. */
export const NO_VALUE = 0x40;

/** The types of values, by their byte. */
export const VALUE_TYPES: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
]);

const NO_IMMEDIATES: readonly number[] = [];

/**
 * Reads the instruction at `offset`.
 *
 * Errors: ModuleError: malformed, forbidden, limit.
 * Cost:   linear in the bytes of the instruction.
 */
export function readInstruction(bytes: Uint8Array, offset: number): Instruction {
  return readInstructionAt(new Cursor(bytes, offset, bytes.length, "code"));
}

/** Reads the next instruction and advances the cursor. Errors: ModuleError: malformed, forbidden, limit. */
export function readInstructionAt(cursor: Cursor): Instruction {
  const offset = cursor.at;
  const op = readOpcode(cursor);
  const wide = op.immediates === "i64" ? cursor.s64("constant") : 0n;
  const immediates = readImmediates(op.immediates, cursor, offset);
  return { op, offset, next: cursor.at, immediates, wide };
}

function readOpcode(cursor: Cursor): Opcode {
  const offset = cursor.at;
  const first = cursor.byte("instruction");
  const hasMore = FIRST_PREFIX <= first && first <= LAST_PREFIX;
  const second = hasMore ? cursor.u32("opcode") : 0;
  const code = hasMore ? first * 65_536 + second : first;
  const op = second < 65_536 ? opcodeOf(code) : undefined;
  if (op !== undefined) return op;
  const name = hasMore ? `0x${first.toString(16)} ${second}` : `0x${first.toString(16).padStart(2, "0")}`;
  const part = second < 65_536 ? forbiddenPart(code) : undefined;
  if (part !== undefined) return cursor.fail("forbidden", `opcode ${name}: ${part}`, offset);
  return cursor.fail("malformed", `opcode ${name} is unknown`, offset);
}

/** A fault that the profile, and not the binary format, forbids is reported at the offset of the instruction. Req: RUNTIME-MODULE-016. */
function readImmediates(kind: ImmediateKind, cursor: Cursor, offset: number): readonly number[] {
  switch (kind) {
    case "none":
    case "i64":
      return NO_IMMEDIATES;
    case "block":
      return [readBlockType(cursor, offset)];
    case "label":
    case "function":
    case "local":
    case "global":
      return [cursor.u32(`index of the ${kind}`)];
    case "labels":
      return readTargets(cursor, offset);
    case "indirect":
      return [cursor.u32("index of the type"), readTable(cursor, offset)];
    case "address":
      return [readAlignment(cursor, offset), cursor.u32("offset")];
    case "memory":
      return [readMemory(cursor, offset)];
    case "memories":
      return [readMemory(cursor, offset), readMemory(cursor, offset)];
    case "i32":
      return [cursor.s32("constant")];
  }
}

function readTargets(cursor: Cursor, offset: number): number[] {
  const count = cursor.count("targets");
  if (count > MAX_BRANCH_TARGETS) cursor.fail("limit", `${count} targets are more than ${MAX_BRANCH_TARGETS}`, offset);
  const targets = new Array<number>(count + 1);
  for (let index = 0; index <= count; index++) targets[index] = cursor.u32("index of the label");
  return targets;
}

/** A module has at most one table. Linkers write its index in the longest form. Req: RUNTIME-MODULE-024. */
function readTable(cursor: Cursor, offset: number): number {
  if (cursor.u32("index of the table") !== 0) cursor.fail("forbidden", "an index of another table than 0", offset);
  return 0;
}

/** A module has one memory, whose index is a zero byte. */
function readMemory(cursor: Cursor, offset: number): number {
  if (cursor.byte("index of the memory") !== 0) cursor.fail("forbidden", "an explicit index of a memory", offset);
  return 0;
}

/** Reads an exponent of two. If its bit 6 is set, the index of a memory follows. */
function readAlignment(cursor: Cursor, offset: number): number {
  const start = cursor.at;
  const alignment = cursor.u32("alignment");
  if (alignment >= 128) cursor.fail("malformed", `alignment 2^${alignment}`, start);
  if (alignment >= 64) cursor.fail("forbidden", "an explicit index of a memory", offset);
  return alignment;
}

/** Longest signed integer of 33 bits, in bytes. */
const INDEX_BYTES = 5;

function readBlockType(cursor: Cursor, offset: number): number {
  const start = cursor.at;
  const byte = cursor.byte("type of the block");
  if (byte === NO_VALUE || VALUE_TYPES.has(byte)) return byte;
  if (isForbiddenValueType(byte)) cursor.fail("forbidden", `type of the block: ${valueTypeName(byte)}`, offset);
  cursor.at = start;
  const index = cursor.s64("type of the block");
  if (cursor.at - start > INDEX_BYTES) cursor.fail("malformed", "type of the block: more than 33 bits", start);
  if (index < 0n || index >= 2n ** 32n) cursor.fail("malformed", `type of the block: ${index}`, start);
  return cursor.fail("forbidden", `type of the block: index ${index}`, offset);
}

/** Whether a type of values is outside of the profile: floating point, vectors, references. */
export function isForbiddenValueType(byte: number): boolean {
  return (0x69 <= byte && byte <= 0x7d && byte !== 0x77 && byte !== 0x78) || byte === 0x63 || byte === 0x64;
}

/** Names of common types, for messages. */
const FORBIDDEN_NAMES: ReadonlyMap<number, string> = new Map([
  [0x7d, "f32"],
  [0x7c, "f64"],
  [0x7b, "v128"],
  [0x70, "funcref"],
  [0x6f, "externref"],
]);

/** Name or byte of a type outside of the profile, for messages. */
export function valueTypeName(byte: number): string {
  return FORBIDDEN_NAMES.get(byte) ?? `0x${byte.toString(16)}`;
}

/** `type` is operands `>` results. It is undefined if they depend on more than the opcode. */
function instruction(code: number, name: string, immediates: ImmediateKind = "none", type?: string, width = 0): Opcode {
  if (type === undefined) return { code, name, immediates, type, width };
  const [operands, results] = type.split(">").map((side) => side.split(" ").filter((word) => word !== ""));
  return { code, name, immediates, type: { operands, results } as Opcode["type"], width };
}

function access(code: number, name: string, width: number, type: string): Opcode {
  return instruction(code, name, "address", type, width);
}

/** Instructions with consecutive codes. */
function inOrder(first: number, prefix: string, names: readonly string[], type: string): Opcode[] {
  return names.map((name, index) => instruction(first + index, `${prefix}.${name}`, "none", type));
}

function comparisons(): string[] {
  return ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"];
}

function arithmetic(): string[] {
  const bitwise = ["and", "or", "xor", "shl", "shr_s", "shr_u", "rotl", "rotr"];
  return ["add", "sub", "mul", "div_s", "div_u", "rem_s", "rem_u", ...bitwise];
}

/** Numbers 0 to 0xff without some gaps are vector instructions; the relaxed ones follow. */
function vectors(): Forbidden[] {
  const missing = [
    0x9a, 0xa2, 0xa5, 0xa6, 0xaf, 0xb0, 0xb2, 0xb3, 0xb4, 0xbb, 0xc2, 0xc5, 0xc6, 0xcf, 0xd0, 0xd2, 0xd3, 0xd4, 0xe2,
    0xee, 0x114,
  ];
  return missing.map((gap, index) => {
    const first = index === 0 ? 0 : missing[index - 1] + 1;
    return [0xfd0000 + first, 0xfd0000 + gap - 1, "vectors"];
  });
}
