/** Cases of faults around children: slots, modules, names, ranges, and traps inside a child. */

import type { HostCase } from "../host/cases.ts";
import { assembleProgram, type Code, drop, host, i32, type Program } from "../host/program.ts";
import { DEPOSIT, PAGE } from "../host/samples.ts";
import { ANSWER, ARGUMENT, ascii, CODE, callEnvironment, callModule, chargesOf, loadChild, NAMES } from "./cases.ts";

const F = { address: NAMES, length: 1 };
const G = { address: NAMES + 1, length: 1 };
const SEVEN = [i32(7)];

/** A case whose environment holds the names `f` and `g` and the code of a child. */
function withChild(child: Program, one: Omit<HostCase, "data">): HostCase {
  return {
    ...one,
    data: [
      [NAMES, ascii("fg")],
      [CODE, child.hex],
    ],
  };
}

export async function childFaults(): Promise<HostCase[]> {
  const seven = await assembleProgram({ functions: { f: SEVEN } });
  return [
    ...slots(seven),
    ...(await modules(seven)),
    ...(await names(seven)),
    ...(await ranges(seven)),
    ...(await trapsInside()),
  ];
}

function slots(seven: Program): HostCase[] {
  const load = (slot: number, address = CODE): Code => host("eth2.loadModule", slot, address, seven.code.length);
  const fault = (id: string, about: string, main: readonly Code[]): HostCase =>
    withChild(seven, { id, about, main, flags: ["bad-slot"], expect: { trap: "slot" } });
  return [
    fault("slot-16", "A slot above the last one, which is not slot 0.", [load(16)]),
    fault("slot-256", "A slot that is 0 in its low byte.", [load(256)]),
    fault("slot-minus-one", "Slot 2^32 − 1.", [load(-1)]),
    fault("slot-in-use", "A second child in one slot.", [loadChild(3, seven), load(3)]),
    fault("slot-before-range", "A wrong slot and code beyond the memory: slots are looked at first.", [load(16, PAGE)]),
    fault("call-empty-slot", "A call of a child that was never loaded.", [
      loadChild(3, seven),
      drop(callModule(4, F, [])),
    ]),
    fault("call-slot-259", "A call of a slot that is 3 in its low byte.", [
      loadChild(3, seven),
      drop(callModule(259, F, [])),
    ]),
    fault("call-slot-before-range", "A wrong slot and a name beyond the memory: slots are looked at first.", [
      drop(callModule(0, { address: PAGE, length: 1 }, [])),
    ]),
  ];
}

async function modules(seven: Program): Promise<HostCase[]> {
  const fault = (id: string, about: string, hex: string): HostCase => ({
    id,
    about,
    data: [[CODE, hex]],
    main: [host("eth2.loadModule", 0, CODE, hex.length / 2)],
    flags: ["bad-child"],
    expect: { trap: "child-module" },
  });
  const imports = async (id: string, about: string, body: readonly Code[]): Promise<HostCase> =>
    fault(id, about, (await assembleProgram({ functions: { f: body } })).hex);
  return [
    fault("no-code", "A module of no bytes.", ""),
    fault("garbage", "Bytes that are no module.", "ff".repeat(40)),
    fault("cut-short", "A module that lacks its last byte.", seven.hex.slice(0, -2)),
    fault("no-memory", "A module that exports no memory.", "0061736d01000000"),
    await imports("saves-a-root", "A child that wants to save a post-state root.", [
      host("eth2.savePostStateRoot", 0),
      i32(1),
    ]),
    await imports("reads-block-data", "A child that wants to read the block data.", [host("eth2.blockDataSize")]),
    await imports("reads-state", "A child that wants to read the state.", [host("proof.load")]),
    await imports("loads-a-module", "A child that wants to load a module itself.", [
      host("eth2.loadModule", 0, 0, 0),
      i32(1),
    ]),
    await imports("sets-a-buffer", "A child that wants to write into a buffer.", [
      host("eth2.bufferSet", 0, 0, 0),
      i32(1),
    ]),
    {
      ...fault("not-paid", "A child that there is not enough gas for, which is no fault of its module.", seven.hex),
      main: [loadChild(0, seven)],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    },
    {
      ...fault("code-past-the-memory", "Code of which the last byte lies beyond the memory.", ""),
      main: [host("eth2.loadModule", 0, PAGE - 7, 8)],
      flags: ["range"],
      expect: { trap: "range" },
    },
  ];
}

