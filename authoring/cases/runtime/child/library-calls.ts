/** Vectors of calls into libraries: types, names, the table, memory, and calls from children. */

import { type HostCase, littleEndian, logged } from "../host/cases.ts";
import { assembleProgram, type Code, host, i32, i64, log } from "../host/program.ts";
import { ascii, CODE, callEnvironment, callModule, chargesOf, loadChild, NAMES } from "./cases.ts";

type Charges = Code["charges"];

const HOST_BASE = 64;
const CALL = 8;

const plain = (gas: number): Charges[number] => ({ gas, isHost: false });

/** A call of an import by its identifier; `inner` are the charges of the called function. */
function call(identifier: string, args: readonly Code[], inner: Charges): Code {
  return {
    text: `(call $${identifier} ${args.map(({ text }) => text).join(" ")})`.replace(" )", ")"),
    charges: [...chargesOf(args), plain(CALL), { gas: HOST_BASE, isHost: true }, ...inner],
    imports: args.flatMap(({ imports }) => imports),
  };
}

/** Code with this charge and without imports. */
const raw = (text: string, gas: number): Code => ({ text, charges: [plain(gas)], imports: [] });

function importOf(module: string, name: string, identifier: string, signature = "(result i32)"): string {
  return `(import "${module}" "${name}" (func $${identifier} ${signature}))`;
}

const log64 = (value: Code): Code => host("debug.print64", value);
const logged64 = (value: bigint): readonly [string, string] => ["debug.print64", littleEndian(value, 8)];

async function types(): Promise<HostCase> {
  const less = [raw("(i64.sub (local.get 0) (i64.extend_i32_u (local.get 1)))", 4)];
  const same = [raw("(local.get 0)", 1)];
  const program = await assembleProgram({
    functions: { less, same, nothing: [] },
    signatures: { less: "(param i64 i32) (result i64)", same: "(param i32) (result i32)", nothing: "" },
  });
  return {
    id: "types",
    about: "Functions of a library that take and return numbers of both widths, or nothing.",
    libraries: [{ name: "lib", program }],
    others: [
      importOf("lib", "less", "less", "(param i64 i32) (result i64)"),
      importOf("lib", "same", "same", "(param i32) (result i32)"),
      importOf("lib", "nothing", "nothing", ""),
    ],
    main: [
      log64(call("less", [i64(2n ** 63n), i32(1)], chargesOf(less))),
      log64(call("less", [i64(0n), i32(-1)], chargesOf(less))),
      log(call("same", [i32(-2)], chargesOf(same))),
      call("nothing", [], []),
    ],
    flags: ["library-calls"],
    expect: { log: [logged64(2n ** 63n - 1n), logged64(-(2n ** 32n - 1n)), ...logged(-2)] },
  };
}

/** Libraries and functions with names that a host may confuse with others. */
async function names(): Promise<HostCase[]> {
  const named = (name: string, value: number) => assembleProgram({ functions: { [name]: [i32(value)] } });
  const two = async (
    id: string,
    about: string,
    libraries: readonly (readonly [library: string, name: string])[],
  ): Promise<HostCase> => ({
    id,
    about,
    libraries: await Promise.all(
      libraries.map(async ([name, own], index) => ({ name, program: await named(own, index + 1) })),
    ),
    others: libraries.map(([name, own], index) => importOf(name, own, `f${index}`)),
    main: libraries.map((_, index) => log(call(`f${index}`, [], [plain(1)]))),
    flags: ["library-calls"],
    expect: { log: logged(...libraries.map((_, index) => index + 1)) },
  });
  return Promise.all([
    two("dots", "Two libraries whose names and functions read the same with a dot between.", [
      ["a", "b.c"],
      ["a.b", "c"],
    ]),
    two("of-objects", "Libraries and functions with names that objects have of themselves.", [
      ["__proto__", "__proto__"],
      ["constructor", "toString"],
      ["hasOwnProperty", "constructor"],
    ]),
    two("empty", "A library and a function whose names are empty.", [
      ["", ""],
      ["lib", "eth2.useTicks"],
    ]),
    two("of-hosts", "Names that begin like those of the host.", [
      ["eth2.", "useTicks"],
      ["environment", "eth2_useTicks"],
      ["memory", "f"],
    ]),
  ]);
}

async function ways(): Promise<HostCase[]> {
  const six = await assembleProgram({ functions: { f: [i32(6)] } });
  const lib = [{ name: "lib", program: six }];
  const toLibrary = [{ gas: HOST_BASE, isHost: true }, plain(1)];
  const back = [callEnvironment({ address: NAMES, length: 1 }, toLibrary)];
  const child = await assembleProgram({ functions: { g: back }, data: [[NAMES, ascii("fg")]] });
  const importing = await assembleProgram({ functions: {}, others: [importOf("lib", "f", "f")] });
  const grow = { text: "(memory.grow (i32.const 1))", charges: [1 + 16, 4096].map(plain), imports: [] };
  const size = raw("(memory.size)", 1);
  const growing = await assembleProgram({ functions: { grow: [grow], size: [size] }, memory: [1, 2] });
  return [
    {
      id: "through-the-table",
      about: "A function of a library is an element of the table, and is paid like a call.",
      libraries: lib,
      others: [importOf("lib", "f", "f"), "(table 1 funcref)", "(elem (i32.const 0) $f)"],
      segmentElements: 1,
      main: [
        log({
          text: "(call_indirect (result i32) (i32.const 0))",
          charges: [plain(1 + 12), ...toLibrary],
          imports: [],
        }),
      ],
      flags: ["library-calls"],
      expect: { log: logged(6) },
    },
    {
      id: "exposed",
      about: "The environment exports a function of a library and exposes it to a child.",
      libraries: lib,
      others: [importOf("lib", "f", "f"), '(export "f" (func $f))'],
      data: [
        [NAMES, ascii("fg")],
        [CODE, child.hex],
      ],
      main: [
        loadChild(0, child),
        host("eth2.expose", NAMES, 1),
        log(callModule(0, { address: NAMES + 1, length: 1 }, chargesOf(back))),
      ],
      flags: ["library-calls"],
      expect: { log: logged(6) },
    },
    {
      id: "memory-that-grows",
      about: "A library's memory grows and stays so; the environment's is another.",
      libraries: [{ name: "lib", program: growing }],
      memory: [1, 4],
      others: [importOf("lib", "grow", "grow"), importOf("lib", "size", "size")],
      main: [
        log(call("grow", [], grow.charges)),
        log(call("size", [], size.charges)),
        log(size),
        log(call("grow", [], grow.charges)),
      ],
      flags: ["library-calls"],
      expect: { log: logged(1, 2, 1, -1) },
    },
    {
      id: "out-of-gas",
      about: "The gas is used up in a library.",
      libraries: lib,
      others: [importOf("lib", "f", "f")],
      main: [{ ...call("f", [], [plain(1)]), text: "(drop (call $f))" }],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    },
    {
      id: "child-of-a-library",
      about: "A child that imports a library's function is no child.",
      libraries: lib,
      data: [[CODE, importing.hex]],
      main: [host("eth2.loadModule", 0, CODE, importing.code.length)],
      flags: ["bad-child"],
      expect: { trap: "child-module" },
    },
  ];
}

export async function libraryCalls(): Promise<HostCase[]> {
  return [await types(), ...(await names()), ...(await ways())];
}
