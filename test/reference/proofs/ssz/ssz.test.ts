import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { treeBottoms } from "../../../../harness/cases/recipes.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { classOf } from "../class-of.ts";

const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"] as const;

interface Tree {
  readonly entries: [string, string][];
  readonly bottoms: bigint[];
}

const quantity = (value: bigint): string => `0x${value.toString(16)}`;

/** A random full tree whose nodes have different values. */
const tree: fc.Arbitrary<Tree> = fc
  .record({
    seed: fc.bigInt({ min: 0n, max: 2n ** 32n }),
    count: fc.integer({ min: 1, max: 24 }),
    shape: fc.constantFrom("random", "left", "right", "balanced"),
  })
  .map(({ seed, count, shape }) => {
    const bottoms = treeBottoms(seed, count, shape as "random");
    return {
      bottoms,
      entries: bottoms.map((gindex, i) => [quantity(gindex), `0x${(i + 1).toString(16).padStart(64, "0")}`]),
    };
  });

/** A tree and some of its bottom nodes, at least one. */
const claimed = tree.chain(({ entries, bottoms }) =>
  fc.subarray(bottoms, { minLength: 1 }).map((keys) => ({ entries, keys: keys.map(quantity) })),
);
const encoding = fc.constantFrom(...ENCODINGS);

function call<T>(method: string, params: object): T {
  return callMethod(`proof/${method}`, { backend: "ssz", ...params }) as T;
}

test("get reads what prove has proven, root recomputes its root, and cost describes it", () => {
  fc.assert(
    fc.property(claimed, encoding, ({ entries, keys }, name) => {
      const { root, proof } = call<{ root: string; proof: unknown }>("prove", { encoding: name, entries, keys });
      const values = new Map(entries);
      assert.deepEqual(call("get", { encoding: name, root, proof, keys }), {
        values: keys.map((key) => values.get(key)),
      });
      assert.deepEqual(call("root", { encoding: name, proof }), { root });
      const cost = call<{ hashes: number; nodes: number; bytes: number }>("cost", { encoding: name, root, proof });
      assert.equal(cost.hashes, cost.nodes - 1);
      if (typeof proof === "string") assert.equal(cost.bytes, (proof.length - 2) / 2);
    }),
  );
});

test("every encoding has exactly the size of its formula", () => {
  const size: Record<string, (m: number) => number> = {
    compact: (m) => 32 * m + Math.ceil((2 * m - 1) / 8),
    offsets64: (m) => 40 * m,
    offsets16: (m) => 34 * m + 1,
    explicit: (m) => 48 * m + 4,
  };
  fc.assert(
    fc.property(
      claimed,
      fc.constantFrom("compact", "offsets64", "offsets16", "explicit"),
      ({ entries, keys }, name) => {
        const { root, proof } = call<{ root: string; proof: string }>("prove", { encoding: name, entries, keys });
        const { nodes } = call<{ nodes: number }>("cost", { encoding: name, root, proof });
        assert.equal((proof.length - 2) / 2, size[name](nodes));
      },
    ),
  );
});

test("a proof is minimal: claims, and siblings on their paths that are not on a path themselves", () => {
  fc.assert(
    fc.property(claimed, ({ entries, keys }) => {
      const { proof } = call<{ proof: { gindices: string[]; helpers: string[] } }>("prove", {
        encoding: "helpers",
        entries,
        keys,
      });
      const path = new Set<bigint>();
      for (const key of keys) for (let node = BigInt(key); node > 0n; node >>= 1n) path.add(node);
      const needed = new Set(
        [...path]
          .filter((node) => node > 1n)
          .map((node) => node ^ 1n)
          .filter((node) => !path.has(node)),
      );
      assert.equal(proof.helpers.length, needed.size);
      assert.equal(proof.gindices.length, keys.length);
    }),
  );
});

