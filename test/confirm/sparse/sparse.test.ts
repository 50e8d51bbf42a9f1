import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { type Json, NaiveError } from "../values.ts";
import { naiveSparseCall } from "./sparse.ts";

type Members = { [name: string]: Json };

/** Bytes are digits without a prefix, except on the wire. */
const repeat = (byte: string): string => byte.repeat(32);
const sha256 = (digits: string): string => createHash("sha256").update(Buffer.from(digits, "hex")).digest("hex");
const wire = (digits: string): string => `0x${digits}`;

const [A, B, C, N] = ["aa", "bb", "cc", "99"].map(repeat) as [string, string, string, string];
const Z0 = repeat("00");
const Z1 = sha256(Z0 + Z0);
const Z2 = sha256(Z1 + Z1);
const Z3 = sha256(Z2 + Z2);

/** The key that begins with these bits. */
const key = (bits: string): string => {
  const digits = bits.padEnd(256, "0").match(/.{4}/g) ?? [];
  return wire(digits.map((four) => Number.parseInt(four, 2).toString(16)).join(""));
};

// The tree of depth 3: A at 000, B at 001, C at 100, all other leaves zero.
const ENTRIES: Json = [
  [key("100"), wire(C)],
  [key("000"), wire(A)],
  [key("001"), wire(B)],
];
const AB = sha256(A + B);
const AB_ = sha256(AB + Z1);
const C0 = sha256(C + Z0);
const C0_ = sha256(C0 + Z1);
const ROOT = wire(sha256(AB_ + C0_));
/** The whole tree: pre-order "", 0, 00, 000, 001, 01, 1, 10, 100, 101, 11 is 00011 1 0011 1. */
const ALL = wire(`1ce0${A}${B}${Z1}${C}${Z0}${Z1}`);
/** The keys 000 and 001 (and all of 01): 00011 1 1. */
const LEFT = wire(`1e${A}${B}${Z1}${C0_}`);
/** The keys 100 and 101 (and all of 11): 0 1 0011 1. */
const RIGHT = wire(`4e${AB_}${C}${Z0}${Z1}`);
/** Only the keys below 01: 0 0 1 1 1. */
const ZERO_SUBTREE = wire(`38${AB}${Z1}${C0_}`);
const NOTHING = wire(`80${ROOT.slice(2)}`);
/** Not canonical: RIGHT with the zero subtree 11 opened, 0 1 0011 011; and two bottom nodes that cover no key, 0 1 1. */
const ZERO_OPENED = wire(`4d80${AB_}${C}${Z0}${Z0}${Z0}`);
const WITNESSES = wire(`60${AB_}${C0_}`);
const UNREADABLE = "0x00";

const STRICT: Json = { depth: 3, profile: "strict" };

function call(method: string, members: Members): Json {
  const given = method === "root" || method === "prove" ? {} : { root: ROOT };
  return naiveSparseCall(`proof/${method}`, {
    backend: "sparse",
    options: { depth: 3 },
    ...(method === "convert" ? {} : { encoding: "compact" }),
    ...given,
    ...members,
  });
}

function throwsClass(expected: string, method: string, members: Members): void {
  assert.throws(
    () => call(method, members),
    (error: unknown) => {
      assert.ok(error instanceof NaiveError, String(error));
      assert.equal(error.class, expected, error.message);
      return true;
    },
    `${method} ${JSON.stringify(members)}`,
  );
}

/** Every method that takes a proof, with the smallest request. */
const WITH_PROOF: [method: string, members: (proof: string) => Members][] = [
  ["root", (proof) => ({ proof })],
  ["get", (proof) => ({ proof, keys: [] })],
  ["cost", (proof) => ({ proof })],
  ["convert", (proof) => ({ from: "compact", to: "offsets64", proof })],
  ["update", (proof) => ({ proof, writes: [] })],
  ["transact", (proof) => ({ proof, steps: [] })],
  ["merge", (proof) => ({ proofs: [proof] })],
  ["extract", (proof) => ({ proof, keys: [] })],
];

