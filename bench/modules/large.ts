/** Large modules: ordinary code, and the code at the limits of docs/spec/modules.md that is hardest to compile. */
import { assemble } from "../../authoring/cases/kit/wat.ts";
import { decodeModule } from "../../reference/runtime/decode/module.ts";
import { COLLATZ, FIBONACCI } from "./branchy.ts";
import { keccakModule, sha256Module } from "./hashes.ts";

/** A generous bound for the bytes of a module besides its bodies. */
const OTHER_BYTES = 8192;
const MODULE_BYTES = 2 ** 20 - OTHER_BYTES;
const LOCALS_IN_ALL = 65_536;
const LOOPS_IN_ALL = 8192;

const I32 = 0x7f;
const I64 = 0x7e;

/** Returns a module with repeated code of several programs. */
export async function ordinaryModule(bytes: number): Promise<Uint8Array> {
  const modules = await Promise.all([FIBONACCI, COLLATZ, sha256Module(), keccakModule()].map((wat) => assemble(wat)));
  const bodies = modules.map(onlyBody);
  const enough = Math.floor(bytes / bodies.reduce((sum, body) => sum + body.length, 0));
  // `fibonacci` and `collatz` are functions (i32) → i32, the hashes (i32, i32) → (); the first calls itself as function 0.
  const types = [0, 0, 1, 1];
  const all = repeat(enough, bodies);
  return moduleOf(
    [0x60, 1, I32, 1, I32, 0x60, 2, I32, I32, 0],
    all.map((_, index) => types[index % types.length]),
    all,
  );
}

export interface LargeModule {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const get = (local: number): number[] => [0x20, ...unsigned(local)];
const set = (local: number): number[] => [0x21, ...unsigned(local)];
const brIf = (label: number): number[] => [0x0d, ...unsigned(label)];
const [BLOCK, LOOP, IF, ELSE, END] = [[0x02, 0x40], [0x03, 0x40], [0x04, 0x40], [0x05], [0x0b]];
const ZERO_AND_BRANCH = [...get(3), 0x50, ...brIf(0)];

/** Returns modules with as many bodies of 64 KiB or 4096 charge points as a module may have. */
export function modulesAtTheLimits(): LargeModule[] {
  const filled = (name: string, code: readonly number[], locals = 1, type = I32, loops = 0): LargeModule => ({
    name,
    bytes: fill(code, locals, type, loops),
  });
  const deepBlocks = [...times(250, BLOCK), ...times(250, [...get(0), ...brIf(0), ...END])];
  const deepLoops = [...times(250, LOOP), ...times(250, [...get(0), ...brIf(0), ...END])];
  return [
    filled("branches", [...BLOCK, ...times(4000, [...get(0), ...brIf(0)]), ...END]),
    filled("ifs", times(2040, [...get(0), ...IF, ...END])),
    filled(
      "ifs with else",
      times(1360, [...get(0), ...IF, ...get(0), ...set(0), ...ELSE, ...get(0), ...set(0), ...END]),
    ),
    filled("ifs over operands", [
      ...times(127, [0x41, 0x00]),
      ...times(2040, [...get(0), ...IF, ...END]),
      ...times(127, [0x1a]),
    ]),
    filled("calls", times(4090, [0x10, 0x00])),
    filled("indirect calls", times(4090, [...get(0), 0x11, 0x00, 0x00])),
    filled("loops", times(512, [...LOOP, ...get(0), ...brIf(0), ...END]), 1, I32, 512),
    filled("blocks within each other", times(8, deepBlocks)),
    filled("loops within each other", times(2, deepLoops), 1, I32, 500),
    filled(
      "tables of branches",
      times(60, [...BLOCK, ...get(0), 0x0e, ...unsigned(1024), ...times(1025, [0x00]), ...END]),
    ),
    filled("memory.grow", times(4000, [0x41, 0x00, 0x40, 0x00, 0x1a])),
    filled("memory.fill", times(4000, [...get(0), ...get(0), ...get(0), 0xfc, 0x0b, 0x00])),
    filled("locals", times(500, [...get(0), ...set(100)]), 255),
    filled("locals and loops", times(500, [...LOOP, ...times(3, ZERO_AND_BRANCH), ...END]), 255, I64, 500),
    filled(
      "locals and branches",
      [
        ...BLOCK,
        ...joined(4000, (n) => [...get(n % 250), 0x50, ...brIf(0), ...get(n % 250), ...set((7 * n) % 250)]),
        ...END,
      ],
      255,
      I64,
    ),
  ];
}

/** Returns a module with as many functions of this code as fit. */
function fill(code: readonly number[], locals: number, type: number, loops: number): Uint8Array {
  const body = Uint8Array.from([1, ...unsigned(locals), type, ...code, ...END]);
  const most = Math.min(MODULE_BYTES / (body.length + 3), LOCALS_IN_ALL / locals, LOOPS_IN_ALL / loops);
  const bodies = repeat(Math.floor(most), [body]);
  return moduleOf(
    [0x60, 0, 0],
    bodies.map(() => 0),
    bodies,
  );
}

/** Input: `types`, the concatenated bytes of all types. */
function moduleOf(types: readonly number[], functions: readonly number[], bodies: readonly Uint8Array[]): Uint8Array {
  const code = bodies.flatMap((body) => [Uint8Array.from(unsigned(body.length)), body]);
  const count = types.filter((byte) => byte === 0x60).length;
  return joinBytes([
    Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00),
    ...section(1, [Uint8Array.from([count, ...types])]),
    ...section(3, [Uint8Array.from([...unsigned(functions.length), ...functions])]),
    ...section(4, [Uint8Array.of(1, 0x70, 0, ...unsigned(4096))]),
    ...section(5, [Uint8Array.of(1, 1, 1, 1)]),
    ...section(7, [Uint8Array.of(1, 6), new TextEncoder().encode("memory"), Uint8Array.of(2, 0)]),
    ...section(10, [Uint8Array.from(unsigned(bodies.length)), ...code]),
  ]);
}

function section(id: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([id, ...unsigned(length)]), ...parts];
}

/** Returns the body of the only function of a module. */
function onlyBody(bytes: Uint8Array): Uint8Array {
  const [body] = decodeModule(bytes).bodies;
  return bytes.subarray(body.start, body.end);
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const times = (count: number, bytes: readonly number[]): number[] => joined(count, () => bytes);
const repeat = <Item>(count: number, items: readonly Item[]): Item[] =>
  Array.from({ length: count }, () => items).flat();

function joined(count: number, part: (index: number) => readonly number[]): number[] {
  return Array.from({ length: count }, (_, index) => part(index)).flat();
}

/** Adds a custom section with `seed`, because an engine caches compiled modules by their bytes. */
export function unlike(bytes: Uint8Array, seed: number): Uint8Array {
  return joinBytes([bytes, Uint8Array.of(0, 4, 1, 0x61, seed & 0xff, seed >> 8)]);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
