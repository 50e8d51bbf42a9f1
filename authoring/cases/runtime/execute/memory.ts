/** Cases of `runtime/execute` on memory: values that are read and written, addresses, and traps. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { ValueType } from "../../../../reference/runtime/module.ts";
import { type ExecuteCase, executeFile } from "./cases.ts";
import { apply, CHECKS, check, constantOf, mainOf, type Priced } from "./code.ts";

const SOURCE = "execute/memory.ts";
const PAGE = 65_536;
const ACCESS = 3;
const DROP = 1;
const BULK = 8;
const GROW = 16;
const PAGE_COST = 4096;

/** A load or store: its name, the number of bytes that it accesses, and whether a load reads them as signed. */
interface Access {
  readonly name: string;
  readonly type: ValueType;
  readonly bytes: number;
  readonly isSigned: boolean;
}

const LOADS: readonly Access[] = (["i32", "i64"] as const).flatMap((type) => {
  const all = type === "i32" ? 4 : 8;
  const narrow = [1, 2, 4].filter((bytes) => bytes < all);
  const load = (bytes: number, isSigned: boolean): Access => {
    return { name: `${type}.load${8 * bytes}_${isSigned ? "s" : "u"}`, type, bytes, isSigned };
  };
  return [
    { name: `${type}.load`, type, bytes: all, isSigned: false },
    ...narrow.flatMap((bytes) => [load(bytes, true), load(bytes, false)]),
  ];
});

const STORES: readonly Access[] = (["i32", "i64"] as const).flatMap((type) => {
  const all = type === "i32" ? 4 : 8;
  const bits = (bytes: number): string => (bytes === all ? "" : String(8 * bytes));
  return [1, 2, 4, 8]
    .filter((bytes) => bytes <= all)
    .map((bytes) => ({ name: `${type}.store${bits(bytes)}`, type, bytes, isSigned: false }));
});

/** Neighbouring bytes differ in their highest bits. */
const PATTERN = [0x80, 0x01, 0xff, 0x7e, 0xfe, 0x00, 0x81, 0x7f, 0x92, 0x23, 0xb4, 0x45, 0xd6, 0x67, 0xf8, 0x09];
const LAST = PAGE - PATTERN.length;
const DATA = [0, LAST].map(
  (at) => `(data (i32.const ${at}) "${PATTERN.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`,
);

const address = (at: number): Priced => constantOf("i32", BigInt(at));

function byteAt(at: number): bigint {
  return BigInt(PATTERN[at >= LAST ? at - LAST : at] ?? 0);
}

function valueAt({ bytes, isSigned }: Access, at: number): bigint {
  const value = Array.from({ length: bytes }, (_, index) => byteAt(at + index) << BigInt(8 * index)).reduce(
    (sum, part) => sum + part,
  );
  return isSigned ? BigInt.asIntN(8 * bytes, value) : value;
}

function programOf(id: string, about: string, ...pieces: readonly Priced[]): ExecuteCase {
  const main = mainOf(...pieces);
  return {
    id,
    about,
    fields: [...CHECKS, ...DATA, main.text],
    functions: CHECKS.length + 1,
    segmentBytes: DATA.length * PATTERN.length,
    gas: main.gas,
    flags: ["instruction-edge"],
  };
}

function loadCase(access: Access): ExecuteCase {
  const { name, type, bytes } = access;
  const places: readonly (readonly [at: number, offset: number])[] = [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((at) => [at, 0] as const),
    ...[
      [0, 3],
      [2, 1],
      [PAGE - bytes, 0],
      [PAGE - bytes - 1, 1],
      [0, PAGE - bytes],
      [100, LAST - 100],
    ].map(([at, offset]) => [at, offset] as const),
  ];
  const checks = places.map(([at, offset]) =>
    check(type, apply(`${name} offset=${offset}`, ACCESS, address(at)), valueAt(access, at + offset)),
  );
  return programOf(
    idOf(name),
    `${name} at every alignment, with offsets, and of the last bytes of the memory.`,
    ...checks,
  );
}

