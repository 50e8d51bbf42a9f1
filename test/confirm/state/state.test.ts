/** Compares the naive backend of states with tries that are built by hand. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { branch, hashed, keccak, type Members, type Nested, rlp } from "../patricia/nodes.ts";
import type { Json } from "../values.ts";
import { call, classOf, EMPTY_CODE_HASH, EMPTY_ROOT, prove, proveObjects, throwsClass } from "./worlds.ts";

const CODE = "6001600255";
const SLOT = `${"00".repeat(31)}05`;
const ABSENT_SLOT = `${"00".repeat(31)}06`;

const numbered = Array.from({ length: 200 }, (_, i) => i.toString(16).padStart(40, "0"));
const hashingTo = (digit: string): string => numbered.find((key) => keccak(key).startsWith(digit)) as string;

/** A has storage and code, B has neither; C and D are absent, D at the empty child of the root node. */
const [A, B, C, D] = [hashingTo("1"), hashingTo("2"), hashingTo("1"), hashingTo("3")].map((address, i) =>
  i === 2 ? (numbered.find((key) => key !== address && keccak(key).startsWith("1")) as string) : address,
) as [string, string, string, string];

const leaf = (path: string, value: string): Nested =>
  path.length % 2 === 0 ? [`20${path}`, value] : [`3${path}`, value];

const STORAGE = leaf(keccak(SLOT), rlp("2a"));
const accountA = rlp(["09", "0100", hashed(STORAGE), keccak(CODE)]);
const accountB = rlp(["", "64", EMPTY_ROOT, EMPTY_CODE_HASH]);
const LEAF_A = leaf(keccak(A).slice(1), accountA);
const LEAF_B = leaf(keccak(B).slice(1), accountB);
const TOP = branch({ 1: hashed(LEAF_A), 2: hashed(LEAF_B) });
const ROOT = `0x${hashed(TOP)}`;

const key = (...parts: string[]): string => `0x${parts.join("")}`;
const nodeOf = (node: Nested): string => `0x${rlp(node)}`;
const witnessOf = (nodes: Nested[], codes: string[] = [], headers: string[] = []): Json => ({
  state: nodes.map(nodeOf).sort(),
  codes: codes.map((code) => `0x${code}`).sort(),
  headers,
});
const WHOLE = witnessOf([TOP, LEAF_A, LEAF_B, STORAGE], [CODE]);
const strict = { profile: "strict" };
const word = (digits: string): string => `0x${digits.padStart(64, "0")}`;

const ENTRIES: Json = [
  [key(A, SLOT), word("2a")],
  [key(A, "00"), "0x09"],
  [key(A, "04"), key(CODE)],
  [key(A, "01"), "0x0100"],
  [key(B, "01"), "0x64"],
];

/** Each key with its value in the state above. */
const FACTS: [key: string, value: string | null][] = [
  [key(A), key(accountA)],
  [key(A, "00"), "0x09"],
  [key(A, "01"), "0x0100"],
  [key(A, "02"), key(hashed(STORAGE))],
  [key(A, "03"), key(keccak(CODE))],
  [key(A, "04"), key(CODE)],
  [key(A, SLOT), word("2a")],
  [key(A, ABSENT_SLOT), null],
  [key(B), key(accountB)],
  [key(B, "00"), "0x"],
  [key(B, "02"), key(EMPTY_ROOT)],
  [key(B, "03"), key(EMPTY_CODE_HASH)],
  [key(B, "04"), "0x"],
  [key(B, SLOT), null],
  ...[C, D].flatMap((absent): [string, null][] =>
    ["", "00", "01", "02", "03", "04", SLOT].map((rest) => [key(absent, rest), null]),
  ),
];

