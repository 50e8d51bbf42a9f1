/** Cases of calls by name: types, bytes that are not UTF-8, and names that every JavaScript object has. */

import { type HostCase, logged } from "../host/cases.ts";
import { assembleProgram, type Code, drop, host, i32, i64, log, type ProgramText } from "../host/program.ts";
import { ascii, CODE, callEnvironment, callModule, chargesOf, loadChild, NAMES } from "./cases.ts";

const SEVEN = [i32(7)];
/** The name that a child calls, in its own memory. */
const OWN = { address: NAMES, length: 0 };

const REPLACEMENT = "\ufffd";
const ORDER_MARK = "\ufeff";

/** Types other than () → i32, each with a body. */
const TYPES: readonly (readonly [id: string, signature: string, body: readonly Code[]])[] = [
  ["takes-one", "(param i32) (result i32)", SEVEN],
  ["returns-nothing", "", []],
  ["returns-64-bits", "(result i64)", [i64(7n)]],
  ["takes-and-returns-nothing", "(param i64)", []],
];

function lengthOf(hex: string): number {
  return hex.length / 2;
}

/** An environment that loads one child into slot 0. The same name is in the memory of both. */
async function withChild(
  child: Omit<ProgramText, "data">,
  name: string,
  one: Omit<HostCase, "data" | "main"> & { readonly main: (loaded: Code) => readonly Code[] },
): Promise<HostCase> {
  const program = await assembleProgram({ ...child, data: [[NAMES, name]] });
  return {
    ...one,
    data: [
      [NAMES, name],
      [CODE, program.hex],
    ],
    main: one.main(loadChild(0, program)),
  };
}

async function types(): Promise<HostCase[]> {
  const name = ascii("f");
  const cases = TYPES.flatMap(([id, signature, body]) => [
    withChild({ functions: { f: body }, signatures: { f: signature } }, name, {
      id: `call-what-${id}`,
      about: `A child's function of type ${signature || "nothing"}.`,
      main: (loaded) => [loaded, drop(callModule(0, { ...OWN, length: 1 }, []))],
      flags: ["bad-name"],
      expect: { trap: "export" },
    }),
    withChild({ functions: { g: SEVEN } }, name, {
      id: `expose-what-${id}`,
      about: `A function of the environment of type ${signature || "nothing"}.`,
      functions: { f: body },
      signatures: { f: signature },
      main: () => [host("eth2.expose", NAMES, 1)],
      flags: ["bad-name"],
      expect: { trap: "export" },
    }),
  ]);
  return Promise.all(cases);
}

/** A name that is called, and the name of the only export. */
const OTHER_NAMES: readonly (readonly [id: string, about: string, hex: string, exported: string])[] = [
  ["no-text", "A byte that is no UTF-8, where a function is called what stands in for such a byte", "ff", REPLACEMENT],
  [
    "surrogate",
    "Half of a surrogate pair, where a function is called what stands in for it",
    "eda080",
    REPLACEMENT.repeat(3),
  ],
  ["order-mark", "A byte order mark before the name", `efbbbf${ascii("f")}`, "f"],
  ["without-order-mark", "The name without the byte order mark that it begins with", ascii("f"), `${ORDER_MARK}f`],
  ["zero-byte", "A zero byte behind the name", `${ascii("f")}00`, "f"],
  ["in-capitals", "The name in capitals", ascii("F"), "f"],
  ["decomposed", "The same letter written as two characters", Buffer.from("e\u0301").toString("hex"), "\u00e9"],
  ["constructor", "A name that objects have of themselves", ascii("constructor"), "f"],
  ["proto", "Another name that objects have of themselves", ascii("__proto__"), "f"],
];

