import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes32 } from "../../../reference/core/bytes.ts";
import { HashMap } from "../../../reference/core/hash-map.ts";

const hashOf = (first: number, last: number): Bytes32 => {
  const hash = new Uint8Array(32);
  hash[0] = first;
  hash[31] = last;
  return hash as Bytes32;
};

test("hashes with the same bucket bits are distinguished", () => {
  const map = new HashMap<string>();
  map.add(hashOf(255, 1), "one");
  map.add(hashOf(255, 2), "two");
  map.add(hashOf(0, 1), "three");
  assert.deepEqual(
    [hashOf(255, 1), hashOf(255, 2), hashOf(0, 1)].map((hash) => map.get(hash)),
    ["one", "two", "three"],
  );
  assert.equal(map.get(hashOf(255, 3)), undefined);
  assert.equal(map.get(hashOf(1, 1)), undefined);
});
