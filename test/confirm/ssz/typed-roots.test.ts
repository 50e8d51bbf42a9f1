/** Roots and indices of typed values, computed by hand from the SSZ specification without a type or a tree. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { expandForConfirmation } from "../expand.ts";
import type { Json } from "./ssz.ts";

interface Case {
  readonly id: string;
  readonly params: { readonly root: string; readonly keys: string[]; readonly writes: [string, string][] };
  readonly expect: { readonly result: { readonly root: string; readonly values: string[]; readonly results: Json[] } };
}

function casesOf(path: string): Map<string, Case> {
  const file = fileURLToPath(new URL(`../../../../vectors/proof/ssz/${path}`, import.meta.url));
  const { cases } = parse(readFileSync(file, "utf8")) as { cases: Case[] };
  return new Map(cases.map((one) => [one.id, one]));
}

const typed = casesOf("compact/typed.yaml");

function caseOf(id: string): Case {
  const found = typed.get(id);
  assert.ok(found, `there is no case ${id}`);
  return found;
}

const h = (...nodes: string[]): string =>
  createHash("sha256")
    .update(Buffer.from(nodes.join(""), "hex"))
    .digest("hex");

/** Unsigned little-endian integers, one after the other, padded to 32 bytes. */
function chunk(width: number, ...numbers: (number | bigint)[]): string {
  const digits = numbers.map((number) => {
    const bigEndian = BigInt(number)
      .toString(16)
      .padStart(2 * width, "0");
    return (bigEndian.match(/../g) as string[]).reverse().join("");
  });
  return digits.join("").padEnd(64, "0");
}

const Z0 = "00".repeat(32);
const Z1 = h(Z0, Z0);
const Z2 = h(Z1, Z1);
const Z3 = h(Z2, Z2);
const Z4 = h(Z3, Z3);

const wire = (node: string): string => `0x${node}`;
const quantity = (value: bigint): string => `0x${value.toString(16)}`;

/** Checks the root, the keys and the values of a `get` case. */
function assertReads(id: string, root: string, nodes: Readonly<Record<string, string>>): void {
  const { params, expect } = caseOf(`${id}-get`);
  assert.equal(params.root, wire(root), `root of ${id}`);
  assert.deepEqual(params.keys, Object.keys(nodes), `keys of ${id}`);
  assert.deepEqual(expect.result.values, Object.values(nodes).map(wire), `values of ${id}`);
}

describe("hash_tree_root by hand", () => {
  const c0 = chunk(8, 1000, 1001, 1002, 1003);
  const c1 = chunk(8, 1004, 1005, 1006, 1007);
  const c2 = chunk(8, 1008, 1009);

  test("a vector of ten uint64 has three chunks, and no length", () => {
    const root = h(h(c0, c1), h(c2, Z0));
    assertReads("packed-vector", root, { "0x5": c1 });
    assertReads("packed-vector-end", root, { "0x6": c2 });
  });

  test("booleans and integers have a chunk each in a container, little-endian", () => {
    const flag = chunk(1, 1);
    const [small, middling] = [chunk(1, 0xab), chunk(2, 0x1234)];
    const [count, wide] = [chunk(8, 2n ** 64n - 2n), chunk(32, 2n ** 255n + 1n)];
    const root = h(h(h(flag, small), h(middling, count)), h(h(wide, Z0), Z1));
    assertReads("scalars", root, { "0x8": flag, "0xb": count, "0xc": wide });
  });

  /** 25 chunks at most, so a tree of 32, and the length beside it. */
  const listOf = (first: string, second: string, length: number): string =>
    h(h(h(h(h(h(first, second), Z1), Z2), Z3), Z4), chunk(8, length));
  const one = chunk(8, 1, 2, 3, 4);
  const two = chunk(8, 5, 6);

  test("a list mixes in its length, also when it is empty", () => {
    assertReads("basic-list", listOf(one, two, 6), { "0x3": chunk(8, 6), "0x41": two });
    assertReads("empty-basic-list", h(h(Z4, Z4), Z0), { "0x3": Z0, "0x40": Z0 });
  });

  test("an element appended changes its chunk and the length", () => {
    const seven = chunk(8, 5, 6, 7);
    const { params, expect } = caseOf("list-appended-update");
    assert.equal(params.root, wire(listOf(one, two, 6)));
    assert.deepEqual(params.writes, [
      ["0x41", wire(seven)],
      ["0x3", wire(chunk(8, 7))],
    ]);
    assert.equal(expect.result.root, wire(listOf(one, seven, 7)));
    const { results } = caseOf("list-appended-transact").expect.result;
    assert.deepEqual([results[1], results[4]], [wire(listOf(one, two, 7)), wire(listOf(one, seven, 7))]);
  });

  test("the padding of a list is zero, and only the length shows an appended zero", () => {
    const { params, expect } = caseOf("beyond-length-packed");
    assert.deepEqual([params.root, params.keys], [wire(listOf(one, two, 6)), ["0x3", "0x4c"]]);
    assert.deepEqual(expect.result.values, [wire(chunk(8, 6)), wire(Z0)]);
    assert.equal(caseOf("zero-appended").params.root, wire(listOf(one, two, 7)));
  });

  test("the leaves of a list of containers are their roots", () => {
    const checkpoint = (index: number): string => h(chunk(8, 10 + index), `c${index}`.repeat(32));
    const root = h(h(h(h(checkpoint(0), checkpoint(1)), Z1), Z2), chunk(8, 2));
    assertReads("composite-list", root, { "0x3": chunk(8, 2), "0x22": chunk(8, 11) });
  });

  test("the chunks of a bitlist hold only its bits, not the bit that ends its serialization", () => {
    const ones = "ff".repeat(32);
    const root = h(h(h(ones, Z0), Z1), chunk(8, 256));
    assertReads("bitlist-whole-chunk", root, { "0x3": chunk(8, 256), "0x8": ones, "0x9": Z0 });
  });

  test("a union mixes in its selector; nothing is a zero chunk", () => {
    assertReads("union-none", h(Z0, Z0), { "0x2": Z0, "0x3": Z0 });
    assertReads("union-number", h(chunk(8, 7), chunk(1, 1)), { "0x2": chunk(8, 7), "0x3": chunk(1, 1) });
    const checkpoint = h(chunk(8, 12), "c2".repeat(32));
    assertReads("union-container", h(checkpoint, chunk(1, 2)), { "0x2": checkpoint, "0x3": chunk(1, 2) });
  });

  test("the nodes of a state are where the formula of the consensus specifications puts them", () => {
    // Eleven fields, so sixteen leaves; the contents of a list are the left child of its field.
    const validators = (16n + 6n) * 2n;
    const balances = (16n + 7n) * 2n;
    const validator = (index: bigint): bigint => validators * 2n ** 40n + index;
    const keysOf = (id: string): string[] => caseOf(`${id}-get`).params.keys;
    assert.deepEqual(keysOf("state-effective-balance"), [quantity(validator(1n) * 8n + 2n)]);
    assert.deepEqual(keysOf("state-validator"), [quantity(validator(2n))]);
    assert.deepEqual(keysOf("state-balance"), [quantity(balances * 2n ** 38n)]);
    assert.deepEqual(keysOf("state-lengths"), [quantity((16n + 5n) * 2n + 1n), quantity(validators + 1n)]);
    const together = [
      16n + 2n,
      validators + 1n,
      balances * 2n ** 38n,
      validator(1n) * 8n + 6n,
      validator(1n) * 16n + 1n,
    ];
    assert.deepEqual(keysOf("state-together"), together.map(quantity));
    const [packed] = caseOf("state-balance-get").expect.result.values;
    assert.equal(packed, wire(chunk(8, 32_000_000_001n, 31_999_999_999n, 16_000_000_000n)));
  });
});

