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

/** The key of a leaf at depth 3. */
const key = (bits: string): string =>
  wire((Number.parseInt(bits, 2) << 5).toString(16).padStart(2, "0").padEnd(64, "0"));

// The tree of depth 3: A at 000, B at 001, C at 100, all other leaves zero.
const AB = sha256(A + B);
const AB_ = sha256(AB + Z1);
const C0_ = sha256(sha256(C + Z0) + Z1);
const ROOT = wire(sha256(AB_ + C0_));
const ALL = wire(`1ce0${A}${B}${Z1}${C}${Z0}${Z1}`);
const LEFT = wire(`1e${A}${B}${Z1}${C0_}`);
const RIGHT = wire(`4e${AB_}${C}${Z0}${Z1}`);
const ZERO_SUBTREE = wire(`38${AB}${Z1}${C0_}`);
const NOTHING = wire(`80${ROOT.slice(2)}`);
/** Not canonical: ZERO_SUBTREE with 01 opened, 0 0 1 011 1; and two bottom nodes that cover no key, 0 1 1. */
const ZERO_OPENED = wire(`2e${AB}${Z0}${Z0}${C0_}`);
const WITNESSES = wire(`60${AB_}${C0_}`);
const UNREADABLE = "0x00";

function call(method: string, members: Members): Json {
  const fixed = { backend: "sparse", encoding: "compact", options: { depth: 3 }, root: ROOT };
  return naiveSparseCall(`proof/${method}`, { ...fixed, ...members });
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

const write = (bits: string, digits: string | null): Json => [key(bits), digits === null ? null : wire(digits)];

describe("update", () => {
  it("PROOF-SPARSE-007 writes leaves, the last write of a key last", () => {
    const root = wire(sha256(sha256(sha256(N + B) + Z1) + C0_));
    const writes = [write("000", C), write("001", null), write("001", B), write("000", N)];
    assert.deepEqual(call("update", { proof: LEFT, writes }), { root, proof: LEFT.replace(A, N) });
    assert.deepEqual(call("update", { proof: LEFT, writes: [] }), { root: ROOT, proof: LEFT });
  });

  it("PROOF-SPARSE-041 expands a zero subtree above a write", () => {
    // 01 becomes (Z0, N) at 010 and 011: 0 0 1 011 1.
    assert.deepEqual(call("update", { proof: ZERO_SUBTREE, writes: [write("011", N)] }), {
      root: wire(sha256(sha256(AB + sha256(Z0 + N)) + C0_)),
      proof: wire(`2e${AB}${Z0}${N}${C0_}`),
    });
    // The empty tree is opened only along the path to 101: 0 1 0 011 1.
    assert.deepEqual(call("update", { root: wire(Z3), proof: wire(`80${Z3}`), writes: [write("101", N)] }), {
      root: wire(sha256(Z2 + sha256(sha256(Z0 + N) + Z1))),
      proof: wire(`4e${Z2}${Z0}${N}${Z1}`),
    });
  });

  it("PROOF-SPARSE-039, PROOF-SPARSE-031 deletes by null and by zero bytes, and closes new zero subtrees", () => {
    // C was the only leaf of the subtree 1, which becomes Z2 beside the witness.
    const root = wire(sha256(AB_ + Z2));
    const proof = wire(`60${AB_}${Z2}`);
    for (const nothing of [null, Z0]) {
      assert.deepEqual(call("update", { proof: RIGHT, writes: [write("100", nothing)] }), { root, proof });
    }
    // B is deleted and A stays: the zero leaf is kept.
    assert.deepEqual(call("update", { proof: LEFT, writes: [write("001", null)] }), {
      root: wire(sha256(sha256(sha256(A + Z0) + Z1) + C0_)),
      proof: LEFT.replace(B, Z0),
    });
    const everything = ["000", "001", "100"].map((bits) => write(bits, null));
    assert.deepEqual(call("update", { proof: ALL, writes: everything }), { root: wire(Z3), proof: wire(`80${Z3}`) });
  });

  it("PROOF-SPARSE-040, PROOF-SPARSE-031 keeps the tree when an absent key is deleted, and makes the proof canonical", () => {
    for (const bits of ["010", "011"]) {
      for (const proof of [ZERO_SUBTREE, ZERO_OPENED]) {
        const expected = { root: ROOT, proof: ZERO_SUBTREE };
        assert.deepEqual(call("update", { proof, writes: [write(bits, null)] }), expected);
        assert.deepEqual(call("update", { proof, writes: [write(bits, N), write(bits, Z0)] }), expected);
        assert.deepEqual(call("update", { proof, writes: [] }), expected);
      }
    }
    assert.deepEqual(call("update", { proof: WITNESSES, writes: [] }), { root: ROOT, proof: NOTHING });
  });

  it("PROOF-SPARSE-042, PROOF-SPARSE-043 rejects a write or deletion that is not covered, and a value of another length", () => {
    for (const digits of [N, null, Z0]) {
      throwsClass("incomplete", "update", { proof: LEFT, writes: [write("000", N), write("101", digits)] });
      throwsClass("incomplete", "update", { proof: NOTHING, writes: [write("000", digits)] });
    }
    const bad: Json[] = [[key("000"), "0x"], [key("000"), wire(N.slice(2))], [key("000")], key("000"), null, [0, null]];
    for (const pair of bad) throwsClass("invalid-argument", "update", { proof: UNREADABLE, writes: [pair] });
    throwsClass("invalid-argument", "update", { proof: UNREADABLE, writes: key("000") });
    throwsClass("invalid-proof", "update", { root: wire(A), proof: LEFT, writes: [write("101", N)] });
  });
});

describe("transact", () => {
  const get = (bits: string): Json => ({ get: key(bits) });
  const set = (bits: string, digits: string | null): Json => ({ set: write(bits, digits) });
  const [root, checkpoint, commit, revert] = [
    { root: true },
    { checkpoint: true },
    { commit: true },
    { revert: true },
  ] as const;

  it("PROOF-SPARSE-045 reads the last write of a key, and otherwise the proof", () => {
    const steps = [get("000"), get("011"), set("000", N), get("000"), set("011", C), get("011"), get("010"), root];
    const written = wire(sha256(sha256(sha256(N + B) + sha256(Z0 + C)) + C0_));
    assert.deepEqual(call("transact", { proof: LEFT, steps }), {
      results: [wire(A), null, true, wire(N), true, wire(C), null, written],
    });
    const deletions = [set("000", null), get("000"), set("001", Z0), get("001"), root, set("000", A), root];
    assert.deepEqual(call("transact", { proof: LEFT, steps: deletions }), {
      results: [true, null, true, null, wire(sha256(Z2 + C0_)), true, wire(sha256(sha256(sha256(A + Z0) + Z1) + C0_))],
    });
  });

  it("PROOF-SPARSE-046, PROOF-SPARSE-047 keeps a write that is not covered, and rejects a root while it stands", () => {
    const steps = [checkpoint, set("100", N), get("100"), set("100", null), get("100"), revert, root];
    assert.deepEqual(call("transact", { proof: LEFT, steps }), {
      results: [true, true, wire(N), true, null, true, ROOT],
    });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [set("100", N), root] });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [set("100", null), root] });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [checkpoint, set("100", N), commit, root] });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [checkpoint, set("100", N), revert, get("100")] });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [get("100")] });
    throwsClass("incomplete", "transact", { proof: LEFT, steps: [set("100", N), get("101")] });
  });

  it("PROOF-SPARSE-048 nests checkpoints", () => {
    const steps = [
      set("000", N),
      checkpoint,
      set("000", C),
      checkpoint,
      set("000", B),
      set("010", B),
      revert,
      get("000"),
      get("010"),
      checkpoint,
      set("001", null),
      commit,
      get("001"),
      revert,
      get("001"),
      get("000"),
      checkpoint,
      set("000", A),
      commit,
      root,
      checkpoint,
      set("000", C),
    ];
    const { results } = call("transact", { proof: LEFT, steps }) as { results: Json[] };
    assert.deepEqual(
      results.filter((result) => result !== true),
      [wire(C), null, null, wire(B), wire(N), ROOT],
    );
    assert.equal(results.length, steps.length);
  });

  it("PROOF-SPARSE-048 rejects steps of another form, and a commit or revert without a checkpoint", () => {
    for (const steps of [[commit], [revert], [checkpoint, commit, revert], [checkpoint, revert, commit]]) {
      throwsClass("invalid-argument", "transact", { proof: LEFT, steps });
    }
    const bad: Json[] = [{}, { put: true }, { root: false }, { root: true, commit: true }, { set: [key("000")] }, null];
    for (const step of [...bad, [], "root", { set: [key("000"), "0x"] }, { get: [key("000")] }, { get: null }]) {
      throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: [root, step] });
    }
    throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: root });
    throwsClass("invalid-proof", "transact", { root: wire(A), proof: LEFT, steps: [] });
  });
});

