/** Cases of how calls end: ranges of calls from a child, grown memory, traps, and the last unit of gas. */

import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { assembleProgram, type Code, drop, host, i32, log, logMemory, type Program, store } from "../host/program.ts";
import { DEPOSIT, PAGE } from "../host/samples.ts";
import {
  ANSWER,
  ARGUMENT,
  ascii,
  CODE,
  callEnvironment,
  callModule,
  chargesOf,
  loadChild,
  NAMES,
  type Passed,
} from "./cases.ts";

const F = { address: NAMES, length: 1 };
const G = { address: NAMES + 1, length: 1 };
const SEVEN = [i32(7)];
const BYTES = [[NAMES, ascii("fg")] as const];

/** `memory.grow` by one page. */
const GROW: Code = {
  text: "(drop (memory.grow (i32.const 1)))",
  charges: [1 + 16, 4096, 1].map((gas) => ({ gas, isHost: false })),
  imports: [],
};

const UNREACHABLE: Code = { text: "(unreachable)", charges: [{ gas: 1, isHost: true }], imports: [] };

/** A call after which nothing is charged. */
function last(call: Code): Code {
  return { ...call, text: `(drop ${call.text})` };
}

async function childOf(body: readonly Code[], memory?: readonly [number, number]): Promise<Program> {
  return assembleProgram({ functions: { f: body }, data: BYTES, ...(memory === undefined ? {} : { memory }) });
}

function withChild(child: Program, one: HostCase): HostCase {
  return { ...one, data: [...BYTES, ...(one.data ?? []), [CODE, child.hex]] };
}

/** Calls from a child with a wrong range, of a function that was not exposed. */
async function rangesBack(): Promise<HostCase[]> {
  const wrong: readonly (readonly [id: string, about: string, address: number, passed: Passed])[] = [
    ["name-past-the-end", "A name that ends beyond the child's memory", PAGE, {}],
    ["name-wraps", "A name that wraps around", -1, {}],
    ["argument-past-the-end", "An argument that ends beyond the child's memory", G.address, { arg: [PAGE - 3, 4] }],
    ["argument-wraps", "An argument that wraps around", G.address, { arg: [-4, 8] }],
    ["nothing-for-an-argument", "An argument of no bytes beyond the child's memory", G.address, { arg: [PAGE + 1, 0] }],
    ["answer-past-the-end", "Room for an answer beyond the child's memory", G.address, { ret: [PAGE - 3, 4] }],
    ["answer-wraps", "Room for an answer that wraps around", G.address, { ret: [-4, 8] }],
    ["no-room-for-an-answer", "Room of no bytes beyond the child's memory", G.address, { ret: [PAGE + 1, 0] }],
  ];
  return Promise.all(
    wrong.map(async ([id, about, address, passed]) => {
      const body = [callEnvironment({ address, length: 1 }, [], passed)];
      const child = await childOf(body);
      return withChild(child, {
        id: `back-${id}`,
        about: `${about}, and a function that was not exposed: ranges are looked at first.`,
        main: [loadChild(0, child), drop(callModule(0, F, chargesOf(body)))],
        functions: { g: SEVEN },
        flags: ["range"],
        expect: { trap: "range" as const },
      });
    }),
  );
}

async function emptyRanges(): Promise<HostCase[]> {
  const child = await childOf(SEVEN);
  const call = (id: string, about: string, passed: Passed, expect: HostCase["expect"]): HostCase =>
    withChild(child, {
      id,
      about,
      main: [
        loadChild(0, child),
        ("trap" in expect ? drop : log)(callModule(0, F, "trap" in expect ? [] : chargesOf(SEVEN), passed)),
      ],
      flags: ["empty-range"],
      expect,
    });
  const seven = { log: logged(7) };
  const range = { trap: "range" } as const;
  return [
    call(
      "nothing-at-the-end",
      "Argument and answer of no bytes, at the end of the memory.",
      { arg: [PAGE, 0], ret: [PAGE, 0] },
      seven,
    ),
    call("no-argument-past-the-end", "An argument of no bytes beyond the memory.", { arg: [PAGE + 1, 0] }, range),
    call("no-answer-past-the-end", "Room for no answer beyond the memory.", { ret: [PAGE + 1, 0] }, range),
    call("argument-wraps", "An argument that wraps around.", { arg: [-4, 8] }, range),
  ];
}

