/** The cost of rejecting a bomb, and of validating a module of a megabyte. */
import { sha256 } from "@noble/hashes/sha2.js";
import { loadVectors } from "../harness/cases/load.ts";
import { expandRecipes } from "../harness/cases/recipes.ts";
import { expectsResult } from "../harness/cases/vector.ts";
import { ModuleError } from "../reference/runtime/faults.ts";
import { validateModule } from "../reference/runtime/validate/validate.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";

// Its types are only in the library of the DOM.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

const TURNS_A_ROUND = 3;

interface Bomb {
  readonly bytes: Uint8Array;
  readonly isAccepted: boolean;
}

async function bombs(): Promise<Bomb[]> {
  const { cases } = await loadVectors();
  return cases
    .filter(({ suite, theme }) => suite === "runtime/validate" && theme === "bombs")
    .map(({ params, expect }) => {
      const code = expandRecipes(params.code) as string;
      return { bytes: Uint8Array.from(Buffer.from(code.slice(2), "hex")), isAccepted: expectsResult(expect) };
    });
}

/** Whether the module is accepted. */
function validates(bytes: Uint8Array): boolean {
  try {
    validateModule(bytes, { role: "environment", offers: () => false });
    return true;
  } catch (error) {
    if (error instanceof ModuleError) return false;
    throw error;
  }
}

/** Returns the time of the slowest one. */
function slowestMs(all: readonly Bomb[]): number {
  const times = all.map(({ bytes, isAccepted }) =>
    milliseconds(() => {
      if (validates(bytes) !== isAccepted) throw new Error("the verdict on a bomb differs from its vector");
    }),
  );
  return Math.max(...times);
}

/** Returns a body of about 1000 bytes: loads, stores, arithmetic and branches in a loop. It depends on `seed`. */
function ordinaryBody(seed: number): number[] {
  const step = [0x20, 0x00, 0x20, 0x01, 0x6a, 0x22, 0x00, 0x20, 0x01, 0x28, 0x02, seed & 0x7f, 0x6c, 0x21, 0x01];
  const store = [0x20, 0x00, 0x41, 0xff, 0x01, 0x71, 0x20, 0x01, 0x36, 0x02, 0x00, 0x20, 0x01, 0x0d, 0x00];
  const inner = Array.from({ length: 32 }, () => [...step, ...store]).flat();
  return [0x01, 0x02, 0x7f, 0x03, 0x40, ...inner, 0x0b, 0x0b];
}

const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >> 7)]);
const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];

/** Returns a module of 100 KiB in the style of compiled code. It depends on `seed`, because engines cache modules. */
function ordinaryModule(seed: number): Uint8Array {
  const body = ordinaryBody(seed);
  const count = Math.ceil((100 * 1024) / body.length);
  const bodies = Array.from({ length: count }, () => [...leb(body.length), ...body]).flat();
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x01, 0x60, 0x00, 0x00]),
    ...section(3, [...leb(count), ...new Array<number>(count).fill(0)]),
    ...section(5, [0x01, 0x01, 0x01, 0x01]),
    ...section(7, [0x02, 6, ...Buffer.from("memory"), 0x02, 0x00, 4, ...Buffer.from("main"), 0x00, 0x00]),
    ...section(10, [...leb(count), ...bodies]),
  ]);
}

const refuseBombs: Bench = {
  name: "modules, refuse bombs",
  unit: "ms",
  sides: ["the slowest bomb", "WebAssembly.compile of 100 KiB"],
  target: { kind: "at-most", ratio: 1 },
  async measure(rounds) {
    const refused = (await bombs()).filter(({ isAccepted }) => !isAccepted);
    let seed = 0;
    return takeTurns(
      rounds * TURNS_A_ROUND,
      () => slowestMs(refused),
      async () => {
        const bytes = ordinaryModule(++seed);
        const startedAtMs = performance.now();
        await WebAssembly.compile(bytes);
        return performance.now() - startedAtMs;
      },
    );
  },
};

const validateLargest: Bench = {
  name: "modules, validate",
  unit: "ms",
  sides: ["the slowest module of 1 MiB", "its SHA-256"],
  target: { kind: "at-most", ratio: 12 },
  async measure(rounds) {
    const accepted = (await bombs()).filter(({ isAccepted }) => isAccepted);
    const bytes = new Uint8Array(2 ** 20);
    return takeTurns(
      rounds,
      () => slowestMs(accepted),
      () => milliseconds(() => void sha256(bytes)),
    );
  },
};

export const validationBenches: readonly Bench[] = [refuseBombs, validateLargest];