describe("merge", () => {
  it("PROOF-SPARSE-049 covers every key that any of the proofs covers", () => {
    assert.deepEqual(call("merge", { proofs: [LEFT, RIGHT] }), { proof: ALL });
    assert.deepEqual(call("merge", { proofs: [RIGHT, ZERO_SUBTREE, LEFT, RIGHT] }), { proof: ALL });
    assert.deepEqual(call("merge", { proofs: [NOTHING, ZERO_SUBTREE] }), { proof: ZERO_SUBTREE });
    // 0 0 1 1 0 0 1 1 1: AB stays a witness.
    const both = wire(`3380${AB}${Z1}${C}${Z0}${Z1}`);
    assert.deepEqual(call("merge", { proofs: [RIGHT, ZERO_SUBTREE] }), { proof: both });
  });

  it("PROOF-SPARSE-049, PROOF-SPARSE-031 returns the canonical proof of proofs that are not canonical", () => {
    assert.deepEqual(call("merge", { proofs: [ZERO_OPENED] }), { proof: ZERO_SUBTREE });
    assert.deepEqual(call("merge", { proofs: [WITNESSES] }), { proof: NOTHING });
    assert.deepEqual(call("merge", { proofs: [WITNESSES, RIGHT, WITNESSES] }), { proof: RIGHT });
  });

  it("PROOF-SPARSE-009, PROOF-SPARSE-050 verifies every proof, and needs at least one", () => {
    throwsClass("invalid-argument", "merge", { proofs: [] });
    throwsClass("invalid-argument", "merge", { proofs: LEFT });
    throwsClass("invalid-argument", "merge", { proofs: [UNREADABLE, null] });
    throwsClass("invalid-proof", "merge", { proofs: [LEFT, RIGHT.replace(C, N)] });
    throwsClass("malformed", "merge", { proofs: [LEFT, UNREADABLE] });
    throwsClass("non-canonical", "merge", { proofs: [LEFT, WITNESSES], options: { depth: 3, profile: "strict" } });
  });
});

