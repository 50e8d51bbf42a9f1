/**
 * Programs without branches, written as calls of host functions: their text and their charges.
 * The charges are computed only from the numbers in docs/spec/gas.md and docs/spec/host-functions.md.
 */
import { HOST_FUNCTIONS } from "../../../../reference/runtime/host/table.ts";
import { assemble } from "../../kit/wat.ts";

const CONST = 1;
const DROP = 1;
const ADD = 1;
const ACCESS = 3;
const CALL = 8;
const MODULE_BYTE = 2;
const MODULE_FUNCTION = 64;
const PAGE = 4096;
const SEGMENT_BYTE = 1;
const SEGMENT_ELEMENT = 4;
const HOST_BASE = 64;

/** A piece of code that leaves at most one value on the stack, and its charges in order. */
export interface Code {
  readonly text: string;
  readonly charges: readonly Charge[];
  /** The host functions that it calls, as `module.name`. */
  readonly imports: readonly string[];
  /** Its value, when it is known. */
  readonly constant?: number;
}

interface Charge {
  readonly gas: number;
  /** Whether a host function makes this charge: the function traps after it. */
  readonly isHost: boolean;
}

export function i32(value: number): Code {
  return {
    text: `(i32.const ${value | 0})`,
    charges: [{ gas: CONST, isHost: false }],
    imports: [],
    constant: value >>> 0,
  };
}

export function i64(value: bigint): Code {
  return { text: `(i64.const ${BigInt.asIntN(64, value)})`, charges: [{ gas: CONST, isHost: false }], imports: [] };
}

export type Argument = number | bigint | Code;

export function toCode(argument: Argument): Code {
  if (typeof argument === "number") return i32(argument);
  return typeof argument === "bigint" ? i64(argument) : argument;
}

/** The charge of a host function beyond base and bytes, and the charges of the code that it runs. */
export interface ExtraCharges {
  readonly gas?: number;
  readonly inner?: readonly Charge[];
}

/** A call of a host function, by the name under which it is imported. */
export function host(name: string, ...args: readonly Argument[]): Code {
  return hostWithCharges({}, name, ...args);
}

export function hostWithCharges(
  { gas = 0, inner = [] }: ExtraCharges,
  name: string,
  ...args: readonly Argument[]
): Code {
  const found = HOST_FUNCTIONS.find(({ names }) => names.includes(name));
  if (found === undefined) throw new Error(`there is no host function ${name}`);
  const codes = args.map(toCode);
  const bytes = found.bytes.map((count) => {
    if (typeof count === "number") return count;
    const { constant } = codes[found.parameters.findIndex((parameter) => parameter.name === count)];
    if (constant === undefined) throw new Error(`${name}: what ${count} is must be known`);
    return constant;
  });
  const paid = HOST_BASE * found.base + bytes.reduce((sum, count) => sum + count, 0);
  return {
    text: `(call $${name} ${codes.map(({ text }) => text).join(" ")})`.replace(" )", ")"),
    charges: [
      ...codes.flatMap(({ charges }) => charges),
      { gas: CALL, isHost: false },
      { gas: paid + gas, isHost: true },
      ...inner,
    ],
    imports: [...codes.flatMap(({ imports }) => imports), name],
  };
}

export function drop(code: Code): Code {
  return {
    ...code,
    text: `(drop ${code.text})`,
    charges: [...code.charges, { gas: DROP, isHost: false }],
  };
}

function access(text: string, ...codes: readonly Code[]): Code {
  return {
    text: `(${text} ${codes.map((code) => code.text).join(" ")})`,
    charges: [...codes.flatMap(({ charges }) => charges), { gas: ACCESS, isHost: false }],
    imports: codes.flatMap(({ imports }) => imports),
  };
}

export function load(address: number): Code {
  return access("i32.load", i32(address));
}

export function store(address: number, value: Argument): Code {
  return access("i32.store", i32(address), toCode(value));
}

export function add(a: Code, b: Code): Code {
  return {
    text: `(i32.add ${a.text} ${b.text})`,
    charges: [...a.charges, ...b.charges, { gas: ADD, isHost: false }],
    imports: [...a.imports, ...b.imports],
  };
}

/** Logs a number. */
export function log(value: Argument): Code {
  return host("debug.print32", value);
}

