/** Vectors of libraries, which are linked to an environment. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type HostCase, hostFile, logged, quantity } from "../host/cases.ts";
import { add, assembleProgram, type Code, i32, load, log, store } from "../host/program.ts";
import { libraryCalls } from "./library-calls.ts";

/** Only of the file `libraries`, which has all requirements of `library-calls` too. */
const OF_LIBRARIES = ["RUNTIME-HOST-104", "RUNTIME-GEN-005", "RUNTIME-STATE-001", "RUNTIME-STATE-030"];

const HOST_BASE = 64;
const CALL = 8;

/** A call of a library's function; `inner` are the charges of the function. */
function callLibrary(name: string, args: readonly Code[], inner: Code["charges"]): Code {
  return {
    text: `(call $${name} ${args.map(({ text }) => text).join(" ")})`.replace(" )", ")"),
    charges: [
      ...args.flatMap(({ charges }) => charges),
      { gas: CALL, isHost: false },
      { gas: HOST_BASE, isHost: true },
      ...inner,
    ],
    imports: args.flatMap(({ imports }) => imports),
  };
}

const COUNT = [store(8, add(load(8), i32(1))), load(8)];

function importOf(library: string, name: string, signature = "(result i32)"): string {
  return `(import "${library}" "${name}" (func $${library}.${name} ${signature}))`;
}

export async function libraryFiles(): Promise<VectorFile[]> {
  const counter = await assembleProgram({ functions: { count: COUNT, other: [i32(6)] } });
  const saver = await assembleProgram({ functions: { log: [log(1), i32(1)] } });
  const count = callLibrary(
    "lib.count",
    [],
    COUNT.flatMap(({ charges }) => charges),
  );
  const six = callLibrary("two.other", [], [{ gas: 1, isHost: false }]);
  const lib = { name: "lib", program: counter };
  const refused = (
    id: string,
    about: string,
    libraries: HostCase["libraries"],
    error: string,
    details?: JsonObject,
  ): HostCase => ({
    id,
    about,
    main: [],
    libraries: libraries ?? [],
    flags: ["library-name"],
    expect: details === undefined ? { error } : { error, details },
  });
  const cases: HostCase[] = [
    {
      id: "call",
      about: "A library's function runs on a memory of its own, which lasts.",
      libraries: [lib],
      others: [importOf("lib", "count")],
      main: [store(8, 40), log(count), log(count), log(load(8))],
      expect: { log: logged(1, 2, 40) },
    },
    {
      id: "two",
      about: "The same module is two libraries.",
      libraries: [lib, { name: "two", program: counter }],
      others: [importOf("lib", "count"), importOf("two", "other")],
      main: [log(count), log(six), log(count)],
      expect: { log: logged(1, 6, 2) },
    },
    {
      id: "not-used",
      about: "A library that nothing is imported from is charged all the same.",
      libraries: [lib],
      main: [],
      expect: {},
    },
    {
      id: "sixteen",
      about: "As many libraries as there may be.",
      libraries: Array.from({ length: 16 }, (_, index) => ({ name: `lib${index}`, program: counter })),
      main: [],
      expect: {},
    },
    {
      ...refused(
        "seventeen",
        "One library more than there may be.",
        Array.from({ length: 17 }, (_, index) => ({ name: `lib${index}`, program: counter })),
        "limit-exceeded",
      ),
      flags: ["library-limit"],
    },
    {
      id: "call-not-paid",
      about: "There is no gas for the call of a library's function.",
      libraries: [lib],
      others: [importOf("lib", "count")],
      main: [callLibraryDropped(count)],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    },
    ...(await shortOfGas()),
    ...["env", "eth2", "debug", "bignum", "proof", "proofhouse"].map((name) =>
      refused(
        `called-${name}`,
        "A library with the name of a host module.",
        [{ name, program: counter }],
        "invalid-argument",
      ),
    ),
    refused("same-name", "Two libraries of one name.", [lib, lib], "invalid-argument"),
    {
      ...refused("imports", "A library that imports something.", [{ name: "lib", program: saver }], "invalid-module", {
        reason: "import",
      }),
      flags: ["bad-library"],
    },
    {
      ...refused("missing-function", "A function that the library does not export.", [lib], "invalid-module", {
        reason: "import",
      }),
      others: [importOf("lib", "many")],
      flags: ["bad-library"],
    },
    {
      ...refused("other-signature", "A function of another type.", [lib], "invalid-module", { reason: "import" }),
      others: [importOf("lib", "count", "(result i64)")],
      flags: ["bad-library"],
    },
    {
      ...refused("not-given", "A library that the request does not have.", [], "invalid-module", { reason: "import" }),
      others: [importOf("lib", "count")],
      flags: ["bad-library"],
    },
  ];
  const text = {
    suite: "runtime/child",
    theme: "libraries",
    about: "Libraries: their names, memory and charges.",
    requirements: [
      "RUNTIME-HOST-026",
      "RUNTIME-HOST-103",
      "RUNTIME-METER-007",
      "RUNTIME-METER-032",
      "RUNTIME-MODULE-041",
      "RUNTIME-MODULE-042",
      "RUNTIME-MODULE-011",
      "RUNTIME-MODULE-044",
      "RUNTIME-GEN-004",
    ],
  };
  const calls = { ...text, theme: "library-calls", about: "Calls into libraries: types, names, the table and memory." };
  return [
    await hostFile("child/libraries.ts", { ...text, requirements: [...text.requirements, ...OF_LIBRARIES] }, cases),
    await hostFile("child/library-calls.ts", calls, await libraryCalls()),
  ];
}

/** Two libraries and an environment of different sizes, and too little gas for one of the three. */
async function shortOfGas(): Promise<HostCase[]> {
  const first = await assembleProgram({ functions: { f: [i32(1)] } });
  const second = await assembleProgram({ functions: { f: [i32(1)], g: [i32(2)] } });
  const environment = await assembleProgram({ functions: { main: [] } });
  const modules = [
    ["first-library", "the first library", first],
    ["second-library", "the second library, the first one paid", second],
    ["environment", "the environment, both libraries paid", environment],
  ] as const;
  let charged = 0;
  return modules.map(([id, about, { instantiation }]) => {
    charged += instantiation;
    return {
      id: `no-gas-for-the-${id}`,
      about: `One unit of gas too little for ${about}.`,
      main: [],
      libraries: [
        { name: "lib", program: first },
        { name: "two", program: second },
      ],
      gasLimit: charged - 1,
      flags: ["gas-to-the-last"],
      expect: { error: "out-of-gas", details: { charged: quantity(charged) } },
    };
  });
}

/** A call whose own charge is the last one. */
function callLibraryDropped(call: Code): Code {
  return { ...call, text: `(drop ${call.text})`, charges: call.charges.slice(0, 2) };
}
