/** Vectors of children and of the calls between an environment and its children. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, hostFile, logged, loggedMemory } from "../host/cases.ts";
import { add, assembleProgram, drop, host, i32, load, log, logMemory, store } from "../host/program.ts";
import { callsBack } from "./calls-back.ts";
import {
  ANSWER,
  ARGUMENT,
  ascii,
  CODE,
  callModule,
  chargesOf,
  echo,
  loadChild,
  NAMES,
  type OneChild,
  oneChild,
} from "./cases.ts";
import { childEnds } from "./ends.ts";
import { childFaults } from "./faults.ts";
import { childNames } from "./names.ts";

const CALLS = [
  "RUNTIME-HOST-004",
  "RUNTIME-HOST-020",
  "RUNTIME-HOST-021",
  "RUNTIME-HOST-023",
  "RUNTIME-HOST-134",
  "RUNTIME-HOST-024",
  "RUNTIME-HOST-135",
  "RUNTIME-HOST-088",
  "RUNTIME-HOST-089",
  "RUNTIME-HOST-098",
  "RUNTIME-HOST-099",
  "RUNTIME-HOST-100",
];
const CALLS_BACK = [
  "RUNTIME-HOST-020",
  "RUNTIME-HOST-021",
  "RUNTIME-HOST-022",
  "RUNTIME-HOST-023",
  "RUNTIME-HOST-134",
  "RUNTIME-HOST-024",
  "RUNTIME-HOST-135",
  "RUNTIME-HOST-025",
  "RUNTIME-HOST-093",
  "RUNTIME-HOST-094",
  "RUNTIME-HOST-096",
  "RUNTIME-HOST-097",
  "RUNTIME-HOST-101",
  "RUNTIME-HOST-102",
];
const FAULTS = [
  "RUNTIME-HOST-005",
  "RUNTIME-HOST-070",
  "RUNTIME-HOST-071",
  "RUNTIME-HOST-073",
  "RUNTIME-HOST-074",
  "RUNTIME-HOST-075",
  "RUNTIME-HOST-076",
  "RUNTIME-HOST-079",
  "RUNTIME-HOST-086",
  "RUNTIME-HOST-087",
  "RUNTIME-HOST-088",
  "RUNTIME-HOST-090",
  "RUNTIME-HOST-091",
  "RUNTIME-HOST-092",
  "RUNTIME-HOST-095",
  "RUNTIME-GEN-002",
  "RUNTIME-GEN-007",
];
const ENDS = [
  "RUNTIME-HOST-005",
  "RUNTIME-HOST-020",
  "RUNTIME-HOST-021",
  "RUNTIME-HOST-023",
  "RUNTIME-HOST-134",
  "RUNTIME-HOST-024",
  "RUNTIME-HOST-135",
  "RUNTIME-HOST-070",
  "RUNTIME-HOST-071",
  "RUNTIME-HOST-072",
  "RUNTIME-HOST-073",
  "RUNTIME-HOST-074",
  "RUNTIME-HOST-078",
  "RUNTIME-HOST-079",
  "RUNTIME-HOST-097",
  "RUNTIME-HOST-098",
  "RUNTIME-GEN-002",
  "RUNTIME-GEN-005",
  "RUNTIME-GEN-007",
];

const RETURN_SEVEN = [i32(7)];
const COUNT = [store(8, add(load(8), i32(1))), load(8)];

async function calls(): Promise<HostCase[]> {
  return Promise.all(
    (
      [
        {
          id: "call",
          about: "A child's function is called by name, and its result is given.",
          names: ["seven"],
          child: { seven: RETURN_SEVEN },
          main: (of) => [log(callModule(3, of("seven"), chargesOf(RETURN_SEVEN)))],
          expect: { log: logged(7) },
        },
        {
          id: "memory-of-its-own",
          about: "A child has a memory of its own, which lasts from call to call.",
          names: ["count"],
          child: { count: COUNT },
          main: (of) => [
            store(8, 40),
            log(callModule(3, of("count"), chargesOf(COUNT))),
            log(callModule(3, of("count"), chargesOf(COUNT))),
            log(load(8)),
          ],
          expect: { log: logged(1, 2, 40) },
        },
        {
          id: "name-that-is-longer",
          about: "A name is as long as its length says, not as far as letters follow.",
          names: ["two2"],
          child: { two: [i32(2)], two2: [i32(22)] },
          main: (of) => [log(callModule(3, { ...of("two2"), length: 3 }, chargesOf([i32(2)])))],
          expect: { log: logged(2) },
        },
        {
          id: "argument-and-answer",
          about: "An argument is copied in, an answer out.",
          names: ["echo"],
          child: { echo: echo(4) },
          data: [[ARGUMENT, "01020304"]],
          main: (of) => [
            log(callModule(3, of("echo"), chargesOf(echo(4)), { arg: [ARGUMENT, 4], ret: [ANSWER, 4] })),
            logMemory(ANSWER, 5),
          ],
          expect: { log: [...logged(4, 4), ...loggedMemory("0102030400")] },
        },
        {
          id: "room-for-less",
          about:
            "A child that has room for two bytes of four gets two and is told of four; what it answers is cut likewise.",
          names: ["echo"],
          child: { echo: [log(host("eth2.argument", 64, 2)), logMemory(64, 3), host("eth2.return", 64, 5)] },
          data: [[ARGUMENT, "01020304"]],
          main: (of) => [
            log(
              callModule(
                3,
                of("echo"),
                chargesOf([log(host("eth2.argument", 64, 2)), logMemory(64, 3), host("eth2.return", 64, 5)]),
                { arg: [ARGUMENT, 4], ret: [ANSWER, 1] },
              ),
            ),
            logMemory(ANSWER, 2),
          ],
          flags: ["cut-to-room"],
          expect: { log: [...logged(4), ...loggedMemory("010200"), ...logged(1), ...loggedMemory("0100")] },
        },
        {
          id: "room-for-more",
          about:
            "A child that has room for eight bytes gets four and no others; an answer of one byte leaves the rest as it was.",
          names: ["echo"],
          child: {
            echo: [store(68, -1), log(host("eth2.argument", 64, 8)), logMemory(64, 8), host("eth2.return", 64, 1)],
          },
          data: [
            [ARGUMENT, "0102030405060708"],
            [ANSWER, "eeeeeeee"],
          ],
          main: (of) => [
            log(
              callModule(
                3,
                of("echo"),
                chargesOf([
                  store(68, -1),
                  log(host("eth2.argument", 64, 8)),
                  logMemory(64, 8),
                  host("eth2.return", 64, 1),
                ]),
                { arg: [ARGUMENT, 4], ret: [ANSWER, 4] },
              ),
            ),
            logMemory(ANSWER, 4),
          ],
          flags: ["cut-to-room"],
          expect: {
            log: [...logged(4), ...loggedMemory("01020304ffffffff"), ...logged(4), ...loggedMemory("01eeeeee")],
          },
        },
        {
          id: "no-call-is-running",
          about: "In main there is no argument and no room for an answer.",
          names: [],
          child: { seven: RETURN_SEVEN },
          data: [[ARGUMENT, "0102"]],
          main: () => [
            log(host("eth2.argument", ARGUMENT, 2)),
            log(host("env.eth2_return", ARGUMENT, 2)),
            logMemory(ARGUMENT, 2),
          ],
          expect: { log: [...logged(0, 0), ...loggedMemory("0102")] },
        },
        {
          id: "argument-over-answer",
          about: "The answer goes where the argument was.",
          names: ["echo"],
          child: { echo: echo(4) },
          data: [[ARGUMENT, "01020304"]],
          main: (of) => [
            log(callModule(3, of("echo"), chargesOf(echo(4)), { arg: [ARGUMENT, 4], ret: [ARGUMENT + 2, 4] })),
            logMemory(ARGUMENT, 6),
          ],
          flags: ["aliasing"],
          expect: { log: [...logged(4, 4), ...loggedMemory("010201020304")] },
        },
        {
          id: "answer-twice",
          about: "A second answer begins where the first began, and does not end the call.",
          names: ["twice"],
          child: {
            twice: [store(64, 0x0403_0201), drop(host("eth2.return", 64, 4)), drop(host("eth2.return", 66, 2)), i32(5)],
          },
          main: (of) => [
            log(
              callModule(
                3,
                of("twice"),
                chargesOf([
                  store(64, 0x0403_0201),
                  drop(host("eth2.return", 64, 4)),
                  drop(host("eth2.return", 66, 2)),
                  i32(5),
                ]),
                { ret: [ANSWER, 4] },
              ),
            ),
            logMemory(ANSWER, 4),
          ],
          expect: { log: [...logged(5), ...loggedMemory("03040304")] },
        },
      ] satisfies OneChild[]
    ).map(oneChild),
  );
}

/** Sixteen children, each in its own slot. */
async function allSlots(): Promise<HostCase> {
  const child = await assembleProgram({ functions: { f: COUNT } });
  const f = { address: NAMES, length: 1 };
  const slots = Array.from({ length: 16 }, (_, slot) => slot);
  return {
    id: "all-slots",
    about: "Every slot holds an instance of its own, though the code is the same.",
    data: [
      [NAMES, ascii("f")],
      [CODE, child.hex],
    ],
    main: [
      ...slots.map((slot) => loadChild(slot, child)),
      log(callModule(15, f, chargesOf(COUNT))),
      log(callModule(15, f, chargesOf(COUNT))),
      log(callModule(0, f, chargesOf(COUNT))),
    ],
    expect: { log: logged(1, 2, 1) },
  };
}

export async function childFiles(): Promise<VectorFile[]> {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly HostCase[]) =>
    hostFile("child/calls.ts", { suite: "runtime/child", theme, about, requirements }, cases);
  return [
    await file("calls", "Calling a child: names, memory, arguments and answers.", CALLS, [
      ...(await calls()),
      await allSlots(),
    ]),
    await file(
      "calls-back",
      "Calling the environment from a child, and calls within calls.",
      [...CALLS_BACK],
      await callsBack(),
    ),
    await file("faults", "Slots, modules, names and ranges that are not.", FAULTS, await childFaults()),
    await file(
      "names",
      "What is called by name: types other than () → i32, and names that are not what they look like.",
      [
        "RUNTIME-HOST-021",
        "RUNTIME-HOST-022",
        "RUNTIME-HOST-091",
        "RUNTIME-HOST-092",
        "RUNTIME-HOST-094",
        "RUNTIME-HOST-095",
      ],
      await childNames(),
    ),
    await file(
      "ends",
      "How calls end: ranges of calls back, memory that has grown, traps and the last of the gas.",
      ENDS,
      await childEnds(),
    ),
  ];
}