async function names(seven: Program): Promise<HostCase[]> {
  const fault = (id: string, about: string, name: string, trap: "export" = "export"): HostCase => ({
    id: `call-${id}`,
    about,
    data: [
      [NAMES, name],
      [CODE, seven.hex],
    ],
    main: [loadChild(0, seven), drop(callModule(0, { address: NAMES, length: name.length / 2 }, []))],
    flags: ["bad-name"],
    expect: { trap },
  });
  const exposing = (id: string, about: string, name: string): HostCase => ({
    id: `expose-${id}`,
    about,
    data: [[NAMES, ascii(name)]],
    functions: { g: SEVEN },
    main: [host("eth2.expose", NAMES, name.length)],
    flags: ["bad-name"],
    expect: { trap: "export" },
  });
  const back = [callEnvironment(G, [])];
  const caller = await assembleProgram({ functions: { f: back }, data: [[NAMES, ascii("fg")]] });
  const environmentsOwn = {
    ...withChild(seven, { id: "", about: "", main: [], expect: {} }),
    functions: { g: SEVEN },
  };
  return [
    fault("nothing", "A name of no bytes.", ""),
    fault("unknown", "A name that the child does not export.", ascii("h")),
    fault("longer", "A name of which an export is only the beginning.", ascii("ff")),
    fault("no-utf-8", "A name that is no UTF-8.", "ff"),
    fault("memory", "The name of the child's memory.", ascii("memory")),
    {
      ...environmentsOwn,
      id: "call-the-environments-own",
      about: "A name that the environment exports and the child does not.",
      main: [loadChild(0, seven), drop(callModule(0, G, []))],
      flags: ["bad-name"],
      expect: { trap: "export" },
    },
    exposing("nothing", "A name of no bytes.", ""),
    exposing("unknown", "A name that the environment does not export.", "h"),
    exposing("main", "A function of another type: it returns nothing.", "main"),
    exposing("memory", "The name of the memory.", "memory"),
    withChild(caller, {
      id: "call-back-unexposed",
      about: "A child calls a function of the environment that was not exposed.",
      functions: { g: SEVEN },
      main: [loadChild(0, caller), drop(callModule(0, F, chargesOf(back)))],
      flags: ["not-exposed"],
      expect: { trap: "not-exposed" },
    }),
    withChild(caller, {
      id: "call-back-another",
      about: "A child calls a function of the environment that was not exposed, while another one was.",
      functions: { g: SEVEN, f: SEVEN },
      main: [loadChild(0, caller), host("eth2.expose", F.address, 1), drop(callModule(0, F, chargesOf(back)))],
      flags: ["not-exposed"],
      expect: { trap: "not-exposed" },
    }),
  ];
}

async function ranges(seven: Program): Promise<HostCase[]> {
  const call = (id: string, about: string, name: typeof F, passed: Parameters<typeof callModule>[3]): HostCase =>
    withChild(seven, {
      id,
      about,
      main: [loadChild(0, seven), drop(callModule(0, name, [], passed))],
      flags: ["range"],
      expect: { trap: "range" },
    });
  const inside = async (id: string, about: string, body: readonly Code[], flag = "range"): Promise<HostCase> => {
    const child = await assembleProgram({ functions: { f: body } });
    return withChild(child, {
      id,
      about,
      main: [loadChild(0, child), drop(callModule(0, F, chargesOf(body), { arg: [ARGUMENT, 2], ret: [ANSWER, 2] }))],
      flags: [flag],
      expect: { trap: "range" },
    });
  };
  return [
    call("name-past-the-end", "A name that ends beyond the memory.", { address: PAGE, length: 1 }, {}),
    call("argument-past-the-end", "An argument that ends beyond the memory.", F, { arg: [PAGE - 3, 4] }),
    call("answer-past-the-end", "Room for an answer beyond the memory, which the child would not use.", F, {
      ret: [PAGE - 3, 4],
    }),
    call("answer-wraps", "Room for an answer that wraps around.", F, { ret: [-16, 32] }),
    call("range-before-name", "An unknown name, and an argument beyond the memory: ranges are looked at first.", G, {
      arg: [PAGE, 1],
    }),
    await inside(
      "argument-to-past-the-end",
      "A child asks for more bytes than fit, of which only the first would be written.",
      [host("eth2.argument", PAGE - 4, 5)],
      "range-of-what-is-not-written",
    ),
    await inside(
      "answer-from-past-the-end",
      "A child answers with more bytes than it has, of which only the first would be taken.",
      [host("eth2.return", PAGE - 4, 5)],
      "range-of-what-is-not-written",
    ),
  ];
}

async function trapsInside(): Promise<HostCase[]> {
  const body = [host("env.print", PAGE, 1), i32(0)];
  const child = await assembleProgram({ functions: { f: body } });
  const back = [callEnvironment(G, chargesOf(body))];
  const caller = await assembleProgram({ functions: { f: back }, data: [[NAMES, ascii("fg")]] });
  return [
    {
      id: "trap-in-a-child",
      about: "A child traps: the deposit and the root that the environment has made before are given up.",
      data: [
        [NAMES, ascii("f")],
        [ARGUMENT, DEPOSIT],
        [CODE, child.hex],
      ],
      main: [
        host("eth2.pushNewDeposit", ARGUMENT, 184),
        host("eth2.savePostStateRoot", ARGUMENT),
        loadChild(0, child),
        drop(callModule(0, F, chargesOf(body))),
      ],
      flags: ["kept-after-trap"],
      expect: { trap: "range" },
    },
    withChild(caller, {
      id: "trap-two-calls-deep",
      about: "The environment traps in a call by a child, and nothing goes on.",
      functions: { g: body },
      main: [loadChild(0, caller), host("eth2.expose", G.address, 1), drop(callModule(0, F, chargesOf(back)))],
      flags: ["kept-after-trap"],
      expect: { trap: "range" },
    }),
  ];
}
