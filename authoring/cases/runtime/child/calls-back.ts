/** Cases of calls from a child back into the environment, and of calls within calls. */

import { type HostCase, logged, loggedMemory } from "../host/cases.ts";
import { assembleProgram, type Code, drop, host, i32, load, log, logMemory, store } from "../host/program.ts";
import {
  ANSWER,
  ARGUMENT,
  ascii,
  CODE,
  callEnvironment,
  callModule,
  chargesOf,
  echo,
  loadChild,
  NAMES,
  type Name,
  type OneChild,
  oneChild,
} from "./cases.ts";

/** The address of the names of a chain of calls, in both memories. */
const CHAIN = 0x400;

/** The name that a child calls, in its own memory. */
const G = { address: NAMES, length: 1 };

export async function callsBack(): Promise<HostCase[]> {
  return [...(await exposedCalls()), await nestedLoad(), await chain(64), await chain(65), await chain(65, 1)];
}

async function exposedCalls(): Promise<HostCase[]> {
  const expose = (name: { address: number; length: number }): Code => host("eth2.expose", name.address, name.length);
  const g = [log(load(8)), i32(9)];
  const callG = [callEnvironment(G, chargesOf(g))];
  const answered = [logMemory(ANSWER, 2), i32(1)];
  const atOnce = [store(64, 0x0605), drop(host("eth2.return", 64, 2)), callEnvironment(G, chargesOf(answered))];
  const spoil = [store(ARGUMENT, -1), i32(1)];
  const late = [drop(callEnvironment(G, chargesOf(spoil))), ...echo(4)];
  const sayBack = [log(host("eth2.argument", 0x400, 8)), logMemory(0x400, 2), host("eth2.return", 0x400, 1)];
  const innermost = [
    store(64, 0x0706),
    log(callEnvironment(G, chargesOf(sayBack), { arg: [64, 2], ret: [80, 3] })),
    logMemory(80, 2),
    ...echo(4),
  ];
  const twiceExposed = [callEnvironment(G, chargesOf(g))];
  return Promise.all(
    (
      [
        {
          id: "call-back",
          about: "A child calls an exposed function of the environment, which runs on the environment's memory.",
          names: ["f", "g"],
          child: { f: callG },
          functions: { g },
          main: (of) => [store(8, 33), expose(of("g")), log(callModule(3, of("f"), chargesOf(callG)))],
          expect: { log: logged(33, 9) },
        },
        {
          id: "exposed-twice",
          about: "A function is exposed twice, the second time after the child was loaded and called.",
          names: ["f", "g"],
          child: { f: twiceExposed },
          functions: { g },
          main: (of) => [
            expose(of("g")),
            log(callModule(3, of("f"), chargesOf(twiceExposed))),
            host("env.eth2_expose", of("g").address, 1),
            log(callModule(3, of("f"), chargesOf(twiceExposed))),
          ],
          expect: { log: logged(0, 9, 0, 9) },
        },
        {
          id: "answer-at-once",
          about: "An answer is in the caller's memory before the call ends.",
          names: ["f", "g"],
          child: { f: atOnce },
          functions: { g: answered },
          main: (of) => [expose(of("g")), log(callModule(3, of("f"), chargesOf(atOnce), { ret: [ANSWER, 2] }))],
          flags: ["late-answer-copied"],
          expect: { log: [...loggedMemory("0506"), ...logged(1)] },
        },
        {
          id: "argument-as-it-was",
          about: "The environment changes the memory of an argument before the child has asked for it.",
          names: ["f", "g"],
          child: { f: late },
          functions: { g: spoil },
          data: [[ARGUMENT, "01020304"]],
          main: (of) => [
            expose(of("g")),
            log(callModule(3, of("f"), chargesOf(late), { arg: [ARGUMENT, 4], ret: [ANSWER, 4] })),
            logMemory(ANSWER, 4),
          ],
          flags: ["argument-read-late"],
          expect: { log: [...logged(4, 4), ...loggedMemory("01020304")] },
        },
        {
          id: "innermost-call",
          about:
            "Argument and answer are those of the innermost call; when it has returned, those of the one around it.",
          names: ["f", "g"],
          child: { f: innermost },
          functions: { g: sayBack },
          data: [[ARGUMENT, "01020304"]],
          main: (of) => [
            expose(of("g")),
            log(callModule(3, of("f"), chargesOf(innermost), { arg: [ARGUMENT, 4], ret: [ANSWER, 4] })),
            logMemory(ANSWER, 4),
          ],
          flags: ["nested-calls"],
          expect: {
            log: [
              ...logged(2),
              ...loggedMemory("0607"),
              ...logged(3),
              ...loggedMemory("0600"),
              ...logged(4, 4),
              ...loggedMemory("01020304"),
            ],
          },
        },
      ] satisfies OneChild[]
    ).map(oneChild),
  );
}

