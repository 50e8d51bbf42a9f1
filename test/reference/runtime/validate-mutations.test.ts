import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeModule } from "../../../authoring/cases/runtime/random/encode-module.ts";
import { randomModule } from "../../../authoring/cases/runtime/random/module.ts";
import { decodeModule } from "../../../reference/runtime/decode/module.ts";
import { ModuleError, type ModuleReason } from "../../../reference/runtime/faults.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { seeds } from "../../long-work.ts";

declare const WebAssembly: { validate(bytes: Uint8Array): boolean };

/** Number of modules of which every byte is changed. */
const MODULES = [8, 200] as const;

/** Reasons for which an engine must reject the module as well. */
const NO_WEB_ASSEMBLY: ReadonlySet<string> = new Set(["malformed", "type"]);

type Verdict = ModuleReason | "accepted";

/** Any other error than a ModuleError is a bug of the validator. */
function verdictOf(bytes: Uint8Array): Verdict {
  try {
    validateModule(bytes, { role: "environment", offers: () => true });
    return "accepted";
  } catch (error) {
    if (error instanceof ModuleError) return error.reason;
    throw error;
  }
}

function checkAgainstEngine(bytes: Uint8Array, about: string): Verdict {
  const verdict = verdictOf(bytes);
  const isWebAssembly = WebAssembly.validate(bytes);
  const hex = (): string => Buffer.from(bytes).toString("hex");
  if (verdict === "accepted") assert.ok(isWebAssembly, `${about}: accepted, but rejected by the engine: ${hex()}`);
  if (NO_WEB_ASSEMBLY.has(verdict))
    assert.ok(!isWebAssembly, `${about}: ${verdict}, but accepted by the engine: ${hex()}`);
  return verdict;
}

function* changedBytes(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let at = 8; at < bytes.length; at++) {
    const old = bytes[at];
    for (const value of new Set([
      old ^ 1,
      old ^ 0x80,
      old + 1,
      old - 1,
      0x00,
      0x0b,
      0x7f,
      0x40,
      0xff,
      (old * 7 + at) % 256,
    ])) {
      const changed = bytes.slice();
      changed[at] = value;
      yield [`byte ${at} is ${value}`, changed];
    }
  }
}

test("the engine agrees on modules with one changed byte", () => {
  const seen = new Map<Verdict, number>();
  for (const seed of seeds(...MODULES)) {
    const bytes = encodeModule(randomModule(seed, "small").parts);
    checkAgainstEngine(bytes, `module ${seed}`);
    for (const [about, changed] of changedBytes(bytes)) {
      const verdict = checkAgainstEngine(changed, `module ${seed}, ${about}`);
      seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
    }
  }
  for (const verdict of ["accepted", "malformed", "type", "forbidden"] as const) {
    assert.ok((seen.get(verdict) ?? 0) > 50, `${verdict}: ${seen.get(verdict)}`);
  }
});

test("a truncated module is malformed, unless it ends with a section", () => {
  for (const seed of seeds(...MODULES)) {
    const bytes = encodeModule(randomModule(seed, "small").parts);
    const ends = new Set(decodeModule(bytes).sections.map(({ end }) => end));
    for (let length = 0; length < bytes.length; length++) {
      const verdict = checkAgainstEngine(bytes.slice(0, length), `module ${seed} cut to ${length}`);
      if (!ends.has(length) && length !== 8) assert.equal(verdict, "malformed", `module ${seed} cut to ${length}`);
    }
  }
});
