/** For all arguments of a host function, both engines have the same outcome: a result, a trap, or out of gas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import { type Bytes32, toBytes32 } from "../../../reference/core/bytes.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import { createNodeHasher } from "../../../reference/core/hash.ts";
import type { ProofContext, RawKey, SessionBackend } from "../../../reference/proofs/backend.ts";
import { SESSION_BACKENDS } from "../../../reference/proofs/registry.ts";
import type { Engine } from "../../../reference/runtime/engine.ts";
import { execute } from "../../../reference/runtime/execute/stateless.ts";
import type { HostDescriptor } from "../../../reference/runtime/host/descriptor.ts";
import { HOST_FUNCTIONS } from "../../../reference/runtime/host/table.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { runs } from "../../long-work.ts";

const ENGINES: readonly Engine[] = [createV8Engine(), createInterpreter()];

/** Numbers at a bound: lengths of items, the page, the signed and the unsigned numbers, lists. */
const EDGES = [0, 1, 8, 15, 16, 31, 32, 48, 64, 184, 255, 256, 0xffe0, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000]
  .flatMap((edge) => [edge, edge + 1, 0xffff_ffff - edge])
  .map((edge) => edge >>> 0);

const argument = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...EDGES) },
  { weight: 3, arbitrary: fc.nat(0x1_0000) },
  { weight: 1, arbitrary: fc.nat(0xffff_ffff) },
);

/** Calls the function twice with the arguments in the block data, eight bytes per argument. */
function programOf({ names: [imported], parameters, type }: HostDescriptor): string {
  const [module, name] = imported.split(".");
  const params = parameters.map((parameter) => parameter.type).join(" ");
  const args = parameters.map((parameter, index) => `(${parameter.type}.load (i32.const ${8 * index}))`).join(" ");
  const call = type.results.length === 0 ? `(call $f ${args})` : `(drop (call $f ${args}))`;
  const bytes = Array.from({ length: 512 }, (_, at) => `\\${((at * 73 + 5) & 0xff).toString(16).padStart(2, "0")}`);
  return `(module
    (import "eth2" "blockDataCopy" (func $copy (param i32 i32 i32)))
    (import "eth2" "blockDataSize" (func $size (result i32)))
    (import "${module}" "${name}" (func $f (param ${params}) ${type.results.length === 0 ? "" : "(result i32)"}))
    (memory (export "memory") 1 1)
    (data (i32.const 64) "${bytes.join("")}")
    (func (export "main")
      (call $copy (i32.const 0) (i32.const 0) (call $size))
      ${call}
      (call $copy (i32.const 0) (i32.const 0) (call $size))
      ${call}))`;
}

const backend = SESSION_BACKENDS.get("radix") as SessionBackend;
const context = (): ProofContext => ({ encoding: "kmm", hasher: createNodeHasher(), isStrict: false });
const key = Uint8Array.from({ length: 32 }, (_, at) => (at * 73 + 5 + 64 * 73) & 0xff);
const entries: [RawKey, Uint8Array][] = [[key, new Uint8Array(32).fill(9)]];
const proven = backend.prove?.(context(), entries, [key], []) ?? assert.fail("the backend has no prove");

function outcomeOf(engine: Engine, code: Uint8Array, blockData: Uint8Array, hasState: boolean): object {
  const state = { backend, context: context(), proof: proven.proof };
  const preStateRoot = toBytes32(proven.root) as Bytes32;
  const block = { code, libraries: [], preStateRoot, blockData, gasLimit: 20_000_000_000n };
  try {
    return { result: execute(hasState ? { ...block, state } : block, engine) };
  } catch (error) {
    assert.ok(error instanceof ProofError, String(error));
    assert.ok(["trap", "out-of-gas", "incomplete"].includes(error.class), `${error.class}: ${error.message}`);
    return { class: error.class, details: error.details };
  }
}

for (const descriptor of HOST_FUNCTIONS.filter(({ roles }) => roles.includes("environment"))) {
  test(`${descriptor.names[0]} handles all arguments`, async () => {
    const code = await assemble(programOf(descriptor));
    const count = descriptor.parameters.length;
    const args = fc.array(argument, { minLength: count, maxLength: count });
    const property = fc.property(args, fc.boolean(), (values, hasState) => {
      const blockData = new Uint8Array(8 * count);
      for (const [index, value] of values.entries()) new DataView(blockData.buffer).setUint32(8 * index, value, true);
      const [first, second] = ENGINES.map((engine) => outcomeOf(engine, code, blockData, hasState));
      assert.deepEqual(first, second);
    });
    fc.assert(property, runs(25, 1000));
  });
}