async function grownMemory(): Promise<HostCase[]> {
  const grow = [GROW, i32(1)];
  const late = [store(64, 0x0807), drop(callEnvironment(G, chargesOf(grow))), host("eth2.return", 64, 2)];
  const own = [GROW, log(host("eth2.argument", PAGE + 8, 2)), logMemory(PAGE + 8, 2), host("eth2.return", PAGE + 9, 1)];
  const [answering, growing] = [await childOf(late), await childOf(own, [1, 2])];
  return [
    withChild(answering, {
      id: "answer-to-grown-memory",
      about: "The caller's memory grows while the call runs: the answer is written into it as it is then.",
      memory: [1, 2],
      functions: { g: grow },
      main: [
        loadChild(0, answering),
        host("eth2.expose", G.address, 1),
        log(callModule(0, F, chargesOf(late), { ret: [ANSWER, 2] })),
        logMemory(ANSWER, 2),
        logMemory(2 * PAGE - 1, 1),
      ],
      flags: ["grown-memory"],
      expect: { log: [...logged(2), ...loggedMemory("0708", "00")] },
    }),
    withChild(growing, {
      id: "argument-to-grown-memory",
      about:
        "A child's memory grows, and its argument goes to where there was none before. The environment's has not grown.",
      data: [[ARGUMENT, "0506"]],
      main: [
        loadChild(0, growing),
        log(callModule(0, F, chargesOf(own), { arg: [ARGUMENT, 2], ret: [ANSWER, 1] })),
        logMemory(ANSWER, 1),
        host("eth2.loadPreStateRoot", PAGE),
      ],
      flags: ["grown-memory"],
      expect: { trap: "range" },
    }),
    {
      id: "host-after-growing",
      about: "A function of the host is called before and after the memory has grown.",
      memory: [1, 2],
      main: [host("eth2.loadPreStateRoot", 0), GROW, logMemory(0, 2), store(PAGE, 0x0403), logMemory(PAGE - 1, 3)],
      flags: ["grown-memory"],
      expect: { log: loggedMemory("a0a1", "000304") },
    },
  ];
}

async function ends(): Promise<HostCase[]> {
  const traps = [UNREACHABLE, i32(0)];
  const [trapping, seven] = [await childOf(traps), await childOf(SEVEN)];
  const back = [callEnvironment(G, chargesOf([UNREACHABLE]))];
  const backSeven = [callEnvironment(G, chargesOf(SEVEN))];
  const [caller, callerOfSeven] = [await childOf(back), await childOf(backSeven)];
  const exposed = [host("eth2.expose", G.address, 1)];
  return [
    withChild(trapping, {
      id: "instruction-traps-in-a-child",
      about: "An instruction of a child traps: a deposit that was made before is given up.",
      data: [[ARGUMENT, DEPOSIT]],
      main: [
        host("eth2.pushNewDeposit", ARGUMENT, 184),
        loadChild(0, trapping),
        drop(callModule(0, F, [{ gas: 1, isHost: true }])),
      ],
      flags: ["kept-after-trap"],
      expect: { trap: "unreachable" },
    }),
    withChild(caller, {
      id: "instruction-traps-in-a-call-back",
      about: "An instruction of the environment traps while a child has called it.",
      functions: { g: [UNREACHABLE] },
      main: [loadChild(0, caller), ...exposed, drop(callModule(0, F, chargesOf(back)))],
      flags: ["kept-after-trap"],
      expect: { trap: "unreachable" },
    }),
    withChild(seven, {
      id: "out-of-gas-in-a-child",
      about: "The gas is used up in a child.",
      main: [loadChild(0, seven), last(callModule(0, F, chargesOf(SEVEN)))],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    }),
    withChild(callerOfSeven, {
      id: "out-of-gas-in-a-call-back",
      about: "The gas is used up in the environment, while a child has called it.",
      functions: { g: SEVEN },
      main: [loadChild(0, callerOfSeven), ...exposed, last(callModule(0, F, chargesOf(backSeven)))],
      flags: ["gas-to-the-last"],
      expect: { lacks: 1 },
    }),
    withChild(seven, {
      id: "after-the-call",
      about: "When a call has returned, main has no argument and no room for an answer again.",
      data: [[ARGUMENT, "01020304"]],
      main: [
        loadChild(0, seven),
        log(callModule(0, F, chargesOf(SEVEN), { arg: [ARGUMENT, 4], ret: [ANSWER, 4] })),
        log(host("eth2.argument", ANSWER, 4)),
        log(host("eth2.return", ARGUMENT, 4)),
        logMemory(ANSWER, 4),
      ],
      flags: ["nested-calls"],
      expect: { log: [...logged(7, 0, 0), ...loggedMemory("00000000")] },
    }),
    withChild(seven, {
      id: "slot-in-use-before-range",
      about: "A slot in use, and code beyond the memory: slots are looked at first.",
      main: [loadChild(0, seven), host("eth2.loadModule", 0, PAGE, 8)],
      flags: ["bad-slot"],
      expect: { trap: "slot" },
    }),
  ];
}

export async function childEnds(): Promise<HostCase[]> {
  return [...(await rangesBack()), ...(await emptyRanges()), ...(await grownMemory()), ...(await ends())];
}
