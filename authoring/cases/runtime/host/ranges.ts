/** Vectors of every pointer of every function, at the bounds of the memory and beyond them. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { prove, rootOf, stateOf } from "../storage/cases.ts";
import { A, SPARSE } from "../storage/samples.ts";
import type { HostCase } from "./cases.ts";
import { type Argument, type Code, drop, host } from "./program.ts";
import { hostSuiteFile, PAGE } from "./samples.ts";

/** A pointer, and the length of its range. */
interface Pointer {
  readonly name: string;
  readonly bytes: number;
}

type Parameter = Pointer | number | bigint;

interface Shape {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Whether the function returns a result. */
  readonly returns?: true;
  /** Whether other files test the range one byte past the end. */
  readonly isElsewhere?: true;
  /** Whether the function needs a state. */
  readonly isOfState?: true;
  /** The outcome when every number is zero and one range ends with the memory. By default the call has no effect. */
  readonly atTheEnd?: Pick<HostCase, "expect" | "blockData">;
}

const zeros = (bytes: number): string => "00".repeat(bytes);
const printed = (name: string): Shape => ({
  name,
  parameters: [{ name: "ptr", bytes: 4 }, 4],
  atTheEnd: { expect: { log: [[name, zeros(4)]] } },
});

const pointers = (bytes: number, ...names: readonly string[]): Pointer[] => names.map((name) => ({ name, bytes }));

function bignumShapes(width: 256 | 384): Shape[] {
  const bytes = width / 8;
  const [a, b, m, r, q, e] = pointers(bytes, "a", "b", "m", "r", "q", "e");
  const shape = (name: string, parameters: readonly Parameter[], returns?: true): Shape => ({
    name: `bignum.${name}${width}`,
    parameters,
    ...(parameters.length === 3 ? {} : { atTheEnd: { expect: { trap: "zero-modulus" as const } } }),
    ...(returns === undefined ? {} : { returns }),
  });
  return [
    shape("add", [a, b, r], true),
    shape("sub", [a, b, r], true),
    shape("mul", [a, b, r]),
    shape("divmod", [a, b, q, r]),
    shape("addmod", [a, b, m, r]),
    shape("submod", [a, b, m, r]),
    shape("mulmod", [a, b, m, r]),
    shape("montmul", [a, b, m, 1n, r]),
    ...(width === 256 ? [shape("expmod", [a, e, m, r])] : []),
  ];
}

const SHAPES: readonly Shape[] = [
  { name: "eth2.loadPreStateRoot", parameters: pointers(32, "ptr"), isElsewhere: true },
  {
    name: "eth2.savePostStateRoot",
    parameters: pointers(32, "ptr"),
    isElsewhere: true,
    atTheEnd: { expect: { postStateRoot: zeros(32) } },
  },
  {
    name: "eth2.blockDataCopy",
    parameters: [{ name: "ptr", bytes: 4 }, 0, 4],
    atTheEnd: { expect: {}, blockData: "01020304" },
  },
  {
    name: "eth2.pushNewDeposit",
    parameters: [{ name: "ptr", bytes: 184 }, 184],
    isElsewhere: true,
    atTheEnd: { expect: { deposits: [zeros(184)] } },
  },
  {
    name: "eth2.loadModule",
    parameters: [0, { name: "code", bytes: 8 }, 8],
    atTheEnd: { expect: { trap: "child-module" } },
  },
  { name: "eth2.expose", parameters: [{ name: "name", bytes: 4 }, 4], atTheEnd: { expect: { trap: "export" } } },
  { name: "eth2.argument", parameters: [{ name: "dst", bytes: 4 }, 4], returns: true },
  { name: "eth2.return", parameters: [{ name: "src", bytes: 4 }, 4], returns: true },
  { name: "eth2.bufferGet", parameters: [0, ...pointers(32, "key", "value")], returns: true },
  { name: "eth2.bufferSet", parameters: [0, ...pointers(32, "key", "value")] },
  printed("debug.printMem"),
  printed("debug.printMemHex"),
  printed("env.print"),
  ...bignumShapes(256),
  ...bignumShapes(384),
  { name: "env.bignum_add256", parameters: pointers(32, "a", "b", "r") },
  { name: "env.bignum_sub256", parameters: pointers(32, "a", "b", "r") },
  { name: "proof.get", parameters: pointers(32, "key", "value"), returns: true, isOfState: true },
  { name: "proof.set", parameters: pointers(32, "key", "value"), isOfState: true },
  { name: "proof.delete", parameters: pointers(32, "key"), isOfState: true },
  { name: "proof.root", parameters: pointers(32, "out"), isElsewhere: true, isOfState: true },
];

/** The addresses of the other ranges, far enough apart for every number. */
const addressOf = (index: number): number => 512 * (index + 1);

function callOf({ name, parameters, returns }: Shape, wrong: Pointer, ptr: number): Code {
  const args = parameters.map((parameter, index): Argument => {
    if (typeof parameter !== "object") return parameter;
    return parameter === wrong ? ptr : addressOf(index);
  });
  return returns === undefined ? host(name, ...args) : drop(host(name, ...args));
}