describe("a state of two accounts", () => {
  const root = ROOT;

  it("PROOF-STATE-120, PROOF-STATE-121 has the root that its nodes hash to, and answers every key", () => {
    const keys = FACTS.map(([key]) => key);
    const values = FACTS.map(([, value]) => value);
    assert.deepEqual(call("get", { root, proof: WHOLE, keys, options: strict }), { values });
    assert.deepEqual(call("get", { root, proof: WHOLE, keys: [], options: strict }), { values: [] });
    assert.deepEqual(prove({ entries: ENTRIES, keys }), { root, proof: WHOLE });
    assert.deepEqual(prove({ entries: ENTRIES }), { root, proof: witnessOf([TOP]) });
    assert.deepEqual(prove({ entries: [] }), { root: key(EMPTY_ROOT), proof: witnessOf([]) });
    for (const [key, value] of FACTS) {
      const { proof } = prove({ entries: ENTRIES, keys: [key] });
      const read = { root, proof: proof as unknown as Json, keys: [key], options: strict };
      assert.deepEqual(call("get", read), { values: [value] });
    }
  });

  it("PROOF-STATE-005, PROOF-STATE-146, PROOF-STATE-147 lack what is not in the proof", () => {
    const noStorage = witnessOf([TOP, LEAF_A], [CODE]);
    assert.deepEqual(call("get", { root, proof: noStorage, keys: [key(A, "02"), key(A, "04")] }), {
      values: [key(hashed(STORAGE)), key(CODE)],
    });
    throwsClass("incomplete", "get", { root, proof: noStorage, keys: [key(A, SLOT)] });
    throwsClass("incomplete", "get", { root, proof: witnessOf([TOP, STORAGE]), keys: [key(A, SLOT)] });
    const otherCode = { root, proof: witnessOf([TOP, LEAF_A], ["6001600256"]), keys: [key(A, "04")] };
    throwsClass("incomplete", "get", otherCode);
    throwsClass("non-canonical", "get", { ...otherCode, options: strict });
    throwsClass("incomplete", "get", { root, proof: witnessOf([]), keys: [] });
    throwsClass("invalid-proof", "get", { root, proof: witnessOf([LEAF_A, STORAGE]), keys: [] });
    throwsClass("invalid-proof", "get", { root: word("1"), proof: WHOLE, keys: [] });
  });

  it("PROOF-STATE-010, PROOF-STATE-011 are strict about lists in the strict profile alone", () => {
    const { state, codes } = WHOLE as { state: string[]; codes: string[] };
    const cases: Members[] = [
      { state: state.toReversed() },
      { state: [...state, state.at(-1) as string] },
      { state: ["0x80", ...state] },
      { state: [nodeOf(leaf("12", "7f")), ...state].sort() },
      { codes: ["0x", ...codes] },
      { codes: [...codes, ...codes] },
      { codes: ["0x00", ...codes] },
    ];
    for (const changed of cases) {
      const read = { root, proof: { headers: [], state, codes, ...changed }, keys: [key(A, SLOT), key(A, "04")] };
      assert.deepEqual(call("get", read), { values: [word("2a"), key(CODE)] });
      throwsClass("non-canonical", "get", { ...read, options: strict });
      const writing = { root, proof: read.proof, writes: [] };
      assert.deepEqual(call("update", writing), { root, proof: WHOLE });
    }
    const empty = { root: key(EMPTY_ROOT), proof: { state: ["0x80"], codes: [], headers: [] }, keys: [key(A)] };
    assert.deepEqual(call("get", empty), { values: [null] });
    throwsClass("non-canonical", "get", { ...empty, options: strict });
  });

  it("PROOF-STATE-010, PROOF-STATE-012 find a node of a storage trie that is not canonical", () => {
    const padded: Nested = [`21${keccak(SLOT)}`, rlp("2a")];
    const top = leaf(keccak(A), rlp(["", "", hashed(padded), EMPTY_CODE_HASH]));
    const request = { root: `0x${hashed(top)}`, proof: witnessOf([top, padded]) };
    const keys = [key(A, SLOT)];
    assert.deepEqual(call("get", { ...request, keys }), { values: [word("2a")] });
    throwsClass("non-canonical", "get", { ...request, keys, options: strict });
    throwsClass("non-canonical", "update", { ...request, writes: [] });
    throwsClass("non-canonical", "transact", { ...request, steps: [] });
  });

  it("PROOF-STATE-054, PROOF-STATE-055 rejects values that are not accounts or words", () => {
    const accounts: Nested[] = [
      ["09", "64", EMPTY_ROOT],
      ["09", "64", EMPTY_ROOT, EMPTY_CODE_HASH, ""],
      ["00", "64", EMPTY_ROOT, EMPTY_CODE_HASH],
      ["01".repeat(9), "64", EMPTY_ROOT, EMPTY_CODE_HASH],
      ["09", "0064", EMPTY_ROOT, EMPTY_CODE_HASH],
      ["09", "01".repeat(33), EMPTY_ROOT, EMPTY_CODE_HASH],
      ["09", "64", "", EMPTY_CODE_HASH],
      ["09", "64", EMPTY_ROOT, EMPTY_CODE_HASH.slice(2)],
      ["09", [], EMPTY_ROOT, EMPTY_CODE_HASH],
      { encoded: "8109" },
      { encoded: `${rlp(["09", "64", EMPTY_ROOT, EMPTY_CODE_HASH])}00` },
    ];
    for (const account of accounts) {
      const top = leaf(keccak(A), rlp(account));
      const request = { root: `0x${hashed(top)}`, proof: witnessOf([top]), keys: [key(A)] };
      throwsClass("malformed", "get", request);
      throwsClass("malformed", "get", { ...request, options: strict });
    }
    for (const value of ["80", "00", "820001", "8101", "c0", "c101", "2a2a", rlp("01".repeat(33)), "8201"]) {
      const storage = leaf(keccak(SLOT), value);
      const top = leaf(keccak(A), rlp(["", "", hashed(storage), EMPTY_CODE_HASH]));
      const request = { root: `0x${hashed(top)}`, proof: witnessOf([top, storage]), keys: [key(A, SLOT)] };
      throwsClass("malformed", "get", request);
    }
  });

  it("PROOF-STATE-020, PROOF-STATE-079, PROOF-STATE-080 accepts only an object of the three lists", () => {
    const { state } = WHOLE as { state: string[] };
    const lists = { state, codes: [], headers: [] };
    const { codes: _, ...two } = lists;
    const cases: Json[] = [two, { ...lists, more: [] }, { ...lists, codes: {} }, { ...lists, state: ["0xAB"] }, {}];
    for (const proof of [
      ...cases,
      { ...lists, state: [1] },
      { ...lists, headers: ["0x0"] },
      { ...lists, codes: null },
    ]) {
      throwsClass("malformed", "get", { root, proof, keys: [] });
    }
    for (const proof of ["0x", null, [], 1]) throwsClass("invalid-argument", "get", { root, proof, keys: [] });
    throwsClass("unsupported", "root", { proof: WHOLE });
  });

  it("PROOF-GEN-019 reads a chain of nodes that is deeper than any call stack", () => {
    let below = "11".repeat(32);
    const state = Array.from({ length: 50_000 }, () => {
      const node = `e200a0${below}`;
      below = keccak(node);
      return `0x${node}`;
    });
    const request = { root: `0x${below}`, proof: { state, codes: [], headers: [] } };
    throwsClass("incomplete", "get", { ...request, keys: [key(A)] });
    throwsClass("non-canonical", "get", { ...request, keys: [key(A)], options: strict });
    assert.equal((call("cost", request) as { depth: number }).depth, 49_999);
  });

  it("PROOF-GEN-007 reports its cost", () => {
    const headers = [headerOf(word("7"), ROOT, "05")];
    const proof = { ...(WHOLE as Members), headers };
    const lengths = [TOP, LEAF_A, LEAF_B, STORAGE].map((node) => rlp(node).length / 2);
    const bytes = lengths.reduce((sum, length) => sum + length, 5 + ((headers[0] as string).length - 2) / 2);
    assert.deepEqual(call("cost", { root, proof }), { hashes: 6, bytes, nodes: 4, depth: 1 });
    const objects = proveObjects({ entries: ENTRIES, keys: [key(A, SLOT), key(B)] }).proof as unknown as Json;
    const again = lengths.reduce((sum, length) => sum + length, (lengths[0] as number) + 20 + 20 + 32);
    const expected = { hashes: 7, bytes: again, nodes: 4, depth: 1 };
    assert.deepEqual(call("cost", { encoding: "eip1186", root, proof: objects }), expected);
    const nothing = { root: key(EMPTY_ROOT), proof: witnessOf([]) };
    assert.deepEqual(call("cost", nothing), { hashes: 0, bytes: 0, nodes: 0, depth: 0 });
  });
});

