/**
 * Replays recordings over random maps and scripts, in every backend and both engines: the proof of a recording leads
 * to the same execution, and its writes to the same root.
 *
 * LONG=all runs a thousand scripts for each backend, which takes some minutes.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toBytes32, toHex } from "../../../reference/core/bytes.ts";
import { createNodeHasher } from "../../../reference/core/hash.ts";
import type { ProofContext, RawKey, SessionBackend } from "../../../reference/proofs/backend.ts";
import { SESSION_BACKENDS } from "../../../reference/proofs/registry.ts";
import type { Engine } from "../../../reference/runtime/engine.ts";
import { record } from "../../../reference/runtime/execute/stateful.ts";
import { execute } from "../../../reference/runtime/execute/stateless.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import type { KeyValue } from "../../../reference/runtime/storage/recorder.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { runs } from "../../long-work.ts";
import { SCRIPT_ENVIRONMENT, type ScriptStep, scriptBytes } from "./script-environment.ts";

const V8 = createV8Engine();
const ENGINES: readonly Engine[] = [V8, createInterpreter()];
const ZERO = new Uint8Array(32);

/** Keys that diverge early, late, in the middle of a byte and in the last bit. */
const BYTE_KEYS = [
  ["10"],
  ["10", "01"],
  ["10", "02"],
  ["10", "f0"],
  ["11"],
  ["1080"],
  ["1081"],
  ["80"],
  ["8f"],
  ["c0"],
  ["c0", "80"],
  ["fe"],
].map(([start, end = "00"]) => Uint8Array.from(Buffer.from(start.padEnd(62, "0") + end, "hex")));

/** The leaves of a tree of unequal depth. */
const GINDICES = [4, 5, 12, 13, 28, 29, 30, 31];
const gindexKey = (gindex: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? gindex : 0));

interface Subject {
  readonly name: string;
  readonly backend: SessionBackend;
  readonly encoding: string;
  readonly secure?: boolean;
}

function subject(name: string, encoding: string, secure = false): Subject {
  const backend = SESSION_BACKENDS.get(name) as SessionBackend;
  return { name: `${name} ${encoding}${secure ? " secure" : ""}`, backend, encoding, ...(secure ? { secure } : {}) };
}

const SUBJECTS = [
  subject("sparse", "compact"),
  subject("sparse", "offsets64"),
  subject("patricia", "witness"),
  subject("patricia", "preorder"),
  subject("patricia", "witness", true),
  subject("radix", "kmm"),
  subject("radix", "nodes"),
  subject("ssz", "compact"),
  subject("ssz", "explicit"),
];

const value = fc
  .integer({ min: 0, max: 5 })
  .map((byte) => Uint8Array.from({ length: 32 }, (_, at) => (byte === 0 ? 0 : byte + at)));

function step(keys: readonly Uint8Array[]): fc.Arbitrary<ScriptStep> {
  const key = fc.constantFrom(...keys);
  return fc.oneof(
    { weight: 4, arbitrary: key.map((asked): ScriptStep => ({ op: "get", key: asked })) },
    {
      weight: 4,
      arbitrary: fc.tuple(key, value).map(([to, held]): ScriptStep => ({ op: "set", key: to, value: held })),
    },
    { weight: 4, arbitrary: key.map((deleted): ScriptStep => ({ op: "delete", key: deleted })) },
    {
      weight: 6,
      arbitrary: fc.constantFrom<ScriptStep>(
        { op: "root" },
        { op: "save" },
        { op: "checkpoint" },
        { op: "checkpoint" },
        { op: "commit" },
        { op: "revert" },
      ),
    },
  );
}

/** Removes commits and reverts without an open checkpoint. */
function balanced(steps: readonly ScriptStep[]): ScriptStep[] {
  let open = 0;
  return steps.filter(({ op }) => {
    if (op === "checkpoint") open += 1;
    if (op !== "commit" && op !== "revert") return true;
    open -= 1;
    if (open >= 0) return true;
    open = 0;
    return false;
  });
}