describe("keys and depth", () => {
  it("PROOF-SPARSE-025 takes the side at level i from bit i, the most significant first", () => {
    for (const bits of ["000", "001", "010", "011", "100", "101", "110", "111"]) {
      let node = A;
      for (let height = 0; height < 3; height++) {
        const sibling = [Z0, Z1, Z2][height] as string;
        node = sha256(bits[2 - height] === "0" ? node + sibling : sibling + node);
      }
      const proved = call("prove", { entries: [[key(bits), wire(A)]], keys: [] });
      assert.deepEqual(proved, { root: wire(node), proof: wire(`80${node}`) });
    }
  });

  it("PROOF-SPARSE-001, PROOF-SPARSE-022 accepts depths from 1 to 256, and uses 256 by default", () => {
    let zero = Z0;
    for (let height = 0; height < 256; height++) zero = sha256(zero + zero);
    const empty = { entries: [], keys: [key("1".repeat(256))] };
    for (const options of [{}, { depth: 256 }]) {
      assert.deepEqual(call("prove", { ...empty, options }), { root: wire(zero), proof: wire(`80${zero}`) });
    }
    assert.deepEqual(call("prove", { entries: [], keys: [], options: { depth: 1 } }), {
      root: wire(Z1),
      proof: wire(`80${Z1}`),
    });
    for (const depth of [0, 257, -1, 1.5, "3", null, [3]]) {
      throwsClass("invalid-argument", "prove", { ...empty, keys: [], options: { depth } });
    }
  });

  it("PROOF-SPARSE-024, PROOF-SPARSE-026 rejects a key of another length or with a bit beyond the depth in every place", () => {
    for (const bad of [key("0001"), key("0".repeat(255).concat("1")), "0x", "0x00", `${key("")}00`, "0x4", 4, null]) {
      throwsClass("invalid-argument", "get", { proof: UNREADABLE, keys: [key("111"), bad] });
      throwsClass("invalid-argument", "prove", { entries: [[bad, wire(A)]], keys: [] });
      throwsClass("invalid-argument", "prove", { entries: [], keys: [bad] });
      throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: [bad] });
      throwsClass("invalid-argument", "extract", { proof: UNREADABLE, keys: [bad] });
      throwsClass("invalid-argument", "extract", { proof: UNREADABLE, keys: [], deletes: [bad] });
      throwsClass("invalid-argument", "update", { proof: UNREADABLE, writes: [[bad, wire(A)]] });
      throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: [{ get: bad }] });
      throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: [{ set: [bad, null] }] });
    }
  });
});

describe("get", () => {
  it("PROOF-SPARSE-002, PROOF-SPARSE-027 returns leaves, absent leaves and every key below a zero subtree", () => {
    const keys = ["000", "010", "101", "011", "001", "110", "100", "000"].map(key);
    const values = [wire(A), null, null, null, wire(B), null, wire(C), wire(A)];
    assert.deepEqual(call("get", { proof: ALL, keys }), { values });
    assert.deepEqual(call("get", { proof: ALL, keys: [] }), { values: [] });
  });

  it("PROOF-SPARSE-028 rejects a key below a bottom node that is not a zero subtree", () => {
    for (const [proof, bits] of [
      [LEFT, "100"],
      [LEFT, "111"],
      [RIGHT, "010"],
      [ZERO_SUBTREE, "000"],
      [NOTHING, "000"],
    ] as const) {
      throwsClass("incomplete", "get", { proof, keys: [key(bits)] });
    }
  });

  it("PROOF-SPARSE-002, PROOF-SPARSE-028 treats the zero hash of another height as a leaf or as a witness", () => {
    const options = { depth: 2 };
    const oneUp = { options, root: wire(sha256(sha256(Z1 + A) + Z1)), proof: wire(`38${Z1}${A}${Z1}`) };
    assert.deepEqual(call("get", { ...oneUp, keys: [key("00"), key("11")] }), { values: [wire(Z1), null] });
    for (const other of [Z0, Z2]) {
      const members = { options, root: wire(sha256(sha256(A + B) + other)), proof: wire(`38${A}${B}${other}`) };
      throwsClass("incomplete", "get", { ...members, keys: [key("10")] });
    }
  });

  it("PROOF-GEN-004 rejects another root before a key that is not covered", () => {
    throwsClass("invalid-proof", "get", { root: wire(A), proof: LEFT, keys: [key("100")] });
    throwsClass("invalid-proof", "get", { root: wire(A), proof: LEFT, keys: [] });
    throwsClass("malformed", "get", { root: wire(A), proof: UNREADABLE, keys: [key("100")] });
  });
});