describe("requests", () => {
  it("PROOF-STATE-001, PROOF-STATE-040, PROOF-STATE-144 are checked before the proof", () => {
    const request = { root: ROOT, proof: { state: "?" } };
    for (const length of [0, 19, 22, 39, 41, 51, 53, 64]) {
      throwsClass("invalid-argument", "get", { ...request, keys: [key("00".repeat(length))] });
    }
    throwsClass("invalid-argument", "get", { ...request, keys: [key(A, "05")] });
    throwsClass("invalid-argument", "get", { ...request, keys: [], options: { secure: true } });
    throwsClass("invalid-argument", "get", { ...request, keys: [], options: { depth: 2 } });
    const writes: [string, string | null][] = [
      [key(A), "0x"],
      [key(A), key(accountA)],
      ...["00", "01", "04"].map((field): [string, null] => [key(A, field), null]),
      [key(A, "00"), "0x00"],
      [key(A, "00"), "0x0009"],
      [key(A, "00"), key("01".repeat(9))],
      [key(A, "01"), key("01".repeat(33))],
      [key(A, "02"), key(EMPTY_ROOT)],
      [key(A, "03"), key(EMPTY_CODE_HASH)],
      [key(A, SLOT), "0x2a"],
      [key(A, SLOT), key("00".repeat(33))],
      [key("11".repeat(32), "00".repeat(8)), word("1")],
      [key("11".repeat(32), "00".repeat(8)), null],
    ];
    for (const write of writes) {
      throwsClass("invalid-argument", "update", { ...request, writes: [write] });
      throwsClass("invalid-argument", "transact", { ...request, steps: [{ set: write }] });
      throwsClass("invalid-argument", "prove", { entries: [write], keys: [] });
    }
    for (const write of [
      [key(A), null],
      [key(A, SLOT), null],
    ] as Json[]) {
      throwsClass("invalid-argument", "prove", { entries: [write], keys: [] });
      throwsClass("malformed", "update", { ...request, writes: [write] });
    }
    const ancestor = key("11".repeat(32), "00".repeat(8));
    throwsClass("invalid-argument", "prove", { entries: [], keys: [ancestor] });
    throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: [ancestor] });
    throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: [key(A, "00")] });
    for (const members of [{ keys: [] }, { keys: [key(A, "04")] }, { keys: [key(A)], deletes: [key(B)] }]) {
      throwsClass("invalid-argument", "prove", { encoding: "eip1186", entries: ENTRIES, ...members });
    }
    for (const method of ["merge", "extract", "convert"]) {
      throwsClass("unsupported", method, { ...request, keys: [], proofs: [] });
    }
    throwsClass("unsupported", "get", { ...request, encoding: "preorder", keys: [] });
    assert.equal(classOf("get", { ...request, keys: [] }), "malformed");
  });
});

