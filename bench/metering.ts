/** The cost of counting gas and stack, during the execution of a module and before it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { assemble } from "../authoring/cases/kit/wat.ts";
import { packagePath } from "../harness/files/package-root.ts";
import type { Instance, WasmValue } from "../reference/runtime/engine.ts";
import { instrument } from "../reference/runtime/meter/instrument.ts";
import type { ValidModule } from "../reference/runtime/module.ts";
import { createV8Engine } from "../reference/runtime/v8/engine.ts";
import {
  Module,
  type WasmFunction,
  type WasmMemory,
  Instance as WebAssemblyInstance,
} from "../reference/runtime/v8/web-assembly.ts";
import { validateModule } from "../reference/runtime/validate/validate.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";
import { COLLATZ, FIBONACCI } from "./modules/branchy.ts";
import { keccakModule, MESSAGE, STATE, sha256Module } from "./modules/hashes.ts";
import { ordinaryModule, unlike } from "./modules/large.ts";

const GAS = 2n ** 62n;
const STACK = 65_536;
const TURNS_A_ROUND = 5;

interface Running {
  call(name: string, args: readonly WasmValue[]): WasmValue | undefined;
  memory(): Uint8Array;
}

const valid = (bytes: Uint8Array): ValidModule => validateModule(bytes, { role: "child", offers: () => true });

async function bothWays(wat: string): Promise<{ metered: Instance; plain: Running }> {
  const bytes = await assemble(wat);
  const { exports } = new WebAssemblyInstance(new Module(bytes), {});
  return {
    metered: createV8Engine().instantiate(valid(bytes), [], { gas: GAS, stack: STACK }),
    plain: {
      call: (name, args) => (exports[name] as WasmFunction)(...args),
      memory: () => new Uint8Array((exports.memory as WasmMemory).buffer),
    },
  };
}

interface Program {
  readonly name: string;
  readonly wat: string;
  readonly most: number;
  /** Checks the result of the program. */
  check(running: Running): void;
  work(running: Running): void;
}

interface HashProgram {
  readonly name: string;
  readonly wat: string;
  readonly export: string;
  readonly blockBytes: number;
  /** The bytes of the initial state. */
  readonly initial: Uint8Array;
  /** Pads the last block of the message. */
  pad(block: Uint8Array, messageBytes: number): void;
  digest(state: Uint8Array): Uint8Array;
  readonly oracle: (message: Uint8Array) => Uint8Array;
}

const SHA256: HashProgram = {
  name: "sha256",
  wat: sha256Module(),
  export: "compress",
  blockBytes: 64,
  initial: Uint8Array.from(
    [...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a], ...[0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]].flatMap(
      (word) => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24],
    ),
  ),
  pad(block, messageBytes) {
    block[messageBytes % 64] = 0x80;
    new DataView(block.buffer, block.byteOffset).setUint32(60, 8 * messageBytes);
  },
  digest(state) {
    const words = new DataView(state.buffer, state.byteOffset);
    const digest = new DataView(new ArrayBuffer(32));
    for (let offset = 0; offset < 32; offset += 4) digest.setUint32(offset, words.getUint32(offset, true));
    return new Uint8Array(digest.buffer);
  },
  oracle: sha256,
};

const KECCAK: HashProgram = {
  name: "keccak256",
  wat: keccakModule(),
  export: "absorb",
  blockBytes: 136,
  initial: new Uint8Array(200),
  pad(block, messageBytes) {
    block[messageBytes % 136] |= 0x01;
    block[135] |= 0x80;
  },
  digest: (state) => state.slice(0, 32),
  oracle: keccak_256,
};

function hashProgram(hash: HashProgram): Program {
  const { blockBytes } = hash;
  const blocks = Math.floor(65_536 / blockBytes);
  return {
    name: hash.name,
    wat: hash.wat,
    most: 1.3,
    check(running) {
      // Two whole blocks and a partial third one.
      const message = Uint8Array.from({ length: 2 * blockBytes + 5 }, (_, index) => 7 * index);
      const memory = running.memory();
      memory.set(hash.initial, STATE);
      memory.set(message, MESSAGE);
      const last = memory.subarray(MESSAGE + 2 * blockBytes, MESSAGE + 3 * blockBytes);
      hash.pad(last, message.length);
      running.call(hash.export, [MESSAGE, 3]);
      const digest = hash.digest(memory.subarray(STATE, STATE + 200));
      if (Buffer.compare(digest, hash.oracle(message)) !== 0) throw new Error(`${hash.name} computes another hash`);
    },
    work(running) {
      for (let time = 0; time < 50; time++) running.call(hash.export, [MESSAGE, blocks]);
    },
  };
}

