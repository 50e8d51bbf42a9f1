import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { signed, unsigned } from "../../../authoring/cases/runtime/validate/bytes.ts";
import { Cursor } from "../../../reference/runtime/decode/cursor.ts";
import { ModuleError } from "../../../reference/runtime/faults.ts";

function cursorOver(hex: string): Cursor {
  const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
  return new Cursor(bytes, 0, bytes.length, "type");
}

type Reader = "u32" | "s32" | "s64";

function read(reader: Reader, hex: string): number | bigint {
  const cursor = cursorOver(hex);
  const value = cursor[reader]("it");
  assert.equal(cursor.left, 0, `${hex}: bytes are left`);
  return value;
}

const isMalformed = (error: unknown): boolean => error instanceof ModuleError && error.reason === "malformed";

const WIDTHS = fc.integer({ min: 1, max: 5 });

describe("LEB128", () => {
  test("RUNTIME-MODULE-002: every unsigned integer of 32 bits is read, with any padding", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), WIDTHS, (value, width) => {
        assert.equal(read("u32", unsigned(value, width)), value);
      }),
    );
  });

  test("RUNTIME-MODULE-002: every signed integer of 32 and 64 bits is read, with any padding", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), WIDTHS, (value, width) => {
        assert.equal(read("s32", signed(value, width)), value);
      }),
    );
    const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(wide, fc.integer({ min: 1, max: 10 }), (value, width) => {
        assert.equal(read("s64", signed(value, width)), value);
      }),
    );
  });

  test("RUNTIME-MODULE-022, RUNTIME-MODULE-023: an integer that exceeds its width or does not end is malformed", () => {
    for (const value of [2 ** 32, 2 ** 35 - 1, 2 ** 40]) assert.throws(() => read("u32", unsigned(value)), isMalformed);
    for (const value of [2 ** 31, -(2 ** 31) - 1, 2 ** 40])
      assert.throws(() => read("s32", signed(value)), isMalformed);
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 70n])
      assert.throws(() => read("s64", signed(value)), isMalformed);
    for (const reader of ["u32", "s32", "s64"] as const) {
      for (const hex of ["", "80", "80".repeat(20)]) assert.throws(() => read(reader, hex), isMalformed);
    }
  });

  test("an error has the offset of the first byte of the integer", () => {
    const cursor = cursorOver(`00${unsigned(2 ** 35 - 1)}`);
    cursor.u32("first");
    assert.throws(
      () => cursor.u32("second"),
      (error) => error instanceof ModuleError && error.place.offset === 1 && error.place.section === "type",
    );
  });
});

describe("names", () => {
  test("any text is read back, including a byte order mark", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const hex = Buffer.from(text, "utf8").toString("hex");
        assert.equal(cursorOver(unsigned(hex.length / 2) + hex).name("name"), text);
      }),
    );
    assert.equal(cursorOver("03efbbbf").name("name"), "\ufeff");
  });
});