/** A header with this parent, state root and number; every other item is empty. */
function headerOf(parentHash: string, stateRoot: string, number: string): string {
  const items = new Array(15).fill("");
  items[0] = parentHash.slice(2);
  items[3] = stateRoot.slice(2);
  items[8] = number;
  return `0x${rlp(items)}`;
}

describe("headers", () => {
  const blockHash = (header: string): string => `0x${keccak(header.slice(2))}`;
  const first = headerOf(word("99"), word("1"), "ff");
  const second = headerOf(blockHash(first), word("2"), "0100");
  const third = headerOf(blockHash(second), ROOT, "0101");
  const ancestor = (block: string, number: number): string =>
    key(block.slice(2), number.toString(16).padStart(16, "0"));
  const request = (headers: string[]): Members => ({ root: ROOT, proof: witnessOf([TOP], [], headers) });

  it("PROOF-STATE-069, PROOF-STATE-070, PROOF-STATE-071, PROOF-STATE-072, PROOF-STATE-068 give the hashes of a chain and of the block before it", () => {
    const whole = request([first, second, third]);
    const cases: [number, string | null][] = [
      [0x102, null],
      [0x101, blockHash(third)],
      [0x100, blockHash(second)],
      [0xff, blockHash(first)],
      [0xfe, word("99")],
    ];
    const keys = cases.map(([number]) => ancestor(blockHash(third), number));
    const values = cases.map(([, hash]) => hash);
    assert.deepEqual(call("get", { ...whole, keys, options: strict }), { values });
    const fromSecond = [ancestor(blockHash(second), 0x101), ancestor(blockHash(second), 0xff)];
    assert.deepEqual(call("get", { ...whole, keys: fromSecond }), { values: [null, blockHash(first)] });
    throwsClass("incomplete", "get", { ...whole, keys: [ancestor(blockHash(third), 0xfd)] });
    throwsClass("incomplete", "get", { ...whole, keys: [ancestor(word("99"), 0xfe)] });
    throwsClass("incomplete", "get", { ...request([]), keys: [ancestor(blockHash(third), 0x101)] });
    const step = { get: ancestor(blockHash(third), 0x100) };
    assert.deepEqual(call("transact", { ...whole, steps: [step] }), { results: [blockHash(second)] });
    assert.deepEqual(call("update", { ...whole, writes: [] }), { root: ROOT, proof: witnessOf([TOP]) });
  });

  it("PROOF-STATE-022, PROOF-STATE-084, PROOF-STATE-085 must be a chain that ends with the state root", () => {
    const otherParent = headerOf(word("98"), ROOT, "0100");
    throwsClass("invalid-proof", "get", { ...request([first, otherParent]), keys: [] });
    const skipping = headerOf(blockHash(first), ROOT, "0101");
    for (const headers of [
      [third, second],
      [first, third],
      [first, second],
      [first, skipping],
      [third, third],
    ]) {
      throwsClass("invalid-proof", "get", { ...request(headers), keys: [] });
    }
  });

  it("PROOF-STATE-021, PROOF-STATE-081, PROOF-STATE-082, PROOF-STATE-083 must have their form", () => {
    const items = ["11".repeat(32), "", "", ROOT.slice(2), "", "", "", "", "05", "", "", "", "", "", ""];
    const changed = (at: number, item: Nested): Nested => items.map((old, i) => (i === at ? item : old));
    const good = [items, [...items, "", "aa"], changed(8, ""), changed(8, "ff".repeat(8)), changed(2, "00")];
    for (const header of good) {
      assert.deepEqual(call("get", { ...request([nodeOf(header)]), keys: [] }), { values: [] });
    }
    const bad: Nested[] = [items.slice(0, 14), changed(0, "11"), changed(3, ""), changed(8, "00"), changed(8, "0005")];
    bad.push(changed(8, "01".repeat(9)), changed(2, []), [...items, []], { encoded: `${rlp(items)}00` }, "aa");
    for (const header of bad) throwsClass("malformed", "get", { ...request([nodeOf(header)]), keys: [] });
  });
});
