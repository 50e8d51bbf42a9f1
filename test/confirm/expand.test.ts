import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { expandForConfirmation } from "./expand.ts";

describe("the recipe for leaves", () => {
  const block = (seed: bigint, counter: bigint): Buffer => {
    const input = Buffer.alloc(16);
    input.writeBigUInt64LE(seed, 0);
    input.writeBigUInt64LE(counter, 8);
    return createHash("sha256").update(input).digest();
  };
  const leaves = (seed: bigint, depth: number): string[][] =>
    [0n, 1n, 2n].map((i) => {
      const cleared = block(seed, i);
      for (let bit = depth; bit < 256; bit++) {
        const index = Math.floor(bit / 8);
        cleared[index] = (cleared[index] as number) & ~(0x80 >> (bit % 8));
      }
      return [cleared, block(seed + (1n << 33n), i)].map((bytes) => `0x${bytes.toString("hex")}`);
    });

  it("returns keys that are cleared beyond the depth, and values of another stream", () => {
    assert.deepEqual(expandForConfirmation({ leaves: { seed: 7, count: 3 } }), leaves(7n, 256));
    for (const depth of [1, 9, 255, 256]) {
      assert.deepEqual(expandForConfirmation({ entries: { leaves: { seed: 7, count: 3, depth } } }), {
        entries: leaves(7n, depth),
      });
    }
  });
});

describe("the recipe for RLP", () => {
  it("nests lists", () => {
    assert.equal(expandForConfirmation({ rlp: { bytes: "0x05", count: 0 } }), "0x05");
    assert.equal(
      expandForConfirmation({ rlp: { bytes: "0x05", before: "0x11", after: "0x80", count: 2 } }),
      "0xc611c311058080",
    );
    const bytes = { repeat: { bytes: "0x11", count: 55 } };
    assert.equal(
      expandForConfirmation({ rlp: { bytes, before: "0x22", count: 2 } }),
      `0xf83b22f83822${"11".repeat(55)}`,
    );
  });
});

describe("the recipe for repeats", () => {
  it("repeats the value of another recipe", () => {
    const pair = { concat: ["0x02", { repeat: { bytes: "0x01", count: 2 } }] };
    assert.equal(expandForConfirmation({ repeat: { bytes: pair, count: 2 } }), "0x020101020101");
  });
});