/** Writes between other bytes, which must not change. */
function storeCase({ name, type, bytes }: Access): ExecuteCase {
  const value = 0xf1e2_d3c4_b5a6_9788n;
  const pieces = [1, 8, 3].flatMap((at) => {
    const memory = PATTERN.map(BigInt);
    const before = [1, 8, 3].slice(0, [1, 8, 3].indexOf(at) + 1);
    for (const place of before) {
      for (let index = 0; index < bytes; index++) memory[place + index] = (value >> BigInt(8 * index)) & 0xffn;
    }
    const word = (from: number): bigint =>
      memory.slice(from, from + 8).reduceRight((sum, byte) => sum * 256n + byte, 0n);
    const store = apply(`${name} offset=${at - 1}`, ACCESS, address(1), constantOf(type, value));
    const checks = [0, 8].map((from) => check("i64", apply("i64.load", ACCESS, address(from)), word(from)));
    return [store, ...checks];
  });
  const last = apply(name, ACCESS, address(PAGE - bytes), constantOf(type, value));
  const lastByte = (value >> BigInt(8 * (bytes - 1))) & 0xffn;
  const lastCheck = check("i32", apply("i32.load8_u", ACCESS, address(PAGE - 1)), lastByte);
  return programOf(
    idOf(name),
    `${name} between other bytes, and to the last of the memory.`,
    ...pieces,
    last,
    lastCheck,
  );
}

/** One byte too far by the address, by the offset, and by both, whose sum must not wrap. */
function rangeCases({ name, type, bytes }: Access): ExecuteCase[] {
  const isStore = name.includes("store");
  const places: readonly (readonly [id: string, about: string, at: number, offset: number])[] = [
    ["past", "that ends one byte past the memory", PAGE - bytes + 1, 0],
    ["past-by-offset", "whose offset takes it past the memory", 1, PAGE - bytes],
    ["high", "at the highest address", 2 ** 32 - 1, 0],
    ["wrapping", "at an address that wraps around to 0 when the offset is added", 2 ** 32 - 1, 1],
    ["high-offset", "with the highest offset", 1, 2 ** 32 - 1],
  ];
  return places.map(([id, about, at, offset]) => {
    const value = isStore ? [constantOf(type, 1n)] : [];
    const piece = apply(`${name} offset=${offset}`, ACCESS, address(at), ...value);
    const main = mainOf(isStore ? piece : apply("drop", DROP, piece));
    return {
      id: `${idOf(name)}-${id}`,
      about: `${name} ${about}.`,
      fields: [main.text],
      functions: 1,
      gas: main.gas,
      trap: "memory-range" as const,
      flags: ["instruction-trap"],
    };
  });
}

function idOf(name: string): string {
  return name.replaceAll(/[._]/g, "-");
}

function fill(at: number, value: number, length: number): Priced {
  return apply("memory.fill", BULK + length, address(at), address(value), address(length));
}

function copy(to: number, from: number, length: number): Priced {
  return apply("memory.copy", BULK + length, address(to), address(from), address(length));
}

/** Checks the eight bytes from an address on. */
function wordCheck(at: number, bytes: readonly number[]): Priced {
  const expected = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return check("i64", apply("i64.load", ACCESS, address(at)), expected);
}

function bulkCases(): ExecuteCase[] {
  const [a, b, c, d, e, f, g, h, i] = PATTERN;
  return [
    programOf(
      "fill",
      "memory.fill takes the low byte of its value, and touches nothing around.",
      fill(2, 0x1234_56ab, 3),
      wordCheck(0, [a, b, 0xab, 0xab, 0xab, f, g, h]),
    ),
    programOf(
      "copy-forward",
      "memory.copy to a higher address that overlaps.",
      copy(2, 0, 5),
      wordCheck(0, [a, b, a, b, c, d, e, h]),
    ),
    programOf(
      "copy-back",
      "memory.copy to a lower address that overlaps.",
      copy(0, 2, 7),
      wordCheck(0, [c, d, e, f, g, h, i, h]),
    ),
    programOf(
      "bulk-of-nothing",
      "memory.fill and memory.copy of no bytes where the memory ends.",
      fill(PAGE, 1, 0),
      copy(PAGE, 0, 0),
      copy(0, PAGE, 0),
      wordCheck(0, [a, b, c, d, e, f, g, h]),
    ),
    programOf(
      "fill-to-the-end",
      "memory.fill of the last bytes.",
      fill(PAGE - 8, 0x11, 8),
      wordCheck(PAGE - 8, Array(8).fill(0x11)),
    ),
  ];
}

