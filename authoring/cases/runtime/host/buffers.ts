/** Vectors of buffers: frames of keys and values. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, logged, loggedMemory } from "./cases.ts";
import { type Code, drop, host, log, logMemory, store } from "./program.ts";
import { BYTES, hostSuiteFile, outside, PAGE, WORD_A, WORD_B, WORD_C } from "./samples.ts";

const bufferLine = (frame: number, key: number, value: number): Code => host("eth2.bufferSet", frame, key, value);
const get = (frame: number, key: number, out: number): Code => log(host("eth2.bufferGet", frame, key, out));
const ENTRIES: HostCase["data"] = [
  [0, WORD_A],
  [32, WORD_B],
  [64, WORD_C],
];
const ZEROS = BYTES(0, 0).padStart(64, "0");

/** A merge, which charges for each entry. */
function merge(into: number, from: number, entries: number): Code {
  const call = host("eth2.bufferMerge", into, from);
  return { ...call, charges: [...call.charges, { gas: 64 * entries, isHost: false }] };
}

const BUFFERS: readonly HostCase[] = [
  {
    id: "set-and-get",
    about: "A value is found under its key, and under no other.",
    data: ENTRIES,
    main: [bufferLine(0, 0, 32), get(0, 0, 128), get(0, 64, 160), logMemory(128, 64)],
    expect: { log: [...logged(0, 1), ...loggedMemory(WORD_B + ZEROS)] },
  },
  {
    id: "missing-leaves-memory",
    about: "Where there is no value, none is written.",
    data: ENTRIES,
    main: [get(0, 0, 32), logMemory(32, 32)],
    flags: ["untouched-output"],
    expect: { log: [...logged(1), ...loggedMemory(WORD_B)] },
  },
  {
    id: "set-twice",
    about: "The last value of a key counts, also where the older names are used.",
    data: ENTRIES,
    main: [
      host("env.eth2_bufferSet", 7, 0, 32),
      host("env.eth2_bufferSet", 7, 0, 64),
      log(host("env.eth2_bufferGet", 7, 0, 128)),
      logMemory(128, 32),
    ],
    expect: { log: [...logged(0), ...loggedMemory(WORD_C)] },
  },
  {
    id: "zero-value",
    about: "Zero is a value of a buffer.",
    data: [[0, WORD_A]],
    main: [bufferLine(0, 0, 512), host("eth2.loadPreStateRoot", 128), get(0, 0, 128), logMemory(128, 32)],
    expect: { log: [...logged(0), ...loggedMemory(ZEROS)] },
  },
  {
    id: "get-over-key",
    about: "The value is written over the key that was asked for.",
    data: ENTRIES,
    main: [bufferLine(0, 0, 32), get(0, 0, 0), logMemory(0, 32)],
    flags: ["aliasing"],
    expect: { log: [...logged(0), ...loggedMemory(WORD_B)] },
  },
  {
    id: "set-is-a-copy",
    about: "What is kept is the value as it was.",
    data: ENTRIES,
    main: [bufferLine(0, 0, 32), store(32, 0), get(0, 0, 128), logMemory(128, 32)],
    flags: ["aliasing"],
    expect: { log: [...logged(0), ...loggedMemory(WORD_B)] },
  },
  {
    id: "frames-apart",
    about: "Frames 0, 1 and 255 know nothing of each other.",
    data: ENTRIES,
    main: [bufferLine(255, 0, 32), get(0, 0, 128), get(1, 0, 128), get(255, 0, 128)],
    expect: { log: logged(1, 1, 0) },
  },
  {
    id: "merge",
    about: "The entries of the second frame are written over the first, and stay where they are.",
    data: ENTRIES,
    main: [
      bufferLine(1, 0, 0),
      bufferLine(1, 32, 32),
      bufferLine(2, 32, 64),
      bufferLine(2, 64, 64),
      merge(1, 2, 2),
      get(1, 0, 128),
      get(1, 32, 160),
      get(1, 64, 192),
      get(2, 32, 224),
      get(2, 0, 256),
      logMemory(128, 128),
    ],
    expect: { log: [...logged(0, 0, 0, 0, 1), ...loggedMemory(WORD_A + WORD_C + WORD_C + WORD_C)] },
  },
  {
    id: "merge-then-change",
    about: "Frames that were merged are apart again.",
    data: ENTRIES,
    main: [
      bufferLine(2, 32, 64),
      host("env.eth2_bufferClear", 9),
      merge(1, 2, 1),
      bufferLine(2, 32, 0),
      get(1, 32, 128),
      logMemory(128, 32),
    ],
    flags: ["merged-frames-shared"],
    expect: { log: [...logged(0), ...loggedMemory(WORD_C)] },
  },
  {
    id: "merge-with-itself",
    about: "A frame merged into itself is as it was.",
    data: ENTRIES,
    main: [bufferLine(3, 0, 32), merge(3, 3, 1), get(3, 0, 128)],
    expect: { log: logged(0) },
  },
  {
    id: "clear",
    about: "One frame is emptied, and no other.",
    data: ENTRIES,
    main: [bufferLine(1, 0, 32), bufferLine(2, 0, 32), host("eth2.bufferClear", 1), get(1, 0, 128), get(2, 0, 128)],
    expect: { log: logged(1, 0) },
  },
  ...(
    [
      ["get", (frame: number) => drop(host("eth2.bufferGet", frame, 0, 32))],
      ["set", (frame: number) => host("eth2.bufferSet", frame, 0, 32)],
      ["merge-into", (frame: number) => host("eth2.bufferMerge", frame, 0)],
      ["merge-from", (frame: number) => host("eth2.bufferMerge", 0, frame)],
      ["clear", (frame: number) => host("eth2.bufferClear", frame)],
    ] as const
  ).flatMap(([name, call]) =>
    [256, -1].map((frame) => ({
      id: `${name}-frame-${frame < 0 ? "minus-one" : frame}`,
      about: `Frame ${frame < 0 ? "2^32 − 1" : frame}, which is not frame ${frame & 0xff}.`,
      main: [bufferLine(frame & 0xff, 0, 32), call(frame)],
      flags: ["frame-alias"],
      expect: { trap: "frame" as const },
    })),
  ),
  {
    id: "frame-before-range",
    about: "A wrong frame and a wrong address: frames are looked at first.",
    main: [drop(host("eth2.bufferGet", 256, PAGE, PAGE))],
    flags: ["frame-alias"],
    expect: { trap: "frame" },
  },
  {
    id: "get-missing-to-nowhere",
    about: "There is no value to be written, but the address for it is wrong all the same.",
    main: [drop(host("eth2.bufferGet", 0, 0, PAGE - 31))],
    flags: ["range-of-what-is-not-written"],
    expect: { trap: "range" },
  },
  ...outside("set-key", "A key", 32, (ptr) => host("eth2.bufferSet", 0, ptr, 0)),
  ...outside("set-value", "A value", 32, (ptr) => host("eth2.bufferSet", 0, 0, ptr)),
  ...outside("get-key", "A key", 32, (ptr) => drop(host("eth2.bufferGet", 0, ptr, 0))),
];

export async function hostBufferFiles(): Promise<VectorFile[]> {
  const requirements = [
    "RUNTIME-HOST-004",
    "RUNTIME-HOST-030",
    "RUNTIME-HOST-031",
    "RUNTIME-HOST-032",
    "RUNTIME-HOST-070",
    "RUNTIME-HOST-071",
    "RUNTIME-HOST-073",
    "RUNTIME-HOST-075",
    "RUNTIME-HOST-105",
    "RUNTIME-HOST-106",
    "RUNTIME-HOST-107",
    "RUNTIME-HOST-108",
    "RUNTIME-HOST-109",
  ];
  return [await hostSuiteFile("host/buffers.ts", "buffers", "Frames of keys and values.", requirements, BUFFERS)];
}
