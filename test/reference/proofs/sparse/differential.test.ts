/**
 * The reference and the naive implementation, which was written only from the specification, agree: results to the byte and
 * rejections to the class, for honest requests, for broken proofs, and for proofs read with another depth.
 */
import { test } from "node:test";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { naiveSparseCall } from "../../../confirm/sparse/sparse.ts";
import type { Json } from "../../../confirm/values.ts";
import { assertAlike, type Call, damagedBytes, leafOf, outcomeOf, stepOf } from "../differential.ts";

const ENCODINGS = ["compact", "offsets64", "offsets16"];

function keyOf(index: number, depth: number): string {
  const bits = index.toString(2).padStart(depth, "0").padEnd(256, "0");
  return `0x${BigInt(`0b${bits}`).toString(16).padStart(64, "0")}`;
}

/** Damaged or unchanged. */
const damage = fc.oneof(
  { weight: 3, arbitrary: fc.constant((proof: string) => proof) },
  { weight: 3, arbitrary: damagedBytes },
);

const request = fc.integer({ min: 1, max: 4 }).chain((depth) => {
  const key = fc.nat({ max: 2 ** depth - 1 }).map((index) => keyOf(index, depth));
  const keys = fc.array(key, { maxLength: 3 });
  const written = fc.tuple(key, fc.option(fc.nat({ max: 2 }).map(leafOf)));
  const step = stepOf(key, written);
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

/** The request of each method for the proof. */
function callsOf(drawn: Drawn): Call[] {
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

test("the reference and the naive implementation agree on every request for a small sparse tree", () => {
  const outcomes = ["incomplete", "invalid-argument", "invalid-proof", "malformed", "non-canonical", "result"];
  assertAlike(request, callsOf, naiveSparseCall, outcomes);
});