describe("the form of a proof", () => {
  it("PROOF-SPARSE-003 rejects a node below level d in every method and both profiles", () => {
    for (const [method, members] of WITH_PROOF) {
      for (const profile of ["strict", "lenient"]) {
        throwsClass("malformed", method, { ...members(ALL), options: { depth: 2, profile } });
        throwsClass("malformed", method, { ...members(LEFT), options: { depth: 1, profile } });
      }
      call(method, { ...members(ALL), options: { depth: 3 } });
    }
    // Also if a zero leaf is opened, and if the tree is deeper than any key, here a thousand levels.
    throwsClass("malformed", "root", { options: { depth: 1 }, proof: wire(`38${Z0}${Z0}${A}`) });
    const deep = wire(`${"00".repeat(125)}${"ff".repeat(125)}80${A.repeat(1001)}`);
    throwsClass("malformed", "root", { options: {}, proof: deep });
  });

  it("PROOF-SPARSE-004, PROOF-SPARSE-029, PROOF-SPARSE-030 accepts other shapes only in the lenient profile", () => {
    for (const proof of [ZERO_OPENED, WITNESSES]) {
      for (const [method, members] of WITH_PROOF) {
        call(method, members(proof));
        call(method, { ...members(proof), options: { depth: 3, profile: "lenient" } });
        throwsClass("non-canonical", method, { ...members(proof), options: STRICT });
        if (method !== "root")
          throwsClass("invalid-proof", method, { ...members(proof), root: wire(A), options: STRICT });
      }
    }
    throwsClass("non-canonical", "get", { proof: WITNESSES, keys: [key("000")], options: STRICT });
    throwsClass("incomplete", "get", { proof: WITNESSES, keys: [key("000")] });
  });

  it("PROOF-SPARSE-004, PROOF-SPARSE-029 accepts canonical shapes in the strict profile", () => {
    for (const proof of [ALL, LEFT, RIGHT, ZERO_SUBTREE, NOTHING]) {
      for (const [method, members] of WITH_PROOF) call(method, { ...members(proof), options: STRICT });
    }
    // At the last level: two present leaves, and a zero leaf beside a present one.
    const pair = { options: { depth: 1, profile: "strict" } };
    assert.deepEqual(call("root", { ...pair, proof: wire(`60${A}${B}`) }), { root: wire(AB) });
    assert.deepEqual(call("root", { ...pair, proof: wire(`60${Z0}${B}`) }), { root: wire(sha256(Z0 + B)) });
    throwsClass("non-canonical", "root", { ...pair, proof: wire(`60${Z0}${Z0}`) });
    // The zero hash of another height is a witness.
    throwsClass("non-canonical", "root", { options: STRICT, proof: wire(`60${A}${Z1}`) });
    assert.deepEqual(call("root", { options: STRICT, proof: wire(`60${A}${Z2}`) }), { root: wire(sha256(A + Z2)) });
  });

  it("PROOF-GEN-007 counts hashes, bytes, nodes and depth", () => {
    assert.deepEqual(call("cost", { proof: ALL }), { hashes: 5, bytes: 194, nodes: 6, depth: 3 });
    assert.deepEqual(call("cost", { proof: ZERO_SUBTREE }), { hashes: 2, bytes: 97, nodes: 3, depth: 2 });
    assert.deepEqual(call("cost", { proof: NOTHING }), { hashes: 0, bytes: 33, nodes: 1, depth: 0 });
  });
});

