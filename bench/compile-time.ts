/**
 * Compiles the modules at the limits and an ordinary one, as they are and instrumented, all functions at once:
 * `node --no-wasm-lazy-compilation --liftoff-only dist/bench/compile-time.js [part of a name]`
 *
 * Prints as JSON, for each module, its name, its KiB and the milliseconds of both.
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

/** Of several times: the first ones find the engine itself still slow. */
function quickest(bytes: Uint8Array): number {
  const times = Array.from({ length: TIMES }, (_, seed) => {
    const other = unlike(bytes, seed);
    return milliseconds(() => new Module(other));
  });
  return Math.min(...times);
}