/** A proof in the layout of sheth, read in place: one step per level, no hash. */
function lookUp(proof: string, key: bigint): string {
  const bytes = Buffer.from(proof.slice(2), "hex");
  const count = Number(bytes.readBigUInt64LE(0));
  let [at, bottom, within] = [0, 0, count];
  for (const side of key.toString(2).slice(1)) {
    assert.ok(within > 1, `${quantity(key)} is below a bottom node`);
    const left = Number(bytes.readBigUInt64LE(8 + 8 * at));
    // A subtree of n bottom nodes has n − 1 left counts; those of the right subtree follow those of the left subtree.
    at += side === "0" ? 1 : left;
    bottom += side === "0" ? 0 : left;
    within = side === "0" ? left : within - left;
  }
  assert.equal(within, 1, `${quantity(key)} is opened`);
  return bytes.subarray(8 * count + 32 * bottom, 8 * count + 32 * bottom + 32).toString("hex");
}

describe("sheth's state by hand", () => {
  const accounts = casesOf("offsets64/accounts.yaml");
  const update = expandForConfirmation(accounts.get("transfer-update") as unknown as Json) as unknown as {
    params: { root: string; proof: string; writes: [string, string][] };
    expect: { result: { root: string; proof: string } };
  };
  const { params, expect } = update;
  const [nonce, value, received] = params.writes.map(([key]) => BigInt(key)) as [bigint, bigint, bigint];

  test("nonce and values are read in place, before and after", () => {
    const balance = (proof: string): string[] => [nonce, value, received].map((key) => lookUp(proof, key));
    assert.deepEqual(balance(params.proof), [chunk(8, 4), chunk(8, 1_000_000), chunk(8, 25)]);
    assert.deepEqual(balance(expect.result.proof), [chunk(8, 5), chunk(8, 998_750), chunk(8, 1_275)]);
  });

  test("members are 258 levels deep, at the index of the account times four", () => {
    const account = nonce / 4n;
    assert.ok(account >= 2n ** 256n && account < 2n ** 257n);
    assert.deepEqual([nonce, value], [4n * account + 1n, 4n * account + 2n]);
    assert.equal(received % 4n, 2n);
  });

  test("the root is that of three accounts among zero accounts", () => {
    const { entries, node, depth } = (
      accounts.get("sender-prove") as unknown as {
        params: { entries: { sparse: { depth: number; node: string; entries: [string, string][] } } };
      }
    ).params.entries.sparse;
    const nobody = h(h(Z1, Z0), h(Z0, Z0));
    assert.deepEqual([node, depth], [wire(nobody), 256]);

    const leaves = new Map(entries.map(([key, leaf]) => [BigInt(key).toString(2), leaf.slice(2)]));
    const rootOf = (written: ReadonlyMap<string, string>): string => {
      let level = new Map<string, string>();
      let empty = nobody;
      for (let bits = 260; bits > 1; bits--) {
        for (const [path, leaf] of written) if (path.length === bits) level.set(path, leaf);
        const above = new Map<string, string>();
        for (const path of level.keys()) {
          const parent = path.slice(0, -1);
          above.set(parent, h(level.get(`${parent}0`) ?? empty, level.get(`${parent}1`) ?? empty));
        }
        if (bits <= 257) empty = h(empty, empty);
        level = above;
      }
      return wire(level.get("1") as string);
    };
    assert.equal(entries.length, 15);
    assert.equal(params.root, rootOf(leaves));
    const writes = params.writes.map(([key, leaf]) => [BigInt(key).toString(2), leaf.slice(2)] as const);
    assert.equal(expect.result.root, rootOf(new Map([...leaves, ...writes])));
  });
});