async function otherNames(): Promise<HostCase[]> {
  const cases = OTHER_NAMES.flatMap(([id, about, hex, exported]) => {
    const length = lengthOf(hex);
    const child = { functions: { [exported]: SEVEN } };
    const back = [callEnvironment({ address: NAMES, length }, [])];
    return [
      withChild(child, hex, {
        id: `call-${id}`,
        about: `${about}, to a child.`,
        main: (loaded) => [loaded, drop(callModule(0, { address: NAMES, length }, []))],
        flags: ["bad-name"],
        expect: { trap: "export" },
      }),
      withChild(child, hex, {
        id: `expose-${id}`,
        about: `${about}, to be exposed.`,
        functions: { [exported]: SEVEN },
        main: () => [host("eth2.expose", NAMES, length)],
        flags: ["bad-name"],
        expect: { trap: "export" },
      }),
      withChild({ functions: { caller: back } }, hex + ascii("caller") + Buffer.from(exported).toString("hex"), {
        id: `call-back-${id}`,
        about: `${about}, from a child, while the other name is exposed.`,
        functions: { [exported]: SEVEN },
        main: (loaded) => [
          loaded,
          host("eth2.expose", NAMES + length + 6, Buffer.byteLength(exported)),
          drop(callModule(0, { address: NAMES + length, length: 6 }, chargesOf(back))),
        ],
        flags: ["not-exposed"],
        expect: { trap: "not-exposed" },
      }),
    ];
  });
  return Promise.all(cases);
}

/** Unusual names that are exported. */
async function unusualNames(): Promise<HostCase[]> {
  const names: readonly (readonly [id: string, about: string, name: string])[] = [
    ["empty", "A function whose name is empty", ""],
    ["marked", "A function whose name begins with a byte order mark", `${ORDER_MARK}f`],
    ["replaced", "A function whose name is the replacement character", REPLACEMENT],
    ["of-objects", "A function with a name that objects have of themselves", "__proto__"],
    ["spaced", "A function whose name has spaces and a dot", " a.b "],
  ];
  return Promise.all(
    names.map(([id, about, name]) => {
      const hex = Buffer.from(name).toString("hex");
      const own = { address: NAMES, length: lengthOf(hex) };
      const back = [callEnvironment(own, chargesOf([i32(8)]))];
      return withChild({ functions: { [name]: SEVEN, caller: back } }, `${hex}${ascii("caller")}`, {
        id: `named-${id}`,
        about: `${about} is called in a child, and exposed and called in the environment.`,
        functions: { [name]: [i32(8)] },
        main: (loaded) => [
          loaded,
          log(callModule(0, own, chargesOf(SEVEN))),
          host("eth2.expose", own.address, own.length),
          log(callModule(0, { address: NAMES + own.length, length: 6 }, chargesOf(back))),
        ],
        flags: ["bad-name"],
        expect: { log: logged(7, 8) },
      });
    }),
  );
}

async function passedOn(): Promise<HostCase[]> {
  const size = { address: NAMES, length: 4 };
  const back = [callEnvironment(size, [{ gas: 64, isHost: true }])];
  const twice = [callEnvironment({ address: NAMES + 1, length: 1 }, [])];
  return [
    await withChild({ functions: { f: back } }, ascii("sizef"), {
      id: "host-function-exposed",
      about:
        "The environment exposes a function of the host that it exports again, and pays for it when a child calls it.",
      passedOn: { size: "eth2.blockDataSize" },
      blockData: "0102030405",
      main: (loaded) => [
        loaded,
        host("eth2.expose", size.address, size.length),
        log(callModule(0, { address: NAMES + 4, length: 1 }, chargesOf(back))),
      ],
      flags: ["nested-calls"],
      expect: { log: logged(5) },
    }),
    await withChild({ functions: { f: twice } }, ascii("ghf"), {
      id: "other-name-of-what-is-exposed",
      about: "A function is exposed under one of its two names, and called under the other.",
      functions: { g: SEVEN },
      others: ['(export "h" (func $g))'],
      main: (loaded) => [
        loaded,
        host("eth2.expose", NAMES, 1),
        drop(callModule(0, { address: NAMES + 2, length: 1 }, chargesOf(twice))),
      ],
      flags: ["not-exposed"],
      expect: { trap: "not-exposed" },
    }),
  ];
}

export async function childNames(): Promise<HostCase[]> {
  return [...(await types()), ...(await otherNames()), ...(await unusualNames()), ...(await passedOn())];
}
