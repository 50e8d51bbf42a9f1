/**
 * The reference and the naive implementation, which was written from the specification alone, answer alike: results to the
 * byte and rejections to the class, for honest requests, for broken proofs, and for proofs read with another depth.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ProofError } from "../../../reference/core/errors.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import { naiveSparseCall } from "../../confirm/naive-sparse.ts";
import { type Json, NaiveError } from "../../confirm/naive-values.ts";

type Members = { [name: string]: Json };

const ENCODINGS = ["compact", "offsets64", "offsets16"];

const leafOf = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

function keyOf(index: number, depth: number): string {
  const bits = index.toString(2).padStart(depth, "0").padEnd(256, "0");
  return `0x${BigInt(`0b${bits}`).toString(16).padStart(64, "0")}`;
}

/** Of a proof: a bit inverted, the end cut off, bytes after the end, or nothing. */
const damage: fc.Arbitrary<(proof: string) => string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant((proof: string) => proof) },
  fc.nat().map((at) => (proof: string) => {
    const bytes = Buffer.from(proof.slice(2), "hex");
    bytes[(at >> 3) % bytes.length] ^= 1 << (at & 7);
    return `0x${bytes.toString("hex")}`;
  }),
  fc
    .integer({ min: 1, max: 40 })
    .map((count) => (proof: string) => proof.slice(0, Math.max(2, proof.length - 2 * count))),
  fc.integer({ min: 1, max: 33 }).map((count) => (proof: string) => `${proof}${"00".repeat(count)}`),
);

const request = fc.integer({ min: 1, max: 4 }).chain((depth) => {
  const key = fc.nat({ max: 2 ** depth - 1 }).map((index) => keyOf(index, depth));
  const keys = fc.array(key, { maxLength: 3 });
  const written = fc.tuple(key, fc.option(fc.nat({ max: 2 }).map(leafOf)));
  const plain = fc.constantFrom("root", "checkpoint", "commit", "revert").map((name) => ({ [name]: true }));
  const step = fc.oneof(
    key.map((get) => ({ get })),
    written.map((set) => ({ set })),
    plain,
  );
  return fc.record({
    depth: fc.constant(depth),
    asked: fc.oneof({ weight: 9, arbitrary: fc.constant(depth) }, fc.integer({ min: 1, max: 5 })),
    encoding: fc.constantFrom(...ENCODINGS),
    to: fc.constantFrom(...ENCODINGS),
    profile: fc.constantFrom("lenient", "strict"),
    entries: fc.array(fc.tuple(key, fc.nat({ max: 3 }).map(leafOf)), { maxLength: 12 }),
    proven: keys,
    alsoProven: keys,
    keys,
    deletes: keys,
    writes: fc.array(written, { maxLength: 4 }),
    steps: fc.array(step, { maxLength: 9 }),
    damage,
    /** Whether the root is that of the damaged proof, so that it authenticates. */
    follows: fc.boolean(),
  });
});

type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;

function outcomeOf(run: () => unknown): { result: unknown } | { error: string } {
  try {
    return { result: run() };
  } catch (error) {
    if (error instanceof ProofError || error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

/** What each method is asked about the proof. */
function callsOf(drawn: Drawn): [string, Members][] {
  const { depth, asked, encoding, to, profile, entries, proven, alsoProven, keys, deletes, writes, steps } = drawn;
  const whole = { backend: "sparse", encoding, options: { depth }, entries };
  const honest = callMethod("proof/prove", { ...whole, keys: proven }) as { root: string; proof: string };
  const other = callMethod("proof/prove", { ...whole, keys: alsoProven }) as { proof: string };
  const proof = drawn.damage(honest.proof);
  const implied = outcomeOf(() => callMethod("proof/root", { backend: "sparse", encoding, options: { depth }, proof }));
  const root = drawn.follows && "result" in implied ? (implied.result as { root: string }).root : honest.root;
  const options = { depth: asked, profile };
  const base = { backend: "sparse", encoding, options };
  return [
    ["proof/root", { ...base, proof }],
    ["proof/get", { ...base, root, proof, keys }],
    ["proof/cost", { ...base, root, proof }],
    ["proof/update", { ...base, root, proof, writes }],
    ["proof/transact", { ...base, root, proof, steps: steps as Json }],
    ["proof/merge", { ...base, root, proofs: [proof, other.proof] }],
    ["proof/extract", { ...base, root, proof, keys, deletes }],
    ["proof/convert", { backend: "sparse", from: encoding, to, options, root, proof }],
    ["proof/prove", { ...base, entries, keys, deletes }],
  ];
}

test("the reference and the naive implementation answer every request about a small sparse tree alike", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(request, (drawn) => {
      for (const [method, params] of callsOf(drawn)) {
        const outcome = outcomeOf(() => callMethod(method, params));
        assert.deepEqual(
          outcome,
          outcomeOf(() => naiveSparseCall(method, params)),
          `${method} ${JSON.stringify(params)}`,
        );
        seen.add("error" in outcome ? outcome.error : "result");
      }
    }),
    { numRuns: 800 },
  );
  const outcomes = ["incomplete", "invalid-argument", "invalid-proof", "malformed", "non-canonical", "result"];
  assert.deepEqual([...seen].sort(), outcomes);
});
