import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { StderrTail } from "../../../runners/stdio/stderr-tail.ts";

const KEPT = 64 * 1024;

describe("StderrTail", () => {
  test("returns nothing before anything is written, and nothing new when nothing was added", () => {
    const tail = new StderrTail();
    assert.equal(tail.since(0), "");
    tail.push(Buffer.from("abc"));
    assert.equal(tail.since(tail.position), "");
    assert.equal(tail.since(1), "bc");
  });

  test("returns the end of any stream, from any position", () => {
    const lengths = fc.array(fc.oneof(fc.nat(30), fc.nat(3 * KEPT), fc.constantFrom(KEPT - 1, KEPT, KEPT + 1)), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, part) => {
        const tail = new StderrTail();
        let whole = "";
        for (const [index, size] of sizes.entries()) {
          const text = String.fromCharCode(97 + index)
            .repeat(size)
            .replace(/.$/, "\n");
          tail.push(Buffer.from(text));
          whole += text;
        }
        const from = Math.floor(part * whole.length);
        const wanted = whole.slice(from);
        const dropped = wanted.length - KEPT;
        assert.equal(tail.since(from), dropped > 0 ? `[${dropped} bytes dropped]\n${wanted.slice(dropped)}` : wanted);
      }),
      { numRuns: 60 },
    );
  });

  test("replaces bytes that are not UTF-8", () => {
    const tail = new StderrTail();
    tail.push(Buffer.from([0x61, 0xff, 0x62]));
    assert.equal(tail.since(0), "a\ufffdb");
  });
});