/** Logs bytes of memory. */
export function logMemory(address: number, length: number): Code {
  return host("debug.printMem", address, length);
}

export interface ProgramText {
  /** Exported functions. In an environment `main` is one of them. All except `main` return an i32. */
  readonly functions: Readonly<Record<string, readonly Code[]>>;
  readonly data?: readonly (readonly [address: number, hex: string])[];
  /** The initial and the maximum number of pages. */
  readonly memory?: readonly [number, number];
  /** Imports of libraries and their signatures, in the text format. */
  readonly others?: readonly string[];
  /** The number of elements of the segments in `others`. */
  readonly segmentElements?: number;
  /** The signatures of functions with another type, in the text format. */
  readonly signatures?: Readonly<Record<string, string>>;
  /** Host functions that are exported again: the name of the export, and the import. */
  readonly passedOn?: Readonly<Record<string, string>>;
}

export interface Program {
  readonly wat: string;
  readonly code: Uint8Array;
  readonly hex: string;
  /** The charge of its instantiation. */
  readonly instantiation: number;
  /** The charges of each function. */
  readonly charges: Readonly<Record<string, readonly Charge[]>>;
}

export async function assembleProgram(text: ProgramText): Promise<Program> {
  const {
    functions,
    data = [],
    memory: [least, most] = [1, 1],
    others = [],
    segmentElements = 0,
    signatures = {},
    passedOn = {},
  } = text;
  const called = Object.values(functions).flatMap((body) => body.flatMap((code) => code.imports));
  const imports = [...new Set([...called, ...Object.values(passedOn)])];
  const lines = [
    ...imports.map(importText),
    ...others,
    `(memory (export "memory") ${least} ${most})`,
    ...data.map(([address, hex]) => `(data (i32.const ${address}) "${hex.replace(/../g, "\\$&")}")`),
    ...Object.entries(functions).map(([name, body]) =>
      functionText(name, body, Object.hasOwn(signatures, name) ? signatures[name] : undefined),
    ),
    ...Object.entries(passedOn).map(([name, imported]) => `(export "${name}" (func $${imported}))`),
  ];
  const wat = `(module\n${lines.map((line) => `  ${line}\n`).join("")})\n`;
  const code = await assemble(wat);
  const dataBytes = data.reduce((sum, [, hex]) => sum + hex.length / 2, 0);
  return {
    wat,
    code,
    hex: Buffer.from(code).toString("hex"),
    instantiation:
      MODULE_BYTE * code.length +
      MODULE_FUNCTION * Object.keys(functions).length +
      PAGE * least +
      SEGMENT_BYTE * dataBytes +
      SEGMENT_ELEMENT * segmentElements,
    charges: Object.fromEntries(
      Object.entries(functions).map(([name, body]) => [name, body.flatMap(({ charges }) => charges)]),
    ),
  };
}

function importText(imported: string): string {
  const [module, name] = imported.split(".");
  const { parameters, type } = HOST_FUNCTIONS.find(({ names }) =>
    names.includes(imported),
  ) as (typeof HOST_FUNCTIONS)[0];
  const params = parameters.length === 0 ? "" : ` (param ${parameters.map((parameter) => parameter.type).join(" ")})`;
  const result = type.results.length === 0 ? "" : " (result i32)";
  return `(import "${module}" "${name}" (func $${imported}${params}${result}))`;
}

function functionText(name: string, body: readonly Code[], signature = name === "main" ? "" : "(result i32)"): string {
  const lines = body.map(({ text }) => `\n    ${text}`).join("");
  const identifier = /^\w+$/.test(name) ? ` $${name}` : "";
  return `(func${identifier} (export "${quoted(name)}")${signature === "" ? "" : ` ${signature}`}${lines})`;
}

/** A name in the text format, with bytes beyond ASCII escaped. */
function quoted(name: string): string {
  return [...Buffer.from(name)]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\${byte.toString(16)}`))
    .join("");
}

/** The sum of all charges. */
export function total(charges: readonly Charge[]): number {
  return charges.reduce((sum, { gas }) => sum + gas, 0);
}

/** The sum of the charges up to the last host function, which traps after its own charge. */
export function untilLastHost(charges: readonly Charge[]): number {
  return total(charges.slice(0, charges.findLastIndex(({ isHost }) => isHost) + 1));
}
