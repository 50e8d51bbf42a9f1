/** Parts of the cases about children: addresses, and calls of functions with known charges. */
import type { HostCase } from "../host/cases.ts";
import { assembleProgram, type Code, host, hostWithCharges, log, type Program } from "../host/program.ts";

/** The addresses of names, arguments, answers and the code of children, in the environment. */
export const [NAMES, ARGUMENT, ANSWER, CODE] = [0x100, 0x200, 0x300, 0x1000];

export const ascii = (text: string): string => Buffer.from(text, "utf8").toString("hex");

/** The address and the length of a name. */
export interface Name {
  readonly address: number;
  readonly length: number;
}

/** The names of a program in one data segment, and the address of each. */
export function namesAt(
  address: number,
  names: readonly string[],
): { data: [number, string]; of: (name: string) => Name } {
  const joined = names.join("");
  return {
    data: [address, ascii(joined)],
    of: (name) => ({ address: address + joined.indexOf(name), length: name.length }),
  };
}

type Charges = Code["charges"];

export function loadChild(slot: number, child: Program, address: number = CODE): Code {
  return hostWithCharges({ gas: child.instantiation }, "eth2.loadModule", slot, address, child.code.length);
}

/** The ranges of the argument and of the return area, as address and length. */
export interface Passed {
  readonly arg?: readonly [number, number];
  readonly ret?: readonly [number, number];
}

/** Input: `inner` are the charges of the called function. */
export function callModule(slot: number, { address, length }: Name, inner: Charges, passed: Passed = {}): Code {
  const { arg = [0, 0], ret = [0, 0] } = passed;
  return hostWithCharges({ inner }, "eth2.callModule", slot, address, length, ...arg, ...ret);
}

export function callEnvironment({ address, length }: Name, inner: Charges, passed: Passed = {}): Code {
  const { arg = [0, 0], ret = [0, 0] } = passed;
  return hostWithCharges({ inner }, "eth2.call", address, length, ...arg, ...ret);
}

/** The charges of a body. */
export function chargesOf(body: readonly Code[]): Charges {
  return body.flatMap(({ charges }) => charges);
}

/** An environment that loads one child into slot 3 and then runs `main`. */
export interface OneChild {
  readonly id: string;
  readonly about: string;
  readonly names: readonly string[];
  readonly child: Readonly<Record<string, readonly Code[]>>;
  readonly data?: readonly (readonly [number, string])[];
  readonly main: (nameOf: ReturnType<typeof namesAt>["of"]) => readonly Code[];
  readonly functions?: Readonly<Record<string, readonly Code[]>>;
  readonly flags?: readonly string[];
  readonly expect: HostCase["expect"];
}

export async function oneChild({
  id,
  about,
  names,
  child,
  data = [],
  main,
  functions = {},
  flags,
  expect,
}: OneChild): Promise<HostCase> {
  const program = await assembleProgram({ functions: child, data: [[NAMES, ascii("g")]] });
  const named = namesAt(NAMES, names);
  return {
    id,
    about,
    data: [named.data, ...data, [CODE, program.hex]],
    main: [loadChild(3, program), ...main(named.of)],
    functions,
    ...(flags === undefined ? {} : { flags }),
    expect,
  };
}

/** Copies the argument to address 64 and returns `length` bytes from there. */
export const echo = (length: number): readonly Code[] => [
  log(host("eth2.argument", 64, length)),
  host("eth2.return", 64, length),
];
