/** Vectors of calls with two faults. The answer reports the first fault in the order of RUNTIME-HOST-077. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { entriesJson, prove, rootOf, type Store, stateOf } from "../storage/cases.ts";
import { A, C, ENTRIES, FAR, PATRICIA, SPARSE, SSZ, word } from "../storage/samples.ts";
import type { HostCase } from "./cases.ts";
import { type Code, drop, host } from "./program.ts";
import { hostSuiteFile, PAGE } from "./samples.ts";

const ONES = "ff".repeat(32);

/** Calls without enough gas, each with a fault of the next check. */
const UNPAID: readonly (readonly [id: string, about: string, call: Code, returns?: true])[] = [
  ["get-from-no-frame", "a frame that there is not", host("eth2.bufferGet", 256, 0, 32), true],
  ["set-in-no-frame", "a frame that there is not", host("eth2.bufferSet", 256, 0, 32)],
  ["merge-of-no-frame", "a frame that there is not", host("eth2.bufferMerge", 0, 256)],
  ["clear-of-no-frame", "a frame that there is not", host("eth2.bufferClear", 256)],
  ["short-deposit", "a deposit of 183 bytes", host("eth2.pushNewDeposit", 0, 183)],
  ["load-into-no-slot", "a slot that there is not", host("eth2.loadModule", 16, 0, 8)],
  ["load-of-no-module", "bytes that are no module", host("eth2.loadModule", 0, 0, 8)],
  ["call-of-an-empty-slot", "an empty slot", host("eth2.callModule", 0, 0, 1, 0, 0, 0, 0), true],
  ["expose-nothing", "a name that nothing has", host("eth2.expose", 0, 1)],
  ["argument-past-the-end", "room beyond the memory", host("eth2.argument", PAGE, 1), true],
  ["return-past-the-end", "an answer beyond the memory", host("eth2.return", PAGE, 1), true],
  ["copy-past-the-data", "more block data than there is", host("eth2.blockDataCopy", 0, 0, 1)],
  ["save-past-the-end", "a root beyond the memory", host("eth2.savePostStateRoot", PAGE)],
  ["print-past-the-end", "bytes beyond the memory", host("debug.printMem", PAGE, 1)],
  ["divide-by-zero", "a divisor of zero", host("bignum.divmod256", 0, 32, 64, 96)],
  ["reduce-by-zero", "a modulus of zero", host("bignum.mulmod384", 0, 48, 96, 144)],
  ["montgomery-by-zero", "a modulus of zero", host("bignum.montmul256", 0, 32, 64, 1n, 96)],
  ["power-by-zero", "a modulus of zero", host("bignum.expmod256", 0, 32, 64, 96)],
  ["sub-below-zero", "a difference below zero", host("env.bignum_sub256", 0, 512, 32)],
  ["get-without-state", "no state", host("proof.get", 0, 32), true],
  ["set-without-state", "no state", host("proof.set", 0, 32)],
  ["delete-without-state", "no state", host("proof.delete", 0)],
  ["root-without-state", "no state", host("proof.root", 0)],
  ["checkpoint-without-state", "no state", host("proof.checkpoint")],
  ["commit-without-state", "no state", host("proof.commit")],
  ["revert-without-state", "no state", host("proof.revert")],
];

function unpaid(): HostCase[] {
  return UNPAID.map(([id, about, call, returns]) => ({
    id: `unpaid-${id}`,
    about: `One unit of gas too little for a call that is wrong as well: ${about}.`,
    data: [[512, ONES] as const],
    main: [returns === undefined ? call : { ...call, text: `(drop ${call.text})` }],
    flags: ["gas-to-the-last"],
    requirements: ["RUNTIME-METER-008", ...(about === "no state" ? ["RUNTIME-HOST-122"] : [])],
    expect: { lacks: 1 },
  }));
}

/** Every range is checked before the host looks at what the arguments point at. */
function rangesFirst(): HostCase[] {
  const proven = (store: Store, keys: readonly string[]): Pick<HostCase, "preStateRoot" | "state"> => ({
    preStateRoot: rootOf(store),
    state: stateOf(store, { proof: prove(store, keys) }),
  });
  const whole = (store: Store): Pick<HostCase, "preStateRoot" | "state" | "call"> => ({
    preStateRoot: rootOf(store),
    state: stateOf(store, { entries: entriesJson(store) }),
    call: "runtime/record",
  });
  const odd: Store = { ...PATRICIA, entries: [...ENTRIES, [FAR, "0102"]] };
  const range = (id: string, about: string, one: Omit<HostCase, "id" | "about" | "expect">): HostCase => ({
    id,
    about: `${about}: the range is looked at first.`,
    flags: ["error-precedence"],
    ...one,
    expect: { trap: "range" },
  });
  const get = drop(host("proof.get", 0, PAGE - 31));
  return [
    range("get-uncovered-to-nowhere", "A key that the proof does not decide, and room beyond the memory", {
      data: [[0, A]],
      main: [get],
      ...proven(SPARSE, [C]),
    }),
    range("get-short-value-to-nowhere", "A stored value of two bytes, and room beyond the memory", {
      data: [[0, FAR]],
      main: [get],
      ...proven(odd, [FAR]),
    }),
    range("get-no-leaf-to-nowhere", "Generalized index 0, and room beyond the memory", {
      main: [get],
      ...proven(SSZ, [word("", "04")]),
    }),
    range("set-no-leaf-from-nowhere", "Generalized index 0, and a value beyond the memory", {
      main: [host("proof.set", 0, PAGE - 31)],
      ...proven(SSZ, [word("", "04")]),
    }),
    range("root-uncovered-to-nowhere", "A root that the proof does not give, and room beyond the memory", {
      data: [[0, A + ONES]],
      main: [host("proof.set", 0, 32), host("proof.root", PAGE - 31)],
      ...proven(SPARSE, [C]),
    }),
    range("scout-add-to-nowhere", "A sum that does not fit, and room beyond the memory", {
      data: [[0, ONES]],
      main: [host("env.bignum_add256", 0, 0, PAGE - 31)],
    }),
    range("divide-over-each-other-from-nowhere", "A dividend beyond the memory, and results that overlap", {
      requirements: ["RUNTIME-HOST-120"],
      main: [host("bignum.divmod256", PAGE, 0, 64, 65)],
    }),
    {
      id: "divide-by-zero-over-each-other",
      about: "Results that overlap, and a divisor of zero: an overlap is found with the ranges.",
      main: [host("bignum.divmod256", 0, 32, 64, 65)],
      flags: ["error-precedence"],
      requirements: ["RUNTIME-HOST-119", "RUNTIME-HOST-120"],
      expect: { trap: "overlap" },
    },
    range("record-no-leaf-to-nowhere", "A recording, a key of no leaf, and room beyond the memory", {
      data: [[0, word("", "08")]],
      main: [get],
      ...whole(SSZ),
    }),
  ];
}

export function hostOrderFiles(): Promise<VectorFile[]> {
  return Promise.all([
    hostSuiteFile(
      "host/order.ts",
      "order",
      "Calls with two faults: the gas comes first, then numbers and lengths, then ranges, then what is there.",
      ["RUNTIME-HOST-003", "RUNTIME-HOST-074", "RUNTIME-HOST-077"],
      [...unpaid(), ...rangesFirst()],
    ),
  ]);
}
