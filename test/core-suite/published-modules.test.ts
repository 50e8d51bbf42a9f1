/** Modules of a published package, brought into the profile: all engines compute the right hashes, for the same gas. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { WasmValue } from "../../reference/runtime/engine.ts";
import { createInterpreter } from "../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../reference/runtime/v8/engine.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { createPlainV8Engine, Instance, Module } from "../reference/runtime/plain-v8.ts";
import { START, toProfile } from "./to-profile.ts";

const BUILD = new URL("../../../node_modules/@chainsafe/as-sha256/build/", import.meta.url);
const ENGINES = [createPlainV8Engine(), createInterpreter(), createV8Engine()];
const LENGTHS = [0, 1, 55, 56, 63, 64, 65, 119, 120, 500];

for (const name of ["optimized", "untouched"]) {
  test(`@chainsafe/as-sha256, ${name}`, () => {
    const code = Uint8Array.from(readFileSync(new URL(`${name}.wasm`, BUILD)));
    const { bytes } = toProfile(code, { globalValue: () => undefined, share: () => undefined });
    const module = validateModule(bytes, { role: "child", offers: (wanted) => wanted.name === "abort" });
    // The start function writes the addresses of input and output to exported globals.
    const { exports } = new Instance(new Module(code), { env: { abort: () => undefined } });
    const addressOf = (global: string): number => (exports[global] as { value: number }).value;
    const gas = ENGINES.map((engine) => {
      const counters = { gas: 2n ** 40n, stack: 65_536 };
      const abort = () => assert.fail("the module aborted");
      const instance = engine.instantiate(module, [abort], counters);
      const call = (field: string, ...args: WasmValue[]) => instance.call(field, args);
      call(START);
      for (const length of LENGTHS) {
        const data = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff);
        instance.memory().set(data, addressOf("input"));
        call("digest", length);
        const digest = instance.memory().slice(addressOf("output"), addressOf("output") + 32);
        assert.equal(Buffer.from(digest).toString("hex"), createHash("sha256").update(data).digest("hex"), engine.name);
      }
      assert.equal(counters.stack, 65_536);
      return counters.gas;
    });
    assert.equal(gas[1], gas[2]);
    assert.ok(gas[1] < gas[0]);
  });
}
