import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { type Json, NaiveError, naiveCall } from "./ssz.ts";

type Members = { [name: string]: Json };

const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"];

/** 32 equal bytes, without a prefix. */
const repeat = (byte: string): string => byte.repeat(32);
const sha256 = (digits: string): string => createHash("sha256").update(Buffer.from(digits, "hex")).digest("hex");
const wire = (digits: string): string => `0x${digits}`;

// Bottom nodes at 4, 5, 6, 14 and 15.
const [A, B, C, D, E, N] = ["aa", "bb", "cc", "dd", "ee", "99"].map(repeat) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const AB = sha256(A + B);
const DE = sha256(D + E);
const CDE = sha256(C + DE);
const ROOT = wire(sha256(AB + CDE));
/** The whole tree: pre-order 1, 2, 4, 5, 3, 6, 7, 14, 15. */
const ALL = wire(`3580${A}${B}${C}${D}${E}`);
/** Opened only at 1 and 2, and only at 1, 3 and 7. */
const LEFT = wire(`38${A}${B}${CDE}`);
const RIGHT = wire(`56${AB}${C}${D}${E}`);
const HELPERS = { gindices: ["0xe"], leaves: [wire(D)], helpers: [wire(E), wire(C), wire(AB)] };
const UNREADABLE = "0x00";

function call(method: string, members: Members): Json {
  return naiveCall(`proof/${method}`, { backend: "ssz", encoding: "compact", root: ROOT, ...members });
}

function throwsClass(expected: string, method: string, members: Members): void {
  assert.throws(
    () => call(method, members),
    (error: unknown) => {
      assert.ok(error instanceof NaiveError, String(error));
      assert.equal(error.class, expected, error.message);
      return true;
    },
  );
}

/** ALL or one of its parts in another encoding; `helpers` claims `keys`. */
function spelled(to: string, proof: string, keys: string[], root = ROOT): Json {
  const members: Members = { backend: "ssz", from: "compact", to, root, proof };
  return (naiveCall("proof/convert", to === "helpers" ? { ...members, keys } : members) as { proof: Json }).proof;
}

describe("extract", () => {
  it("keeps the nodes that the keys need", () => {
    assert.deepEqual(call("extract", { proof: ALL, keys: ["0x5", "0x2", "0x5"] }), { proof: LEFT });
    assert.deepEqual(call("extract", { proof: ALL, keys: [] }), { proof: wire(`80${ROOT.slice(2)}`) });
    for (const encoding of ENCODINGS) {
      const proof = spelled(encoding, ALL, ["0x4", "0x6", "0xe"]);
      assert.deepEqual(call("extract", { encoding, proof, keys: ["0xe"] }), {
        proof: encoding === "helpers" ? HELPERS : spelled(encoding, RIGHT, []),
      });
    }
  });

  it("rejects", () => {
    throwsClass("incomplete", "extract", { proof: LEFT, keys: ["0x4", "0x6"] });
    throwsClass("invalid-proof", "extract", { root: wire(A), proof: LEFT, keys: ["0x6"] });
    throwsClass("invalid-argument", "extract", { encoding: "helpers", proof: HELPERS, keys: [] });
    throwsClass("invalid-argument", "extract", { encoding: "helpers", proof: HELPERS, keys: ["0x7", "0xe"] });
    throwsClass("invalid-argument", "extract", { proof: UNREADABLE, keys: ["0x0"] });
    throwsClass("invalid-argument", "extract", { proof: ALL, keys: [], deletes: ["0x4"] });
  });
});

describe("update", () => {
  const root = wire(sha256(AB + sha256(C + sha256(N + E))));

  it("writes bottom nodes, the last write of a key last, in every encoding", () => {
    const writes = [
      ["0xe", wire(B)],
      ["0xe", wire(N)],
    ];
    for (const encoding of ENCODINGS) {
      assert.deepEqual(call("update", { encoding, proof: spelled(encoding, RIGHT, ["0xe"]), writes }), {
        root,
        proof: spelled(encoding, RIGHT.replace(D, N), ["0xe"], root),
      });
    }
  });

  it("claims the written nodes", () => {
    const proof = { gindices: ["0x2", "0xe"], leaves: [wire(N), wire(D)], helpers: [wire(E), wire(C)] };
    assert.deepEqual(call("update", { encoding: "helpers", proof: HELPERS, writes: [["0x2", wire(N)]] }), {
      root: wire(sha256(N + CDE)),
      proof,
    });
    assert.deepEqual(call("update", { encoding: "helpers", proof: HELPERS, writes: [] }), {
      root: ROOT,
      proof: HELPERS,
    });
  });

  it("rejects faults of the request before those of the proof, and then in order", () => {
    const inner: Json = ["0x2", wire(N)];
    const below: Json = ["0x8", wire(N)];
    throwsClass("invalid-argument", "update", { proof: ALL, writes: [inner, below] });
    throwsClass("incomplete", "update", { proof: ALL, writes: [below, inner] });
    throwsClass("malformed", "update", { proof: UNREADABLE, writes: [inner] });
    throwsClass("invalid-proof", "update", { root: wire(A), proof: ALL, writes: [inner] });
    throwsClass("limit-exceeded", "update", { proof: UNREADABLE, writes: [[`0x1${"0".repeat(256)}`, wire(N)]] });
    const wrong: Json[] = [["0x4", null], ["0x0", wire(N)], ["0x4", "0x99"], ["0x4"], [4, wire(N)], "0x4", null];
    for (const write of wrong) throwsClass("invalid-argument", "update", { proof: UNREADABLE, writes: [write] });
    throwsClass("invalid-argument", "update", { proof: ALL });
  });
});

