/** Vectors of deposits, of the log and of `useTicks`. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, littleEndian } from "./cases.ts";
import { type Code, host, store } from "./program.ts";
import { DEPOSIT, hostSuiteFile, outside, PAGE } from "./samples.ts";

const DEPOSITS: readonly HostCase[] = [
  {
    id: "one",
    about: "A deposit, byte for byte as it stands in memory: the amount is not turned round.",
    data: [[3, DEPOSIT]],
    main: [host("eth2.pushNewDeposit", 3, 184)],
    expect: { deposits: [DEPOSIT] },
  },
  {
    id: "two-in-order",
    about: "Two deposits, of which the second is made from the memory of the first.",
    data: [[0, DEPOSIT]],
    main: [host("env.eth2_pushNewDeposit", 0, 184), store(0, 0x5555_5555), host("eth2.pushNewDeposit", 0, 184)],
    flags: ["aliasing"],
    expect: { deposits: [DEPOSIT, `55555555${DEPOSIT.slice(8)}`] },
  },
  {
    id: "same-twice",
    about: "Equal deposits are two.",
    data: [[0, DEPOSIT]],
    main: [host("eth2.pushNewDeposit", 0, 184), host("eth2.pushNewDeposit", 0, 184)],
    expect: { deposits: [DEPOSIT, DEPOSIT] },
  },
  ...[0, 183, 185, 368, -184].map((length) => ({
    id: `of-${length < 0 ? "a-negative-number-of" : length}-bytes`,
    about: `A deposit of ${length < 0 ? "2^32 − 184" : length} bytes.`,
    data: [[0, DEPOSIT] as const],
    main: [host("eth2.pushNewDeposit", 0, length)],
    // The host charges the length before it checks the length.
    ...(length < 0 ? { gasLimit: 5_000_000_000 } : {}),
    flags: ["deposit-length"],
    expect: { trap: "deposit-length" as const },
  })),
  {
    id: "of-183-bytes-past-the-memory",
    about: "A wrong length at a wrong address: the length is looked at first.",
    main: [host("eth2.pushNewDeposit", PAGE - 100, 183)],
    flags: ["deposit-length"],
    expect: { trap: "deposit-length" },
  },
  {
    id: "given-up",
    about: "A deposit, a saved root, and then a trap: neither is kept.",
    data: [[0, DEPOSIT]],
    main: [host("eth2.pushNewDeposit", 0, 184), host("eth2.savePostStateRoot", 0), host("eth2.loadPreStateRoot", PAGE)],
    flags: ["kept-after-trap"],
    expect: { trap: "range" },
  },
  ...outside("at", "A deposit", 184, (ptr) => host("eth2.pushNewDeposit", ptr, 184)),
];

const LOG: readonly HostCase[] = [
  {
    id: "every-function",
    about: "What each function keeps, under the name by which it was imported.",
    data: [[8, "68690aff"]],
    main: [
      host("debug.print32", -2),
      host("env.debug_print32", 7),
      host("debug.print64", -2n),
      host("env.debug_print64", 0x0102_0304_0506_0708n),
      host("debug.printMem", 8, 4),
      host("env.debug_printMem", 8, 2),
      host("debug.printMemHex", 9, 3),
      host("env.debug_printMemHex", 8, 1),
      host("env.print", 8, 3),
      host("debug.printMem", PAGE, 0),
    ],
    expect: {
      log: [
        ["debug.print32", "feffffff"],
        ["env.debug_print32", "07000000"],
        ["debug.print64", littleEndian(-2n, 8)],
        ["env.debug_print64", "0807060504030201"],
        ["debug.printMem", "68690aff"],
        ["env.debug_printMem", "6869"],
        ["debug.printMemHex", "690aff"],
        ["env.debug_printMemHex", "68"],
        ["env.print", "68690a"],
        ["debug.printMem", ""],
      ],
    },
  },
  ...outside("print", "Five bytes", 5, (ptr) => host("env.print", ptr, 5)),
  {
    id: "print-hex-past-the-end",
    about: "One byte more than there is.",
    main: [host("debug.printMemHex", PAGE - 4, 5)],
    flags: ["clamped-range"],
    expect: { trap: "range" },
  },
];

const TICKS: readonly HostCase[] = [
  {
    id: "charged",
    about: "Ticks are gas.",
    main: [useTicks("eth2.useTicks", 1234), useTicks("env.eth2_useTicks", 0)],
    expect: {},
  },
  {
    id: "unsigned",
    about: "As many ticks as a number of 32 bits holds, which is not one less than none.",
    gasLimit: 5_000_000_000,
    main: [useTicks("eth2.useTicks", -1)],
    flags: ["signed-pointer"],
    expect: {},
  },
  {
    id: "one-too-many",
    about: "One tick more than there is gas.",
    main: [useTicks("eth2.useTicks", 1234)],
    flags: ["gas-to-the-last"],
    expect: { lacks: 1 },
  },
  {
    id: "last-one",
    about: "As many ticks as there is gas.",
    main: [useTicks("eth2.useTicks", 1234)],
    flags: ["gas-to-the-last"],
    expect: { lacks: 0 },
  },
  {
    id: "paid-before-range",
    about: "A function that cannot be paid, at an address that is wrong: it is not looked at.",
    main: [host("eth2.loadPreStateRoot", PAGE)],
    flags: ["gas-to-the-last"],
    expect: { lacks: 1 },
  },
  {
    id: "bytes-paid-before-range",
    about: "As many bytes as a number of 32 bits holds are paid for before the memory turns out to be smaller.",
    main: [host("debug.printMem", 0, -1)],
    gasLimit: 5_000_000_000,
    flags: ["gas-to-the-last"],
    expect: { trap: "range" },
  },
];

function useTicks(name: string, ticks: number): Code {
  const call = host(name, ticks);
  return { ...call, charges: [...call.charges, { gas: ticks >>> 0, isHost: false }] };
}

export function hostKeptFiles(): Promise<VectorFile[]> {
  return Promise.all([
    hostSuiteFile(
      "host/kept.ts",
      "deposits",
      "Deposits: 184 bytes each, kept as they are, and given up with everything else.",
      [
        "RUNTIME-HOST-005",
        "RUNTIME-HOST-013",
        "RUNTIME-HOST-070",
        "RUNTIME-HOST-071",
        "RUNTIME-HOST-073",
        "RUNTIME-HOST-084",
        "RUNTIME-HOST-085",
        "RUNTIME-GEN-002",
        "RUNTIME-GEN-007",
      ],
      DEPOSITS,
    ),
    hostSuiteFile(
      "host/kept.ts",
      "log",
      "What debugging functions keep.",
      ["RUNTIME-HOST-040", "RUNTIME-HOST-070", "RUNTIME-HOST-071", "RUNTIME-HOST-110", "RUNTIME-HOST-111"],
      LOG,
    ),
    hostSuiteFile(
      "host/kept.ts",
      "ticks",
      "Scout's measure of time, and the last of the gas.",
      [
        "RUNTIME-HOST-002",
        "RUNTIME-HOST-003",
        "RUNTIME-HOST-014",
        "RUNTIME-GEN-005",
        "RUNTIME-METER-001",
        "RUNTIME-METER-008",
      ],
      TICKS,
    ),
  ]);
}