/**
 * The target for loops and calls of a few instructions. Each iteration loads and stores the counter of gas. Processors differ
 * in the delay from a store to a load: the ratios of the same two modules were 1.5 and 1.7 on one, 4.6 and 3.0 on another.
 */
const MOST_OF_SHORT_LOOPS = 5;

const PROGRAMS: readonly Program[] = [
  hashProgram(SHA256),
  hashProgram(KECCAK),
  {
    name: "fibonacci",
    wat: FIBONACCI,
    most: MOST_OF_SHORT_LOOPS,
    check: (running) => expectResult(running.call("fibonacci", [20]), 6765),
    work: (running) => running.call("fibonacci", [30]),
  },
  {
    name: "collatz",
    wat: COLLATZ,
    most: MOST_OF_SHORT_LOOPS,
    // The numbers 1 to 7 take 0, 1, 7, 2, 5, 8 and 16 steps.
    check: (running) => expectResult(running.call("collatz", [7]), 39),
    work: (running) => running.call("collatz", [100_000]),
  },
];

function expectResult(actual: WasmValue | undefined, expected: number): void {
  if (actual !== expected) throw new Error(`a program computes ${actual}; expected ${expected}`);
}

const runs: readonly Bench[] = PROGRAMS.map(({ name, wat, most, check, work }) => ({
  name: `metering, ${name}`,
  unit: "ms",
  sides: ["metered", "plain"],
  target: { kind: "at-most", ratio: most },
  async measure(rounds) {
    const { metered, plain } = await bothWays(wat);
    for (const running of [metered, plain]) {
      check(running);
      // V8 recompiles a function while it runs; the bench measures the optimised code.
      for (let time = 0; time < 5; time++) work(running);
    }
    return takeTurns(
      rounds * TURNS_A_ROUND,
      () => milliseconds(() => work(metered)),
      () => milliseconds(() => work(plain)),
    );
  },
}));

const preparing = (bytes: number): Bench => ({
  name: "metering, preparing",
  unit: "ms",
  sides: [`validating and instrumenting ${bytes / 1024} KiB`, "compiling them"],
  target: { kind: "at-most", ratio: 3 },
  async measure(rounds) {
    const module = await ordinaryModule(bytes);
    let seed = 0;
    // By default, V8 compiles a function at its first call.
    setFlagsFromString("--no-wasm-lazy-compilation");
    try {
      return await takeTurns(
        rounds,
        () => milliseconds(() => instrument(valid(module))),
        () => {
          const other = unlike(module, seed++);
          return milliseconds(() => new Module(other));
        },
      );
    } finally {
      setFlagsFromString("--wasm-lazy-compilation");
    }
  },
});

/** The output of `compile-time.ts`. */
interface Compiled {
  readonly name: string;
  readonly kib: number;
  readonly instrumentedMs: number;
}

const compilingAtTheLimits: Bench = {
  name: "metering, the slowest at the limits",
  unit: "µs/KiB",
  sides: ["compiling, instrumented", "100 KiB of ordinary code"],
  target: { kind: "at-most", ratio: 10 },
  async measure(rounds) {
    const samples = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      const flags = ["--no-wasm-lazy-compilation", "--liftoff-only"];
      const program = packagePath("dist", "bench", "compile-time.js");
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, program]);
      const [ordinary, ...limits] = (JSON.parse(stdout) as Compiled[]).map(
        ({ kib, instrumentedMs }) => (1000 * instrumentedMs) / kib,
      );
      samples.ours.push(Math.max(...limits));
      samples.theirs.push(ordinary);
    }
    return samples;
  },
};

export const meteringBenches = (preparedBytes: number): Bench[] => [
  ...runs,
  preparing(preparedBytes),
  compilingAtTheLimits,
];