describe("merge", () => {
  it("opens the nodes that any of the proofs opens", () => {
    for (const encoding of ENCODINGS) {
      const proofs = [spelled(encoding, RIGHT, ["0xe"]), spelled(encoding, LEFT, ["0x4"])];
      const proof = spelled(encoding, ALL, ["0x4", "0xe"]);
      assert.deepEqual(call("merge", { encoding, proofs }), { proof });
      assert.deepEqual(call("merge", { encoding, proofs: [...proofs, proof, ...proofs] }), { proof });
      assert.deepEqual(call("merge", { encoding, proofs: [proof] }), { proof });
    }
  });

  it("opens below a bottom node of another proof, but not below its claim", () => {
    const top = wire(`60${AB}${CDE}`);
    assert.deepEqual(call("merge", { proofs: [top, RIGHT] }), { proof: RIGHT });
    const claims = (key: string): Json => spelled("helpers", ALL, [key]);
    assert.deepEqual(call("merge", { encoding: "helpers", proofs: [claims("0x2"), claims("0xe")] }), {
      proof: { gindices: ["0x2", "0xe"], leaves: [wire(AB), wire(D)], helpers: [wire(E), wire(C)] },
    });
    throwsClass("invalid-argument", "merge", { encoding: "helpers", proofs: [claims("0x3"), claims("0xe")] });
    throwsClass("invalid-argument", "merge", { encoding: "helpers", proofs: [claims("0x4"), claims("0x1")] });
  });

  it("rejects", () => {
    throwsClass("invalid-argument", "merge", { proofs: [] });
    throwsClass("invalid-argument", "merge", { proofs: ALL });
    throwsClass("invalid-argument", "merge", { proofs: [ALL], proof: ALL });
    throwsClass("invalid-proof", "merge", { proofs: [ALL, LEFT.replace(A, N), UNREADABLE] });
    throwsClass("malformed", "merge", { proofs: [ALL, UNREADABLE, LEFT.replace(A, N)] });
  });
});

describe("transact", () => {
  const step = {
    get: (key: string): Json => ({ get: key }),
    set: (key: string, digits: string): Json => ({ set: [key, wire(digits)] }),
    root: { root: true },
    checkpoint: { checkpoint: true },
    commit: { commit: true },
    revert: { revert: true },
  };

  it("reads the written nodes, in every encoding", () => {
    const steps = [step.get("0x7"), step.set("0xe", N), step.get("0xe"), step.get("0x7"), step.root, step.get("0x2")];
    const NE = sha256(N + E);
    const results = [wire(DE), true, wire(N), wire(NE), wire(sha256(AB + sha256(C + NE))), wire(AB)];
    for (const encoding of ENCODINGS) {
      assert.deepEqual(call("transact", { encoding, proof: spelled(encoding, RIGHT, ["0xe"]), steps }), { results });
      assert.deepEqual(call("transact", { encoding, proof: spelled(encoding, RIGHT, ["0xe"]), steps: [] }), {
        results: [],
      });
    }
  });

  it("reverts to the matching checkpoint, past inner commits", () => {
    const { checkpoint, commit, revert, root, set, get } = step;
    const steps = [
      set("0x4", N),
      checkpoint,
      set("0x4", C),
      checkpoint,
      set("0x4", D),
      set("0x4", E),
      revert,
      get("0x4"),
      checkpoint,
      set("0x4", B),
      set("0x5", A),
      commit,
      get("0x2"),
      revert,
      get("0x2"),
      checkpoint,
      set("0x4", A),
      commit,
      root,
      checkpoint,
    ];
    const { results } = call("transact", { proof: LEFT, steps }) as { results: Json[] };
    assert.deepEqual(
      results.filter((result) => result !== true),
      [wire(C), wire(sha256(B + A)), wire(sha256(N + B)), ROOT],
    );
    assert.equal(results.length, steps.length);
  });

  it("rejects", () => {
    const { checkpoint, commit, revert, root, set, get } = step;
    const onTree: [string, Json[]][] = [
      ["incomplete", [get("0x8")]],
      ["incomplete", [set("0x8", N), commit]],
      ["invalid-argument", [set("0x2", N), get("0x8")]],
      ["invalid-argument", [root, commit]],
      ["invalid-argument", [checkpoint, commit, revert]],
    ];
    for (const [expected, steps] of onTree) {
      throwsClass(expected, "transact", { proof: ALL, steps });
      throwsClass("malformed", "transact", { proof: UNREADABLE, steps });
    }
    throwsClass("invalid-proof", "transact", { root: wire(A), proof: ALL, steps: [] });
    const wrong: Json[] = [
      { root: false },
      { root: true, commit: true },
      {},
      { put: true },
      { get: "0x0" },
      { get: ["0x4"] },
      { set: ["0x4", null] },
      { set: ["0x4", "0x99"] },
      { set: ["0x4"] },
      { revert: 1 },
      [],
      null,
      "root",
    ];
    for (const bad of wrong) {
      throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: [get("0x8"), bad] });
    }
    throwsClass("limit-exceeded", "transact", { proof: UNREADABLE, steps: [get(`0x1${"0".repeat(256)}`)] });
    throwsClass("invalid-argument", "transact", { proof: ALL, steps: root });
  });
});
