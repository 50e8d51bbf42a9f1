import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromHex, toHex } from "../../../reference/core/bytes.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import { decodeItems, decodeRlp, encodeList, encodeString } from "../../../reference/core/rlp.ts";

const bytesOf = (hex: string): Uint8Array => fromHex(hex) as Uint8Array;

// From appendix B of the yellow paper and its examples.
const STRINGS: readonly (readonly [string, string])[] = [
  ["0x", "0x80"],
  ["0x00", "0x00"],
  ["0x7f", "0x7f"],
  ["0x80", "0x8180"],
  ["0x646f67", "0x83646f67"],
  [`0x${"aa".repeat(55)}`, `0xb7${"aa".repeat(55)}`],
  [`0x${"aa".repeat(56)}`, `0xb838${"aa".repeat(56)}`],
  [`0x${"aa".repeat(256)}`, `0xb90100${"aa".repeat(256)}`],
];

test("a string is written in the only form that the reader accepts", () => {
  for (const [payload, encoded] of STRINGS) {
    assert.equal(toHex(encodeString(bytesOf(payload))), encoded);
    const item = decodeRlp(bytesOf(encoded), "it");
    assert.deepEqual([item.isList, toHex(item.payload), toHex(item.encoded)], [false, payload, encoded]);
  }
});

test("a list is written in the only form that the reader accepts", () => {
  const list = encodeList(["0x636174", "0x646f67"].map((hex) => encodeString(bytesOf(hex))));
  assert.equal(toHex(list), "0xc88363617483646f67");
  assert.deepEqual(
    decodeItems(decodeRlp(list, "it").payload, "it").map(({ payload }) => toHex(payload)),
    ["0x636174", "0x646f67"],
  );
  assert.equal(toHex(encodeList([])), "0xc0");
  assert.equal(toHex(encodeList(new Array(56).fill(bytesOf("0x01")))), `0xf838${"01".repeat(56)}`);
});

test("every other form is malformed", () => {
  const wrong = [
    ["0x", "no item"],
    ["0x8100", "a byte below 0x80 with a length"],
    ["0x817f", "the last such byte"],
    ["0x81", "a payload that is missing"],
    ["0x83646f", "a payload that is cut off"],
    ["0x83646f6700", "a byte left over"],
    [`0xb837${"aa".repeat(55)}`, "a short length in the long form"],
    [`0xb90038${"aa".repeat(56)}`, "a length that begins with zero"],
    ["0xb8", "a length that is missing"],
    ["0xb901", "a length that is cut off"],
    ["0xbf0000000000000038", "a long length that begins with zero"],
    [`0xbfffffffffffffffff${"aa".repeat(60)}`, "a length of 2^64 − 1"],
    ["0xbb00000001aa", "a length that wraps"],
    [`0xf837${"01".repeat(55)}`, "a short list in the long form"],
    ["0xc3646f", "a list that is cut off"],
  ] as const;
  for (const [hex, what] of wrong) {
    assert.throws(
      () => decodeRlp(bytesOf(hex), "it"),
      (error) => error instanceof ProofError && error.class === "malformed",
      what,
    );
  }
  assert.throws(() => decodeItems(bytesOf("0x0183646f"), "it"), /byte 1: an item of 3 bytes has 2/);
});

test("every accepted item is the encoding of its payload", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
      let item: ReturnType<typeof decodeRlp>;
      try {
        item = decodeRlp(bytes, "it");
      } catch (error) {
        assert.ok(error instanceof ProofError);
        return;
      }
      assert.deepEqual(item.isList ? encodeList([item.payload]) : encodeString(item.payload), bytes);
    }),
    { numRuns: 2000 },
  );
});