/** The expected reads and the writes that remain at the end, computed over a plain map. */
function readsAndWrites(
  entries: ReadonlyMap<string, Uint8Array>,
  steps: readonly ScriptStep[],
): { log: string[]; written: Map<string, string | null> } {
  let written = new Map<string, string | null>();
  const frames: Map<string, string | null>[] = [];
  const log: string[] = [];
  const hexOf = (bytes: Uint8Array | undefined): string | null =>
    bytes === undefined || bytes.every((byte) => byte === 0) ? null : toHex(bytes);
  for (const one of steps) {
    if (one.op === "get") {
      const name = toHex(one.key);
      const held = written.get(name);
      log.push((held === undefined ? hexOf(entries.get(name)) : held) ?? "absent");
    }
    if (one.op === "set") written.set(toHex(one.key), hexOf(one.value));
    if (one.op === "delete") written.set(toHex(one.key), null);
    if (one.op === "root") log.push("root");
    if (one.op === "checkpoint") frames.push(new Map(written));
    if (one.op === "commit") frames.pop();
    if (one.op === "revert") written = frames.pop() ?? assert.fail("not balanced");
  }
  return { log, written };
}

function nameOf(key: RawKey): string {
  return typeof key === "bigint" ? `0x${key.toString(16).padStart(64, "0")}` : toHex(key);
}

for (const { name, backend, encoding, secure } of SUBJECTS) {
  test(`RUNTIME-STATE-024, RUNTIME-STATE-056 a proof replays its recording, over ${name}`, () => {
    const isSsz = backend.keyForm === "quantity";
    const keys = isSsz ? GINDICES.map(gindexKey) : BYTE_KEYS;
    const context = (): ProofContext => ({
      encoding,
      hasher: createNodeHasher(),
      isStrict: false,
      ...(secure === undefined ? {} : { secure }),
    });
    const held = fc.array(fc.option(value, { freq: 2 }), { minLength: keys.length, maxLength: keys.length });
    const property = fc.property(held, fc.array(step(keys), { maxLength: 24 }), fc.nat(1), (values, raw, which) => {
      const steps = balanced(raw);
      const present = new Map<string, Uint8Array>();
      for (const [at, key] of keys.entries()) {
        const stored = values[at] ?? (isSsz ? ZERO : null);
        if (stored !== null) present.set(toHex(key), stored);
      }
      const entries = [...present].map(([key, stored]): [RawKey, Uint8Array] => {
        return [isSsz ? BigInt(key) : Uint8Array.from(Buffer.from(key.slice(2), "hex")), stored];
      });
      const prove = backend.prove ?? assert.fail("the backend has no prove");
      const { root } = prove(context(), entries, [], []);
      const block = {
        code: SCRIPT_ENVIRONMENT,
        libraries: [],
        preStateRoot: root,
        blockData: scriptBytes(steps),
        gasLimit: 100_000_000n,
      };
      const { reads, writes, proof, ...recorded } = record(
        { ...block, state: { backend, context: context(), entries } },
        ENGINES[which],
      );

      const model = readsAndWrites(present, steps);
      const log = recorded.log.map(({ function: said, data }, at) => {
        if (model.log[at] === "root") return "root";
        return said === "debug.print32" ? "absent" : toHex(data);
      });
      assert.deepEqual(log, model.log);
      const asMap = (list: readonly KeyValue[]) => {
        return new Map(list.map(([key, one]) => [nameOf(key), one === null ? null : toHex(one)]));
      };
      assert.deepEqual(asMap(writes), new Map([...model.written].sort(([a], [b]) => (a < b ? -1 : 1))));
      for (const [key, one] of asMap(reads)) {
        const stored = present.get(key);
        assert.equal(one, stored === undefined || stored.every((byte) => byte === 0) ? null : toHex(stored));
      }

      for (const engine of ENGINES) {
        assert.deepEqual(execute({ ...block, state: { backend, context: context(), proof } }, engine), recorded);
      }

      const batch = writes.map(([key, one]): [RawKey, Uint8Array | null] => [key, one ?? (isSsz ? ZERO : null)]);
      const updated = (backend.update ?? assert.fail("the backend has no update"))(context(), root, proof, batch).root;
      const ending = scriptBytes([...steps, { op: "save" }]);
      const { postStateRoot } = execute(
        { ...block, blockData: ending, state: { backend, context: context(), proof } },
        V8,
      );
      assert.deepEqual(toBytes32(updated), postStateRoot);
    });
    fc.assert(property, runs(20, 1000));
  });
}