function bulkRangeCases(): ExecuteCase[] {
  const rows: readonly (readonly [id: string, about: string, piece: Priced])[] = [
    ["fill-past", "memory.fill one byte past the memory", fill(PAGE - 7, 1, 8)],
    ["fill-nothing-beyond", "memory.fill of no bytes beyond the end", fill(PAGE + 1, 1, 0)],
    ["fill-wrapping", "memory.fill of a range that wraps around to 0", fill(2 ** 32 - 8, 1, 16)],
    ["copy-to-past", "memory.copy to one byte past the memory", copy(PAGE - 7, 0, 8)],
    ["copy-from-past", "memory.copy from one byte past the memory", copy(0, PAGE - 7, 8)],
    ["copy-to-nothing-beyond", "memory.copy of no bytes to beyond the end", copy(PAGE + 1, 0, 0)],
    ["copy-from-nothing-beyond", "memory.copy of no bytes from beyond the end", copy(0, PAGE + 1, 0)],
  ];
  return rows.map(([id, about, piece]) => ({
    id,
    about: `${about}.`,
    fields: [mainOf(piece).text],
    functions: 1,
    gas: piece.gas,
    trap: "memory-range" as const,
    flags: ["instruction-trap"],
  }));
}

function growCases(): ExecuteCase[] {
  const size = (pages: bigint): Priced => check("i32", apply("memory.size", 1), pages);
  const grow = (pages: number, expected: bigint): Priced =>
    check("i32", apply("memory.grow", GROW + pages * PAGE_COST, address(pages)), expected);
  const store = apply("i32.store8", ACCESS, address(2 * PAGE - 1), address(7));
  const load = (at: number, expected: bigint): Priced =>
    check("i32", apply("i32.load8_u", ACCESS, address(at)), expected);
  return [
    programOf(
      "grow",
      "memory.grow answers the pages before, and the new ones are zero.",
      size(1n),
      grow(1, 1n),
      size(2n),
      load(PAGE, 0n),
      store,
      load(2 * PAGE - 1, 7n),
      load(PAGE - 1, 9n),
    ),
    programOf("grow-by-nothing", "memory.grow by 0 pages.", grow(0, 1n), size(1n)),
    programOf(
      "grow-to-the-maximum",
      "memory.grow to the maximum that the module states.",
      grow(2, 1n),
      size(3n),
      grow(0, 3n),
      grow(1, -1n),
      size(3n),
    ),
    programOf(
      "grow-too-far",
      "memory.grow beyond the maximum changes nothing, and is paid.",
      grow(3, -1n),
      size(1n),
      grow(1000, -1n),
      size(1n),
      grow(1, 1n),
    ),
  ];
}

export async function executeMemoryFiles(): Promise<VectorFile[]> {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly ExecuteCase[]) =>
    executeFile(SOURCE, { theme, about, requirements }, cases);
  const ranges = [...LOADS, ...STORES].flatMap(rangeCases);
  return [
    await file(
      "memory",
      "Loads and stores.",
      ["RUNTIME-MODULE-012", "RUNTIME-METER-014"],
      [...LOADS.map(loadCase), ...STORES.map(storeCase)],
    ),
    await file(
      "memory-ranges",
      "Loads and stores beyond the memory.",
      ["RUNTIME-MODULE-046", "RUNTIME-METER-011"],
      ranges,
    ),
    await file(
      "bulk-memory",
      "memory.fill and memory.copy.",
      ["RUNTIME-MODULE-012", "RUNTIME-MODULE-046", "RUNTIME-METER-005", "RUNTIME-METER-019", "RUNTIME-METER-011"],
      [...bulkCases(), ...bulkRangeCases()],
    ),
    await file(
      "growing-memory",
      "memory.size and memory.grow.",
      ["RUNTIME-MODULE-012", "RUNTIME-METER-017", "RUNTIME-METER-019", "RUNTIME-METER-020"],
      growCases(),
    ),
  ];
}