test("conversions between any two encodings are inverse", () => {
  fc.assert(
    fc.property(claimed, encoding, encoding, ({ entries, keys }, from, to) => {
      const { root, proof } = call<{ root: string; proof: unknown }>("prove", { encoding: from, entries, keys });
      const claims = (name: string): object => (name === "helpers" ? { keys } : {});
      const there = call<{ proof: unknown }>("convert", { from, to, root, proof, ...claims(to) });
      assert.deepEqual(there, { proof: call<{ proof: unknown }>("prove", { encoding: to, entries, keys }).proof });
      assert.deepEqual(call("convert", { from: to, to: from, root, proof: there.proof, ...claims(from) }), { proof });
    }),
  );
});

test("the root does not depend on what is claimed or in which encoding", () => {
  fc.assert(
    fc.property(claimed, encoding, ({ entries, keys }, name) => {
      const whole = call<{ root: string }>("prove", {
        encoding: "compact",
        entries,
        keys: entries.map(([key]) => key),
      });
      assert.equal(call<{ root: string }>("prove", { encoding: name, entries, keys }).root, whole.root);
    }),
  );
});

test("a changed, truncated or extended byte proof is never accepted with other bytes", () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant("flip"), at: fc.nat() }),
    fc.record({ kind: fc.constant("cut"), at: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant("extend"), at: fc.integer({ min: 1, max: 40 }) }),
  );
  fc.assert(
    fc.property(
      claimed,
      fc.constantFrom("compact", "offsets64", "offsets16", "explicit"),
      change,
      ({ entries, keys }, name, { kind, at }) => {
        const { root, proof } = call<{ root: string; proof: string }>("prove", { encoding: name, entries, keys });
        const bytes = Buffer.from(proof.slice(2), "hex");
        if (kind === "flip") bytes[(at >> 3) % bytes.length] ^= 1 << (at & 7);
        const changed =
          kind === "cut"
            ? bytes.subarray(0, Math.max(0, bytes.length - at))
            : kind === "extend"
              ? Buffer.concat([bytes, Buffer.alloc(at)])
              : bytes;
        const got = classOf(() => call("get", { encoding: name, root, proof: `0x${changed.toString("hex")}`, keys }));
        assert.ok(["malformed", "invalid-proof", "limit-exceeded"].includes(got), got);
      },
    ),
    { numRuns: 500 },
  );
});

test("random bytes never crash a reader", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom("compact", "offsets64", "offsets16", "explicit"),
      (bytes, name) => {
        const proof = `0x${Buffer.from(bytes).toString("hex")}`;
        const got = classOf(() => call("root", { encoding: name, proof }));
        assert.ok(["none", "malformed", "limit-exceeded"].includes(got), got);
      },
    ),
    { numRuns: 500 },
  );
});

test("a prover does not slow down on indices that differ only in their high bits", () => {
  // Engines hash a bigint by its low 64 bits, so all of these would collide in a Set.
  const low = 2n ** 64n;
  const keys = Array.from({ length: 20_000 }, (_, i) => quantity((2n ** 20n + BigInt(i)) * low));
  const started = process.cpuUsage();
  assert.equal(
    classOf(() => call("prove", { encoding: "helpers", entries: [["0x1", `0x${"00".repeat(32)}`]], keys })),
    "incomplete",
  );
  const { user } = process.cpuUsage(started);
  assert.ok(user < 2_000_000, `${user} µs`);
});

test("PROOF-GEN-019 hostile shapes of a megabyte end quickly and without recursion", () => {
  const node = "11".repeat(32);
  const deep = `0x${"00".repeat(2 ** 20)}${node}`;
  assert.equal(
    classOf(() => call("root", { encoding: "compact", proof: deep })),
    "limit-exceeded",
  );
  const claims = Array.from({ length: 2000 }, (_, i) => quantity(2n ** 1023n + (BigInt(i) << 1000n)));
  const flood = { gindices: claims, leaves: claims.map(() => `0x${node}`), helpers: [] };
  assert.equal(
    classOf(() => call("root", { encoding: "helpers", proof: flood })),
    "malformed",
  );
});
