/**
 * The reference and the naive implementation, which was written only from the specification, agree: results to the byte and
 * rejections to the class, for honest requests and for proofs that are damaged in bytes or in the members of an object.
 */
import { test } from "node:test";
import fc from "fast-check";
import { treeBottoms } from "../../../../harness/cases/recipes.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { naiveCall } from "../../../confirm/ssz/ssz.ts";
import type { Json } from "../../../confirm/values.ts";
import { assertAlike, type Call, damagedBytes, leafOf, outcomeOf, stepOf } from "../differential.ts";

type Lists = { gindices: string[]; leaves: string[]; helpers: string[] };

const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"];

const quantity = (value: bigint | number): string => `0x${value.toString(16)}`;

/** Of an object: an item removed, repeated or replaced, a list reversed, a claim added. */
const damagedLists = fc
  .record({
    how: fc.constantFrom("drop", "repeat", "reverse", "claim", "index", "node"),
    list: fc.constantFrom("gindices", "leaves", "helpers"),
    at: fc.nat(),
    gindex: fc.nat({ max: 40 }).map(quantity),
    node: fc.nat({ max: 4 }).map(leafOf),
    bytes: damagedBytes,
  })
  .map(({ how, list, at, gindex, node, bytes }) => (proof: Lists): Lists => {
    const copy = structuredClone(proof);
    const items = copy[list as keyof Lists];
    const place = at % Math.max(1, items.length);
    if (how === "drop") items.splice(place, 1);
    if (how === "repeat") items.push(...items.slice(place, place + 1));
    if (how === "reverse") items.reverse();
    if (how === "claim") {
      copy.gindices.push(gindex);
      copy.leaves.push(node);
    }
    if (how === "index") copy.gindices[at % copy.gindices.length] = gindex;
    if (how === "node") copy.leaves[at % copy.leaves.length] = bytes(copy.leaves[at % copy.leaves.length] as string);
    return copy;
  });

const request = fc
  .record({ seed: fc.bigInt({ min: 0n, max: 2n ** 32n }), count: fc.integer({ min: 1, max: 9 }) })
  .chain(({ seed, count }) => {
    const bottoms = treeBottoms(seed, count, "random");
    const nodes = new Set<bigint>();
    for (const bottom of bottoms) for (let node = bottom; node >= 1n; node >>= 1n) nodes.add(node);
    const inTree = fc.constantFrom(...nodes).map(quantity);
    const key = fc.oneof({ weight: 8, arbitrary: inTree }, fc.nat({ max: 63 }).map(quantity));
    const keys = fc.array(key, { maxLength: 3 });
    const written = fc.tuple(
      key,
      fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 2 }).map(leafOf) }, fc.constant(null)),
    );
    const step = stepOf(key, written);
    return fc.record({
      encoding: fc.constantFrom(...ENCODINGS),
      to: fc.constantFrom(...ENCODINGS),
      entries: fc.constant(bottoms.map((gindex, index) => [quantity(gindex), leafOf(1 + (index % 3))])),
      /** One of the bottom nodes, which every encoding can prove. */
      proven: fc.constantFrom(...bottoms).map(quantity),
      alsoProven: fc.constantFrom(...bottoms).map(quantity),
      keys,
      writes: fc.array(written, { maxLength: 4 }),
      steps: fc.array(step, { maxLength: 9 }),
      isDamaged: fc.boolean(),
      bytes: damagedBytes,
      lists: damagedLists,
      /** Whether the root is that of the damaged proof, so that it authenticates. */
      follows: fc.boolean(),
    });
  });

type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** The request of each method for the proof. */
function callsOf({ encoding, to, entries, proven, alsoProven, keys, writes, steps, ...drawn }: Drawn): Call[] {
  const base = { backend: "ssz", encoding };
  const prove = (key: string): { root: string; proof: Json } =>
    callMethod("proof/prove", { ...base, entries, keys: [key] }) as { root: string; proof: Json };
  const honest = prove(proven);
  const damaged =
    typeof honest.proof === "string"
      ? drawn.bytes(honest.proof)
      : (drawn.lists(honest.proof as unknown as Lists) as Json);
  const proof = drawn.isDamaged ? damaged : honest.proof;
  const implied = outcomeOf(() => callMethod("proof/root", { ...base, proof }));
  const root = drawn.follows && "result" in implied ? (implied.result as { root: string }).root : honest.root;
  return [
    ["proof/root", { ...base, proof }],
    ["proof/get", { ...base, root, proof, keys }],
    ["proof/cost", { ...base, root, proof }],
    ["proof/update", { ...base, root, proof, writes }],
    ["proof/transact", { ...base, root, proof, steps: steps as Json }],
    ["proof/merge", { ...base, root, proofs: [proof, prove(alsoProven).proof] }],
    ["proof/extract", { ...base, root, proof, keys }],
    ["proof/convert", { backend: "ssz", from: encoding, to, root, proof, ...(to === "helpers" ? { keys } : {}) }],
    ["proof/prove", { ...base, entries, keys }],
  ];
}

test("the reference and the naive implementation agree on every request for a small tree", () => {
  assertAlike(request, callsOf, naiveCall, ["incomplete", "invalid-argument", "invalid-proof", "malformed", "result"]);
});
