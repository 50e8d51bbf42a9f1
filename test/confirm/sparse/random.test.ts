import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Draws } from "../ssz/trees.ts";
import { type Json, NaiveError } from "../values.ts";
import { naiveSparseCall } from "./sparse.ts";

type Members = { [name: string]: Json };
type Proved = { root: string; proof: string };
/** The values of a store, by key. */
type Contents = Map<string, string>;

const ENCODINGS = ["compact", "offsets64", "offsets16"];
const ABSENT = `0x${"00".repeat(32)}`;

function outcome(method: string, members: Members): { result: Json } | { error: string } {
  try {
    return { result: naiveSparseCall(`proof/${method}`, { backend: "sparse", encoding: "compact", ...members }) };
  } catch (error) {
    if (error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

function call(method: string, members: Members): Json {
  const found = outcome(method, members);
  assert.ok("result" in found, `${method} ${JSON.stringify(found)}`);
  return found.result;
}

function proofOf(contents: Contents, keys: Iterable<string>, depth: number): Proved {
  return call("prove", { options: { depth }, entries: [...contents], keys: [...keys] }) as Proved;
}

/** The key that begins with these bits. */
function keyOf(bits: string): string {
  return `0x${BigInt(`0b${bits.padEnd(256, "0")}`)
    .toString(16)
    .padStart(64, "0")}`;
}

function pathsOf(depth: number): string[] {
  return Array.from({ length: 2 ** depth }, (_, i) => i.toString(2).padStart(depth, "0"));
}

describe("random stores", () => {
  it("agree with themselves at every small depth", () => {
    for (let depth = 1; depth <= 6; depth++) {
      for (let seed = 1; seed <= 20; seed++) {
        const draws = new Draws(100 * depth + seed);
        const universe = pathsOf(depth).map(keyOf);
        const oneIn = 1 + draws.below(6);
        const contents: Contents = new Map(
          universe.filter(() => draws.below(oneIn) === 0).map((key) => [key, draws.node()]),
        );
        agree(draws, contents, universe, depth);
      }
    }
  });

  it("agree with themselves at depth 256", () => {
    for (let seed = 1; seed <= 4; seed++) {
      const draws = new Draws(seed);
      const universe = Array.from({ length: 12 }, () => draws.node());
      // Keys that share all bits except the last.
      universe.push(
        ...universe
          .slice(0, 3)
          .map((key) => `0x${(BigInt(key) ^ (1n << BigInt(draws.below(12)))).toString(16).padStart(64, "0")}`),
      );
      const contents: Contents = new Map(universe.filter(() => draws.below(2) === 0).map((key) => [key, draws.node()]));
      agree(draws, contents, universe, 256);
    }
  });
});

/** Proves some keys of a store and compares the results of every method with the whole store. */
function agree(draws: Draws, contents: Contents, universe: string[], depth: number): void {
  const some = (keys: string[], most: number): string[] =>
    Array.from(
      { length: keys.length === 0 ? 0 : draws.below(most + 1) },
      () => keys[draws.below(keys.length)] as string,
    );
  const options = { depth, profile: "strict" };
  const keys = some(universe, 5);
  const others = some(universe, 5);
  const { root, proof } = proofOf(contents, keys, depth);

  const covered = universe.filter((key) => {
    const read = outcome("get", { options, root, proof, keys: [key] });
    const expected = "error" in read ? { error: "incomplete" } : { result: { values: [contents.get(key) ?? null] } };
    assert.deepEqual(read, expected);
    return "result" in read;
  });
  for (const key of keys) assert.ok(covered.includes(key), `${key} is not covered`);
  assert.equal(proofOf(contents, covered, depth).proof, proof);

  const asked = some(covered, 4);
  assert.deepEqual(call("extract", { options, root, proof, keys: asked }), {
    proof: proofOf(contents, asked, depth).proof,
  });
  assert.deepEqual(call("merge", { options, root, proofs: [proof, proofOf(contents, others, depth).proof] }), {
    proof: proofOf(contents, [...keys, ...others], depth).proof,
  });

  for (const to of ENCODINGS) {
    const converted = convert("compact", to, { options, root, proof });
    for (const back of ENCODINGS) {
      assert.equal(
        convert(to, back, { options, root, proof: converted }),
        convert("compact", back, { options, root, proof }),
      );
    }
  }

  const writes = some(covered, 6).map((key): [string, string | null] => [
    key,
    [null, ABSENT, draws.node(), draws.node()][draws.below(4)] as string | null,
  ]);
  const after: Contents = new Map(contents);
  for (const [key, value] of writes) after.set(key, value ?? ABSENT);
  const updated = call("update", { options, root, proof, writes });
  assert.deepEqual(updated, proofOf(after, [...covered, ...writes.map(([key]) => key)], depth));
  const steps: Json[] = [
    ...writes.map((pair) => ({ set: pair })),
    { root: true },
    ...covered.map((key) => ({ get: key })),
  ];
  const { results } = call("transact", { options, root, proof, steps }) as { results: Json[] };
  const values = covered.map((key) => after.get(key) ?? ABSENT).map((value) => (value === ABSENT ? null : value));
  assert.deepEqual(results, [...writes.map(() => true), (updated as Proved).root, ...values]);
}

function convert(from: string, to: string, members: Members): string {
  const request = { backend: "sparse", from, to, ...members };
  return (naiveSparseCall("proof/convert", request) as { proof: string }).proof;
}
