import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commonBits, copyBits, setBit } from "../../../../reference/proofs/radix/keys.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 5 });

const bitsOf = (packed: Uint8Array): string => [...packed].map((byte) => byte.toString(2).padStart(8, "0")).join("");

/** A stretch of bits within `packed`. */
const stretch = (packed: Uint8Array): fc.Arbitrary<{ from: number; count: number }> =>
  fc
    .tuple(fc.nat({ max: 8 * packed.length }), fc.nat({ max: 8 * packed.length }))
    .map(([a, b]) => ({ from: Math.min(a, b), count: Math.abs(a - b) }));

test("copyBits copies to any offset, keeps the bits before it and clears the rest of the last byte", () => {
  const drawn = bytes.chain((source) => fc.record({ source: fc.constant(source), part: stretch(source) }));
  fc.assert(
    fc.property(drawn, fc.nat({ max: 20 }), fc.boolean(), ({ source, part: { from, count } }, to, isDirty) => {
      const target = new Uint8Array(9).fill(isDirty ? 0xff : 0);
      copyBits(source, from, count, target, to);
      const rest = isDirty ? "1" : "0";
      const expected = `${rest.repeat(to)}${bitsOf(source).slice(from, from + count)}`;
      const padded = expected.padEnd(8 * Math.ceil(expected.length / 8), "0").padEnd(72, rest);
      assert.equal(bitsOf(target), padded);
    }),
    { numRuns: 2000 },
  );
});

test("commonBits counts equal bits from any offset, up to the given maximum", () => {
  const drawn = fc
    .tuple(bytes, bytes)
    .chain(([a, b]) => fc.tuple(fc.constant(a), stretch(a), fc.constant(b), stretch(b)));
  fc.assert(
    fc.property(drawn, fc.boolean(), ([a, partA, b, partB], isCopy) => {
      const count = Math.min(partA.count, partB.count);
      if (isCopy)
        for (let bit = 0; bit < count; bit++) {
          setBit(b, partB.from + bit, bitsOf(a)[partA.from + bit] === "1" ? 1 : 0);
        }
      const [bitsA, bitsB] = [bitsOf(a).slice(partA.from), bitsOf(b).slice(partB.from)];
      let expected = 0;
      while (expected < count && bitsA[expected] === bitsB[expected]) expected += 1;
      assert.equal(commonBits(a, partA.from, b, partB.from, count), expected);
      if (isCopy) assert.equal(expected, count);
    }),
    { numRuns: 2000 },
  );
});
