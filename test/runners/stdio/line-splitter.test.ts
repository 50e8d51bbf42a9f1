import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LineSplitter } from "../../../runners/stdio/line-splitter.ts";

interface Seen {
  readonly lines: string[];
  readonly faults: string[];
  readonly splitter: LineSplitter;
}

function split(chunks: readonly Uint8Array[], maxLineBytes = 1000): Seen {
  const lines: string[] = [];
  const faults: string[] = [];
  const sink = { line: (text: string) => lines.push(text), broken: (message: string) => faults.push(message) };
  const splitter = new LineSplitter(sink, maxLineBytes);
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  return { lines, faults, splitter };
}

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("LineSplitter", () => {
  test("emits the same lines wherever the stream is split into chunks", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "語", "😀", " ", "\r", "\u2028"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(60)), (lines, cuts) => {
        const stream = bytes(lines.map((each) => `${each}\n`).join(""));
        const offsets = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const chunks = offsets.slice(1).map((end, index) => stream.subarray(offsets[index], end));
        const seen = split(chunks);
        assert.deepEqual(seen.lines, lines);
        assert.deepEqual(seen.faults, []);
        assert.equal(seen.splitter.pendingBytes, 0);
      }),
    );
  });

  test("counts the bytes of an unterminated line", () => {
    assert.equal(split([bytes("ab\ncd"), bytes("é")]).splitter.pendingBytes, 4);
  });

  test("accepts a line as long as the bound, and breaks on one byte more", () => {
    for (const letter of ["a", "é"]) {
      const fitting = letter.repeat(20 / bytes(letter).length);
      assert.deepEqual(split([bytes(`${fitting}\n`)], 20).lines, [fitting]);
      const tooLong = bytes(`${fitting}x\nnext\n`);
      for (const chunks of [[tooLong], [tooLong.subarray(0, 4), tooLong.subarray(4)]]) {
        const seen = split(chunks, 20);
        assert.deepEqual(seen.lines, []);
        assert.deepEqual(seen.faults, ["longer than 20 bytes"]);
      }
    }
  });

  test("breaks as soon as the bound is exceeded, before the end of the line", () => {
    const chunks = Array.from({ length: 21 }, () => bytes("a"));
    assert.deepEqual(split(chunks.slice(1), 20).faults, []);
    assert.deepEqual(split(chunks, 20).faults, ["longer than 20 bytes"]);
  });

  test("breaks on bytes that are not UTF-8, after the lines before them", () => {
    const invalid: readonly (readonly number[])[] = [
      [0xc3, 0x28],
      [0xff],
      [0xe2, 0x82],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
    ];
    for (const sequence of invalid) {
      const stream = Buffer.concat([bytes("good\n"), Buffer.from(sequence), bytes("\nafter\n")]);
      for (const chunks of [[stream], [stream.subarray(0, 6), stream.subarray(6)]]) {
        const seen = split(chunks);
        assert.deepEqual(seen.lines, ["good"]);
        assert.deepEqual(seen.faults, ["not UTF-8"]);
      }
    }
  });

  test("does not remove a byte order mark, which is not JSON", () => {
    assert.deepEqual(split([bytes("\ufeff{}\n")]).lines, ["\ufeff{}"]);
  });

  test("emits nothing after it is stopped, even in the middle of a chunk", () => {
    const lines: string[] = [];
    const splitter: LineSplitter = new LineSplitter(
      {
        line: (text) => {
          lines.push(text);
          splitter.stop();
        },
        broken: () => assert.fail("nothing is broken"),
      },
      10,
    );
    splitter.push(bytes("one\ntwo\n"));
    splitter.push(bytes("three is much too long\n"));
    assert.deepEqual(lines, ["one"]);
  });

  test("stores a line that arrives byte by byte in little more than its own size", () => {
    const sink = { line: () => {}, broken: () => assert.fail("the line fits") };
    const splitter = new LineSplitter(sink, 1 << 21);
    const one = bytes("a");
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 1 << 20; count++) splitter.push(one);
    assert.ok(process.memoryUsage().arrayBuffers - before < 8 << 20);
    assert.equal(splitter.pendingBytes, 1 << 20);
  });
});
