/** Writes a module's bytes from its parts, whether they are valid or not. */
import { type ImmediateKind, OPCODES } from "../../../../reference/runtime/instructions.ts";
import type {
  DataSegment,
  ElementSegment,
  ExportDefinition,
  FunctionType,
  GlobalDefinition,
  Limits,
  ValueType,
} from "../../../../reference/runtime/module.ts";

/** An instruction, its immediates as `Instruction` has them. */
export interface Token {
  readonly name: string;
  readonly immediates: readonly number[];
  readonly wide: bigint;
}

export interface ImportPart {
  readonly module: string;
  readonly name: string;
  /** Index of the type. */
  readonly type: number;
}

export interface FunctionPart {
  /** Index of the type. */
  readonly type: number;
  readonly locals: readonly ValueType[];
  /** The last `end` included. */
  readonly code: readonly Token[];
}

export type ExportPart = Omit<ExportDefinition, "at">;
export type ElementPart = Omit<ElementSegment, "at">;
export type DataPart = Omit<DataSegment, "at">;

export interface ModuleParts {
  readonly types: readonly FunctionType[];
  readonly imports: readonly ImportPart[];
  readonly functions: readonly FunctionPart[];
  readonly table: Limits | undefined;
  readonly memory: Limits | undefined;
  readonly globals: readonly GlobalDefinition[];
  readonly exports: readonly ExportPart[];
  readonly elements: readonly ElementPart[];
  readonly data: readonly DataPart[];
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const VALUE_TYPE: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e };
const KIND: Readonly<Record<ExportDefinition["kind"], number>> = { function: 0, table: 1, memory: 2, global: 3 };
const FUNCTION_TYPE = 0x60;
const FUNCTION_REFERENCE = 0x70;

const TEXT = new TextEncoder();

/** An instruction of a body. */
export function token(name: string, ...immediates: readonly number[]): Token {
  return { name, immediates, wide: 0n };
}

/** A constant. */
export function constant(type: ValueType, value: bigint): Token {
  if (type === "i32") return token("i32.const", Number(BigInt.asIntN(32, value)));
  return { name: "i64.const", immediates: [], wide: BigInt.asIntN(64, value) };
}

export function encodeModule(parts: ModuleParts): Uint8Array {
  const { types, imports, functions, table, memory, globals, exports, elements, data } = parts;
  return Uint8Array.from([
    ...HEADER,
    ...section(1, types.map(functionType)),
    ...section(
      2,
      imports.map(({ module, name, type }) => [...text(module), ...text(name), 0x00, ...unsigned(type)]),
    ),
    ...section(
      3,
      functions.map(({ type }) => unsigned(type)),
    ),
    ...section(4, table === undefined ? [] : [[FUNCTION_REFERENCE, ...limits(table)]]),
    ...section(5, memory === undefined ? [] : [limits(memory)]),
    ...section(6, globals.map(global)),
    ...section(
      7,
      exports.map(({ name, kind, index }) => [...text(name), KIND[kind], ...unsigned(index)]),
    ),
    ...section(
      9,
      elements.map(({ offset, functions: indices }) => [0x00, ...place(offset), ...vector(indices.map(unsigned))]),
    ),
    ...section(10, functions.map(body)),
    ...section(
      11,
      data.map(({ offset, bytes }) => [0x00, ...place(offset), ...unsigned(bytes.length), ...bytes]),
    ),
  ]);
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  return items.length === 0 ? [] : [id, ...sized(vector(items))];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function text(value: string): number[] {
  return sized([...TEXT.encode(value)]);
}

function functionType({ params, results }: FunctionType): number[] {
  const list = (types: readonly ValueType[]): number[] => vector(types.map((type) => [VALUE_TYPE[type]]));
  return [FUNCTION_TYPE, ...list(params), ...list(results)];
}

function limits({ min, max }: Limits): number[] {
  return max === undefined ? [0x00, ...unsigned(min)] : [0x01, ...unsigned(min), ...unsigned(max)];
}

function global({ type, isMutable, init }: GlobalDefinition): number[] {
  return [VALUE_TYPE[type], Number(isMutable), ...instruction(constant(type, init)), ...instruction(token("end"))];
}

/** Where a segment goes to, as a constant expression. */
function place(offset: number): number[] {
  return [...instruction(constant("i32", BigInt(offset))), ...instruction(token("end"))];
}

function body({ locals, code }: FunctionPart): number[] {
  return sized([...vector(localGroups(locals)), ...code.flatMap(instruction)]);
}

/** Neighbours of one type are one group. */
function localGroups(locals: readonly ValueType[]): number[][] {
  const groups: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = groups.at(-1);
    if (last?.type === type) last.count++;
    else groups.push({ type, count: 1 });
  }
  return groups.map(({ type, count }) => [...unsigned(count), VALUE_TYPE[type]]);
}

function instruction({ name, immediates, wide }: Token): number[] {
  const opcode = OPCODES.get(name);
  if (opcode === undefined) throw new Error(`there is no instruction ${name}`);
  const { code } = opcode;
  const opcodeBytes = code < 0x100 ? [code] : [code >>> 16, ...unsigned(code & 0xffff)];
  return [...opcodeBytes, ...immediateBytes(opcode.immediates, immediates, wide)];
}

function immediateBytes(kind: ImmediateKind, immediates: readonly number[], wide: bigint): number[] {
  switch (kind) {
    case "i32":
      return signed(BigInt(immediates[0]));
    case "i64":
      return signed(wide);
    case "labels":
      return [...unsigned(immediates.length - 1), ...immediates.flatMap(unsigned)];
    case "indirect":
      return [...unsigned(immediates[0]), 0x00];
    case "memory":
      return [0x00];
    case "memories":
      return [0x00, 0x00];
    case "block":
      return [immediates[0]];
    default:
      return immediates.flatMap(unsigned);
  }
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64n || rest > 63n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest & 0x7fn)];
}