function rangesOf(shape: Shape): HostCase[] {
  const over = { preStateRoot: rootOf(SPARSE), state: stateOf(SPARSE, { proof: prove(SPARSE, [A]) }) };
  return shape.parameters
    .filter((parameter) => typeof parameter === "object")
    .flatMap((pointer): HostCase[] => {
      const one = (id: string, where: string, ptr: number, flag: string, expect: HostCase["expect"]): HostCase => ({
        id: `${shape.name.replace(/[._]/g, "-").toLowerCase()}-${pointer.name}-${id}`,
        about: `${shape.name}, of which ${pointer.name} ${where}.`,
        main: [callOf(shape, pointer, ptr)],
        ...(shape.isOfState === undefined ? {} : over),
        flags: [flag],
        expect,
      });
      const range = { trap: "range" } as const;
      const { expect, ...others } = shape.atTheEnd ?? { expect: {} };
      return [
        {
          ...one("to-the-end", "ends with the memory", PAGE - pointer.bytes, "range", expect),
          ...others,
          ...(shape.isOfState === undefined
            ? {}
            : { data: [addressOf(0), PAGE - 32].map((address) => [address, A] as const) }),
        },
        ...(shape.isElsewhere === undefined
          ? [one("past-the-end", "ends one byte past the memory", PAGE - pointer.bytes + 1, "range", range)]
          : []),
        one(
          "before-the-end-of-all",
          "lies at an address that, signed, counts from the end",
          -2 * pointer.bytes,
          "signed-pointer",
          range,
        ),
      ];
    });
}

/** Memories of another size than one page. */
function otherSizes(): HostCase[] {
  const none = (id: string, about: string, main: readonly Code[], expect: HostCase["expect"]): HostCase => ({
    ...{ id: `no-pages-${id}`, about, memory: [0, 1], main, flags: ["range"], expect },
  });
  const two = (id: string, about: string, main: readonly Code[], expect: HostCase["expect"]): HostCase => ({
    ...{ id: `two-pages-${id}`, about, memory: [2, 2], main, flags: ["range"], expect },
    data: [[PAGE - 2, "01020304"]],
  });
  return [
    none("nothing", "No bytes of a memory of no pages.", [host("env.print", 0, 0)], { log: [["env.print", ""]] }),
    none("one-byte", "One byte of a memory of no pages.", [host("env.print", 0, 1)], { trap: "range" }),
    none("root", "A root into a memory of no pages.", [host("eth2.loadPreStateRoot", 0)], { trap: "range" }),
    two(
      "across",
      "Bytes of both pages, and the last of the second.",
      [host("env.print", PAGE - 3, 6), host("env.print", 2 * PAGE - 1, 1)],
      {
        log: [
          ["env.print", "000102030400"],
          ["env.print", "00"],
        ],
      },
    ),
    two("past-the-end", "One byte past the second page.", [host("env.print", 2 * PAGE - 1, 2)], { trap: "range" }),
  ];
}

/** A range of no bytes is legal at the end of the memory, and illegal one byte further. */
function emptyRanges(): HostCase[] {
  const calls: readonly (readonly [string, (ptr: number) => Code, "child-module" | "export" | undefined])[] = [
    ["print", (ptr) => host("env.print", ptr, 0), undefined],
    ["print-hex", (ptr) => host("debug.printMemHex", ptr, 0), undefined],
    ["argument", (ptr) => drop(host("eth2.argument", ptr, 0)), undefined],
    ["return", (ptr) => drop(host("eth2.return", ptr, 0)), undefined],
    ["load-module", (ptr) => host("eth2.loadModule", 0, ptr, 0), "child-module"],
    ["expose", (ptr) => host("eth2.expose", ptr, 0), "export"],
  ];
  return calls.flatMap(([name, call, fault]) => [
    {
      id: `${name}-nothing-at-the-end`,
      about: "No bytes, at the end of the memory: the range is legal.",
      main: [call(PAGE)],
      flags: ["empty-range"],
      expect:
        fault === undefined
          ? name.startsWith("print")
            ? { log: [[name === "print" ? "env.print" : "debug.printMemHex", ""] as const] }
            : {}
          : { trap: fault },
    },
    {
      id: `${name}-nothing-past-the-end`,
      about: "No bytes, from beyond the memory.",
      main: [call(PAGE + 1)],
      flags: ["empty-range"],
      expect: { trap: "range" as const },
    },
    {
      id: `${name}-nothing-at-the-end-of-all`,
      about: "No bytes, at the largest address that 32 bits hold.",
      main: [call(-1)],
      flags: ["empty-range"],
      expect: { trap: "range" as const },
    },
  ]);
}

export function hostRangeFiles(): Promise<VectorFile[]> {
  const requirements = [
    "RUNTIME-HOST-002",
    "RUNTIME-HOST-071",
    "RUNTIME-HOST-072",
    "RUNTIME-HOST-074",
    "RUNTIME-HOST-075",
  ];
  return Promise.all([
    hostSuiteFile(
      "host/ranges.ts",
      "ranges",
      "Every pointer of every function, at addresses that are not; and ranges of no bytes.",
      requirements,
      [...SHAPES.flatMap(rangesOf), ...emptyRanges(), ...otherSizes()],
    ),
  ]);
}