/** A child calls the environment, which loads another child and calls it. */
async function nestedLoad(): Promise<HostCase> {
  const second = await assembleProgram({ functions: { f: [i32(21)] } });
  const address = CODE + 0x1000;
  const f = { address: NAMES + 2, length: 1 };
  const g = [loadChild(1, second, address), callModule(1, f, chargesOf([i32(21)]))];
  const first = await assembleProgram({
    functions: { f: [callEnvironment(G, chargesOf(g))] },
    data: [[NAMES, ascii("g")]],
  });
  return {
    id: "load-in-a-call",
    about: "While a child runs, the environment loads another one and calls it.",
    data: [
      [NAMES, ascii("ghf")],
      [CODE, first.hex],
      [address, second.hex],
    ],
    functions: { g },
    main: [
      loadChild(0, first),
      host("eth2.expose", G.address, 1),
      log(callModule(0, f, chargesOf([callEnvironment(G, chargesOf(g))]))),
    ],
    flags: ["nested-calls"],
    expect: { log: logged(21) },
  };
}

/**
 * A chain of calls between child and environment, with the largest legal depth or one call more.
 * `lastSlot` is the slot of the innermost call.
 */
async function chain(depth: number, lastSlot: number = 0): Promise<HostCase> {
  const names = Array.from({ length: depth }, (_, level) => `f${String(level).padStart(2, "0")}`);
  const nameOf = (level: number): Name => ({ address: CHAIN + 3 * level, length: 3 });
  const call = (level: number, inner: Code["charges"]): Code =>
    level % 2 === 0
      ? callModule(level === depth - 1 ? lastSlot : 0, nameOf(level), inner)
      : callEnvironment(nameOf(level), inner);
  let body: readonly Code[] = [i32(5)];
  const bodies = names.map((_, index) => {
    const level = depth - 1 - index;
    if (index > 0) body = [call(level + 1, chargesOf(body))];
    return [names[level], body] as const;
  });
  const on = (parity: number) => Object.fromEntries(bodies.filter((_, index) => (depth - 1 - index) % 2 === parity));
  const listed: [number, string] = [CHAIN, ascii(names.join(""))];
  const child = await assembleProgram({ functions: on(0), data: [listed] });
  const isTooDeep = depth > 64;
  const all = call(0, chargesOf(body));
  return {
    id: isTooDeep ? `one-too-deep${lastSlot === 0 ? "" : "-in-an-empty-slot"}` : "as-deep-as-can-be",
    about: `${depth} calls that nest${lastSlot === 0 ? "" : ", the last one in an empty slot: the depth is checked first"}.`,
    data: [listed, [CODE, child.hex]],
    functions: on(1),
    main: [
      loadChild(0, child),
      ...names.flatMap((_, level) => (level % 2 === 0 ? [] : [host("eth2.expose", nameOf(level).address, 3)])),
      isTooDeep ? drop(all) : log(all),
    ],
    flags: ["call-depth"],
    expect: isTooDeep ? { trap: "call-depth" } : { log: logged(5) },
  };
}