describe("extract", () => {
  it("PROOF-SPARSE-051 returns the same proof as prove", () => {
    const extract = (...bits: string[]): Json => call("extract", { proof: ALL, keys: bits.map(key) });
    assert.deepEqual(extract("000", "000"), { proof: LEFT });
    assert.deepEqual(extract("110", "101"), { proof: RIGHT });
    assert.deepEqual(extract("011"), { proof: ZERO_SUBTREE });
    assert.deepEqual(extract("001", "100"), { proof: ALL });
    assert.deepEqual(extract(), { proof: NOTHING });
    assert.deepEqual(call("extract", { proof: ALL, keys: [], deletes: [key("100")] }), { proof: RIGHT });
    assert.deepEqual(call("extract", { proof: ZERO_OPENED, keys: [key("010")] }), { proof: ZERO_SUBTREE });
    assert.deepEqual(call("extract", { proof: LEFT, keys: [], deletes: [key("010")] }), { proof: ZERO_SUBTREE });
    assert.deepEqual(call("extract", { root: wire(Z3), proof: wire(`80${Z3}`), keys: [key("010")] }), {
      proof: wire(`80${Z3}`),
    });
  });

  it("PROOF-SPARSE-052, PROOF-SPARSE-010 rejects a key that the proof does not cover, and verifies before it looks", () => {
    throwsClass("incomplete", "extract", { proof: LEFT, keys: [key("000"), key("111")] });
    throwsClass("incomplete", "extract", { proof: LEFT, keys: [], deletes: [key("111")] });
    throwsClass("invalid-proof", "extract", { root: wire(A), proof: LEFT, keys: [key("111")] });
  });
});
