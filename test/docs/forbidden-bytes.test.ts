/** RUNTIME-MODULE-020: the table of forbidden bytes in docs/spec/modules.md agrees with the reference, byte by byte. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { forbiddenPart, isForbiddenValueType, opcodeOf } from "../../reference/runtime/instructions.ts";

const page = readFileSync(packagePath("docs/spec/modules.md"), "utf8");

/** Returns the second cell of the row that begins with `where`. */
function cell(where: string): string {
  const row = page.split("\n").find((line) => line.startsWith(`| ${where}`));
  assert.ok(row !== undefined, `docs/spec/modules.md has a row for ${where}`);
  return row.split("|")[2];
}

/** Reads bytes from a text such as "`06`–`0a` `12`". */
function bytesOf(text: string): Set<number> {
  const bytes = new Set<number>();
  for (const [, first, last] of text.matchAll(/`([0-9a-f]{2})`(?:–`([0-9a-f]{2})`)?/g)) {
    for (let byte = Number.parseInt(first, 16); byte <= Number.parseInt(last ?? first, 16); byte++) bytes.add(byte);
  }
  return bytes;
}

/** "0 to 9 and 12 to 17" or "0 to 275, except 154, 162 and 165" as the numbers that it stands for. */
function numbersOf(text: string): Set<number> {
  const [ranges, gaps = ""] = text.split("except");
  const numbers = new Set<number>();
  for (const [, first, last] of ranges.matchAll(/([0-9]+) to ([0-9]+)/g)) {
    for (let number = Number(first); number <= Number(last); number++) numbers.add(number);
  }
  for (const [gap] of gaps.matchAll(/[0-9]+/g)) numbers.delete(Number(gap));
  return numbers;
}

test("types of values", () => {
  const stated = bytesOf(cell("types of values"));
  for (let byte = 0; byte < 256; byte++) assert.equal(stated.has(byte), isForbiddenValueType(byte), byte.toString(16));
});

test("opcodes of one byte", () => {
  const stated = bytesOf(cell("opcodes"));
  for (let byte = 0; byte < 256; byte++) {
    assert.equal(stated.has(byte), forbiddenPart(byte) !== undefined, byte.toString(16));
    assert.ok(!stated.has(byte) || opcodeOf(byte) === undefined, byte.toString(16));
  }
});

test("opcodes after a prefix", () => {
  const parts = cell("numbers after a prefix").split(";");
  assert.equal(parts.length, 4);
  for (const part of parts) {
    const prefix = Number.parseInt(/`(f[b-e])`/.exec(part)?.[1] ?? "", 16);
    const stated = numbersOf(part.replace(/`f[b-e]`/, ""));
    for (let number = 0; number < 65_536; number++) {
      const isForbidden = forbiddenPart(prefix * 65_536 + number) !== undefined;
      assert.equal(stated.has(number), isForbidden, `${prefix.toString(16)} ${number}`);
    }
  }
});