describe("prove", () => {
  const prove = (keys: string[], more: Members = {}): Json =>
    call("prove", { entries: ENTRIES, keys: keys.map(key), ...more });

  it("PROOF-SPARSE-035 proves present keys by leaves and absent ones by the highest zero subtree", () => {
    assert.deepEqual(prove(["000", "100"]), { root: ROOT, proof: ALL });
    assert.deepEqual(prove(["001", "000", "001"]), { root: ROOT, proof: LEFT });
    assert.deepEqual(prove(["101"]), { root: ROOT, proof: RIGHT });
    assert.deepEqual(prove(["011"]), { root: ROOT, proof: ZERO_SUBTREE });
    assert.deepEqual(prove(["010", "011"]), { root: ROOT, proof: ZERO_SUBTREE });
    assert.deepEqual(prove([]), { root: ROOT, proof: NOTHING });
  });

  it("PROOF-SPARSE-035 proves deletes like keys", () => {
    assert.deepEqual(prove(["000"], { deletes: [key("100")] }), { root: ROOT, proof: ALL });
    assert.deepEqual(prove([], { deletes: [key("011")] }), { root: ROOT, proof: ZERO_SUBTREE });
    assert.deepEqual(prove([], { deletes: [] }), { root: ROOT, proof: NOTHING });
    throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: null });
    throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: key("") });
  });

  it("PROOF-SPARSE-032, PROOF-SPARSE-033 uses the last entry of a key, and treats zero bytes as absent", () => {
    const entries = [[key("000"), wire(C)], ...(ENTRIES as Json[]), [key("111"), wire(N)], [key("111"), wire(Z0)]];
    assert.deepEqual(prove(["000", "100"], { entries }), { root: ROOT, proof: ALL });
    const all = ["000", "001", "100"].map((bits) => [key(bits), wire(Z0)]);
    const emptied = { root: wire(Z3), proof: wire(`80${Z3}`) };
    assert.deepEqual(prove(["000"], { entries: [...(ENTRIES as Json[]), ...all] }), emptied);
    assert.deepEqual(prove(["000", "111"], { entries: [] }), emptied);
  });

  it("PROOF-SPARSE-034 rejects a value that is not 32 bytes, and an entry that is not a pair", () => {
    for (const value of ["0x", wire(A.slice(2)), wire(`${A}00`), null, 1, wire(A.toUpperCase())]) {
      throwsClass("invalid-argument", "prove", { entries: [[key("000"), value]], keys: [] });
    }
    for (const entry of [[key("000")], [key("000"), wire(A), wire(A)], key("000"), null]) {
      throwsClass("invalid-argument", "prove", { entries: [entry], keys: [] });
    }
  });
});

describe("convert", () => {
  const u64 = (...counts: number[]): string => counts.map((count) => `0${count}${"00".repeat(7)}`).join("");
  const u16 = (...counts: number[]): string => counts.map((count) => `0${count}00`).join("");
  const nodes = (proof: string, count: number): string => proof.slice(-64 * count);
  /** Each proof in the three encodings; the left counts are of the inner nodes in pre-order. */
  const SPELLED: { [encoding: string]: string }[] = [
    {
      compact: ALL,
      offsets64: wire(`${u64(6, 3, 2, 1, 2, 1)}${nodes(ALL, 6)}`),
      offsets16: wire(`01${u16(6, 3, 2, 1, 2, 1)}${nodes(ALL, 6)}`),
    },
    {
      compact: ZERO_OPENED,
      offsets64: wire(`${u64(5, 1, 2, 1, 1)}${nodes(ZERO_OPENED, 5)}`),
      offsets16: wire(`01${u16(5, 1, 2, 1, 1)}${nodes(ZERO_OPENED, 5)}`),
    },
    {
      compact: NOTHING,
      offsets64: wire(`${u64(1)}${ROOT.slice(2)}`),
      offsets16: wire(`01${u16(1)}${ROOT.slice(2)}`),
    },
  ];

  it("PROOF-SPARSE-037 writes the same pruned tree, canonical or not", () => {
    for (const spelled of SPELLED) {
      for (const [from, proof] of Object.entries(spelled)) {
        for (const [to, expected] of Object.entries(spelled)) {
          assert.deepEqual(call("convert", { from, to, proof }), { proof: expected }, `${from} to ${to}`);
        }
      }
    }
  });

  it("PROOF-SPARSE-006, PROOF-SPARSE-038 authenticates, and rejects keys", () => {
    const members = { from: "compact", to: "offsets16", proof: ALL };
    throwsClass("invalid-proof", "convert", { ...members, root: wire(A) });
    throwsClass("invalid-argument", "convert", { ...members, keys: [] });
    throwsClass("invalid-argument", "convert", { ...members, keys: [key("000")] });
    throwsClass("invalid-argument", "convert", { ...members, encoding: "compact" });
    throwsClass("unsupported", "convert", { ...members, to: "explicit" });
  });

  it("PROOF-SPARSE-020, PROOF-SPARSE-021 reads and writes every encoding in every method", () => {
    for (const encoding of ["compact", "offsets64", "offsets16"]) {
      const [all, opened] = SPELLED.map((spelled) => spelled[encoding] as string) as [string, string];
      assert.deepEqual(call("prove", { encoding, entries: ENTRIES, keys: [key("000"), key("100")] }), {
        root: ROOT,
        proof: all,
      });
      assert.deepEqual(call("root", { encoding, proof: opened }), { root: ROOT });
      assert.deepEqual(call("get", { encoding, proof: all, keys: [key("001")] }), { values: [wire(B)] });
      const bytes = all.length / 2 - 1;
      assert.deepEqual(call("cost", { encoding, proof: all }), { hashes: 5, bytes, nodes: 6, depth: 3 });
      const right = (call("convert", { from: "compact", to: encoding, proof: RIGHT }) as { proof: string }).proof;
      assert.deepEqual(call("update", { encoding, proof: opened, writes: [] }), { root: ROOT, proof: right });
      assert.deepEqual(call("extract", { encoding, proof: all, keys: [key("100")] }), { proof: right });
      assert.deepEqual(call("merge", { encoding, proofs: [right, all] }), { proof: all });
      assert.deepEqual(call("transact", { encoding, proof: all, steps: [{ root: true }] }), { results: [ROOT] });
    }
  });

  it("PROOF-SPARSE-020 rejects a compact proof of a wrong length, and padding that is not zero", () => {
    for (const proof of ["0x", "0x80", `${ALL}00`, ALL.slice(0, -2), LEFT.replace("1e", "1f"), wire("00".repeat(99))]) {
      throwsClass("malformed", "root", { proof });
    }
  });

  it("PROOF-SPARSE-021 rejects counts that disagree with the bottom nodes", () => {
    const bad: [encoding: string, digits: string][] = [
      ["offsets64", ""],
      ["offsets64", u64(0)],
      ["offsets64", `${u64(2, 0)}${A}${B}`],
      ["offsets64", `${u64(2, 2)}${A}${B}`],
      ["offsets64", `${u64(2)}0100000001000000${A}${B}`],
      ["offsets64", `${u64(2, 1)}${A}${B}00`],
      ["offsets16", u16(1) + A],
      ["offsets16", `01${u16(0)}`],
      ["offsets16", `02${u16(2, 1)}${A}${B}`],
      ["offsets16", `01${u16(2, 0)}${A}${B}`],
      ["offsets16", `01${u16(2, 2)}${A}${B}`],
      ["offsets16", `01${u16(2, 1)}${A}`],
    ];
    for (const [encoding, digits] of bad) throwsClass("malformed", "root", { encoding, proof: wire(digits) });
  });
});

