/**
 * Compiles the modules at the limits and an ordinary one, plain and instrumented, all functions at once:
 * `node --no-wasm-lazy-compilation --liftoff-only dist/bench/compile-time.js [part of a name]`
 *
 * Prints as JSON, for each module, its name, its size in KiB and the milliseconds of both.
 */
import { instrument } from "../reference/runtime/meter/instrument.ts";
import { Module } from "../reference/runtime/v8/web-assembly.ts";
import { validateModule } from "../reference/runtime/validate/validate.ts";
import { milliseconds } from "./comparison.ts";
import { modulesAtTheLimits, ordinaryModule, unlike } from "./modules/large.ts";

const ORDINARY_BYTES = 100 * 1024;
const TIMES = 4;
const [part = ""] = process.argv.slice(2);

const ordinary = { name: "ordinary", bytes: await ordinaryModule(ORDINARY_BYTES) };
const measured = [ordinary, ...modulesAtTheLimits()]
  .filter(({ name }) => name.includes(part))
  .map(({ name, bytes }) => {
    const instrumented = instrument(validateModule(bytes, { role: "child", offers: () => true }));
    return { name, kib: bytes.length / 1024, plainMs: quickest(bytes), instrumentedMs: quickest(instrumented) };
  });
console.log(JSON.stringify(measured));

/** Returns the shortest of several times, because the engine itself is slow at first. */
function quickest(bytes: Uint8Array): number {
  const times = Array.from({ length: TIMES }, (_, seed) => {
    const other = unlike(bytes, seed);
    return milliseconds(() => new Module(other));
  });
  return Math.min(...times);
}
