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
import { modulesAtTheLimits, ordinaryModule } from "./modules/large.ts";

const ORDINARY_BYTES = 100 * 1024;
const [part = ""] = process.argv.slice(2);

const ordinary = { name: "ordinary", bytes: await ordinaryModule(ORDINARY_BYTES) };
// The engine's own code is slow at first.
new Module(await ordinaryModule(ORDINARY_BYTES / 2));
const measured = [ordinary, ...modulesAtTheLimits()]
  .filter(({ name }) => name.includes(part))
  .map(({ name, bytes }) => {
    const instrumented = instrument(validateModule(bytes, { role: "child", offers: () => true }));
    const plainMs = milliseconds(() => new Module(bytes));
    const instrumentedMs = milliseconds(() => new Module(instrumented));
    return { name, kib: bytes.length / 1024, plainMs, instrumentedMs };
  });
console.log(JSON.stringify(measured));
