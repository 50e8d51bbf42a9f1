/**
 * WebAssembly's own test suite, as it is published. The validator must reject modules that it calls malformed or invalid. Every call
 * that the profile allows must end as it expects, in the interpreter and in metered modules.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { FIGURES } from "./figures.ts";
import { bitsOf } from "./floats-as-integers.ts";
import { Judge } from "./judge.ts";
import { readScript } from "./script.ts";
import { suiteFolder } from "./suite-files.ts";

/** The suite of 1.0 without arithmetic of floating point, and from that of 2.0 the additional parts of the profile. */
const SCRIPTS = [
  ["wasm-v1", /^(?!f32|f64|float_(exprs|literals|misc)|const|conversions)/],
  ["wasm-v2", /^(i32|i64|memory_copy|memory_fill|binary|unreached)/],
] as const;

const suite = suiteFolder();

describe("the published core test suite", { skip: "missing" in suite ? suite.missing : false }, () => {
  const folder = "folder" in suite ? suite.folder : "";
  for (const [version, pattern] of SCRIPTS) {
    test(`the reference agrees with ${version}`, async () => {
      const judge = new Judge();
      for (const file of readdirSync(join(folder, version)).sort()) {
        if (!pattern.test(file)) continue;
        await judge.judge(`${version}/${file}`, readScript(readFileSync(join(folder, version, file), "utf8")));
      }
      assert.deepEqual(judge.disagreements, []);
      assert.deepEqual(Object.fromEntries(judge.tally), FIGURES[version]);
    });
  }
});

describe("the judge that runs the suite", () => {
  const FUNCTION = '(func (export "f") (param i32) (result i32) (i32.div_u (i32.const 6) (local.get 0)))';

  async function judged(script: string): Promise<Judge> {
    const judge = new Judge();
    await judge.judge("script", readScript(script));
    return judge;
  }

  test("reports the lines at which a script is wrong", async () => {
    const wrong = await judged(`(module ${FUNCTION})
      (assert_return (invoke "f" (i32.const 2)) (i32.const 3))
      (assert_return (invoke "f" (i32.const 2)) (i32.const 4))
      (assert_trap (invoke "f" (i32.const 0)) "integer divide by zero")
      (assert_trap (invoke "f" (i32.const 0)) "unreachable")
      (assert_return (invoke "f" (i32.const 0)) (i32.const 0))
      (assert_invalid (module (memory (export "memory") 0 0) (func (export "main"))) "type mismatch")`);
    const lines = wrong.disagreements.map((text) => Number(/:([0-9]+) /.exec(text)?.[1]));
    assert.deepEqual(lines, [3, 5, 6, 7]);
    assert.equal(wrong.tally.get("returns: executed"), 1);
  });

  test("replaces floating point by the integers of its bits", async () => {
    const floats = await judged(`(module (func (export "f") (param f32) (result f64)
        (if (i32.reinterpret_f32 (local.get 0)) (then (return (f64.const -0x1.8p1)))) (f64.const nan:0x4)))
      (assert_return (invoke "f" (f32.const 1e-3)) (f64.const -3))
      (assert_return (invoke "f" (f32.const 0)) (f64.const nan:0x4))`);
    assert.deepEqual(floats.disagreements, []);
    assert.equal(floats.tally.get("returns: executed, as integers"), 2);
    assert.equal(bitsOf(32, "-inf"), 0xff80_0000n);
    assert.equal(bitsOf(64, "0x1.fp-3"), 0x3fcf_0000_0000_0000n);
    assert.equal(bitsOf(32, "nan:canonical"), undefined);
  });
});