describe("requests", () => {
  const get: Members = { proof: ALL, keys: [] };
  const wrong: [expected: string, members: Members][] = [
    ["unsupported", { ...get, backend: "quilt" }],
    ["unsupported", { ...get, backend: "ssz" }],
    ["unsupported", { ...get, encoding: "helpers" }],
    ["invalid-argument", { ...get, backend: 1 }],
    ["invalid-argument", { ...get, encoding: 1 }],
    ["invalid-argument", { ...get, entries: [] }],
    ["invalid-argument", { ...get, deletes: [] }],
    ["invalid-argument", { ...get, options: null }],
    ["invalid-argument", { ...get, options: { secure: true } }],
    ["invalid-argument", { ...get, options: { profile: "loose" } }],
    ["invalid-argument", { ...get, options: { profile: null } }],
    ["invalid-argument", { ...get, root: ROOT.slice(0, -2) }],
    ["invalid-argument", { ...get, keys: key("000") }],
    ["invalid-argument", { ...get, proof: { gindices: [] } }],
    ["invalid-argument", { ...get, proof: ALL.slice(2) }],
    ["invalid-argument", { ...get, proof: `${ALL}0` }],
    ["invalid-argument", { ...get, proof: ALL.replaceAll("a", "A") }],
    ["invalid-argument", { proof: ALL }],
    ["limit-exceeded", { ...get, proof: wire("00".repeat(64 * 2 ** 20 + 1)) }],
  ];

  it("PROOF-GEN-001 rejects faults of the request itself", () => {
    for (const [expected, members] of wrong) throwsClass(expected, "get", members);
    throwsClass("unsupported", "forge", get);
  });

  it("PROOF-GEN-001 uses the lenient profile without options", () => {
    assert.deepEqual(call("get", { ...get, options: { depth: 3, profile: "lenient" } }), { values: [] });
  });
});
