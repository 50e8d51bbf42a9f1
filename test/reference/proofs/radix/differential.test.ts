/**
 * Compares the reference with the naive implementation, which was written only from the specification. Results must be equal
 * byte for byte and rejections by class, for honest requests, for damaged proofs, and for trees that no honest writer makes.
 */
import { test } from "node:test";
import { blake3 } from "@noble/hashes/blake3.js";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { naiveRadixCall } from "../../../confirm/radix/radix.ts";
import { type Json, NaiveError } from "../../../confirm/values.ts";
import { assertAlike, type Call, damagedBytes, leafOf, outcomeOf, stepOf } from "../differential.ts";
import { itemsOf, nodesProof, prefixFree } from "./model.ts";

const ENCODINGS = ["kmm", "nodes"];

/** Keys that share bits, part at every bit and are prefixes of one another. */
const key = fc
  .array(fc.constantFrom("00", "01", "10", "80", "ff"), { minLength: 1, maxLength: 3 })
  .map((bytes) => `0x${bytes.join("")}`);
const keys = fc.array(key, { maxLength: 3 });
const written = fc.tuple(key, fc.option(fc.nat({ max: 2 }).map(leafOf)));

type Proof = { readonly encoding: string; readonly proof: string };

/** Changes bytes anywhere, or drops, repeats, damages or adds an item of a set. */
const damage: fc.Arbitrary<(of: Proof) => string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(({ proof }: Proof) => proof) },
  {
    weight: 4,
    arbitrary: damagedBytes.map(
      (damaged) =>
        ({ proof }: Proof) =>
          damaged(proof),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat({ max: 4 }), fc.constantFrom("drop", "repeat", "junk", "swap"), damagedBytes)
      .map(([at, what, damaged]) => {
        return ({ encoding, proof }: Proof) => {
          if (encoding === "kmm") return damaged(proof);
          const items = itemsOf(proof);
          if (what === "swap") return nodesProof(items.toReversed());
          return nodesProof(
            items.flatMap((item, index) => {
              if (index !== at) return [item];
              return what === "drop" ? [] : [item, what === "repeat" ? item : Buffer.of(0, 1, 2)];
            }),
          );
        };
      }),
  },
);

const request = fc.record({
  encoding: fc.constantFrom(...ENCODINGS),
  to: fc.constantFrom(...ENCODINGS),
  profile: fc.constantFrom("lenient", "strict"),
  entries: fc.array(fc.tuple(key, fc.nat({ max: 2 }).map(leafOf)), { maxLength: 10 }),
  /** Whether no key of the entries is a prefix of another. */
  isFree: fc.boolean(),
  proven: keys,
  alsoProven: keys,
  alsoDeleted: keys,
  keys,
  deletes: keys,
  writes: fc.array(written, { maxLength: 4 }),
  steps: fc.array(stepOf(key, written), { maxLength: 9 }),
  damage,
  /** Whether the request has the root of the damaged proof, so that it authenticates. */
  follows: fc.boolean(),
});

type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** The root that a proof implies: in a set that of its last item, which is an internal node in most sets. */
function impliedRoot(encoding: string, proof: string, otherwise: string): string {
  if (encoding === "kmm") {
    const implied = outcomeOf(() => callMethod("proof/root", { backend: "radix", encoding, proof }));
    return "result" in implied ? (implied.result as { root: string }).root : otherwise;
  }
  let last: Buffer | undefined;
  try {
    last = itemsOf(proof).at(-1);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return last === undefined ? otherwise : `0x${Buffer.from(blake3(last)).toString("hex")}`;
}

/** A request of each method with the proof. */
function callsOf(drawn: Drawn): Call[] {
  const { encoding, to, profile, proven, alsoProven, alsoDeleted, keys, deletes, writes, steps } = drawn;
  const free = prefixFree(drawn.entries.map(([name]) => name));
  const entries = drawn.entries.filter(([name]) => free.includes(name));
  const whole = { backend: "radix", encoding, entries };
  const honest = callMethod("proof/prove", { ...whole, keys: proven, deletes: alsoDeleted }) as {
    root: string;
    proof: string;
  };
  const other = callMethod("proof/prove", { ...whole, keys: alsoProven }) as { proof: string };
  const proof = drawn.damage({ encoding, proof: honest.proof });
  const root = drawn.follows ? impliedRoot(encoding, proof, honest.root) : honest.root;
  const base = { backend: "radix", encoding, options: { profile } };
  return [
    ["proof/root", { ...base, proof }],
    ["proof/get", { ...base, root, proof, keys }],
    ["proof/cost", { ...base, root, proof }],
    ["proof/update", { ...base, root, proof, writes }],
    ["proof/transact", { ...base, root, proof, steps: steps as Json }],
    ["proof/merge", { ...base, root, proofs: [proof, other.proof] }],
    ["proof/extract", { ...base, root, proof, keys, deletes }],
    ["proof/convert", { backend: "radix", from: encoding, to, options: { profile }, root, proof }],
    ["proof/prove", { ...base, entries: drawn.isFree ? entries : drawn.entries, keys, deletes }],
  ];
}

/** PROOF-RADIX-046: a batch with missing nodes and a key that is a prefix of another may be rejected for either. */
function naive(method: string, params: Json): Json {
  try {
    return naiveRadixCall(method, params);
  } catch (error) {
    if (!(error instanceof NaiveError)) throw error;
    const ours = outcomeOf(() => callMethod(method, params));
    const isEither = "error" in ours && [ours.error, error.class].sort().join() === "incomplete,invalid-argument";
    throw isEither ? new NaiveError(ours.error as typeof error.class, "") : error;
  }
}

test("the reference and the naive implementation answer every request about a small radix tree alike", () => {
  const outcomes = [
    "incomplete",
    "invalid-argument",
    "invalid-proof",
    "malformed",
    "non-canonical",
    "result",
    "unsupported",
  ];
  assertAlike(request, callsOf, naive, outcomes);
});
