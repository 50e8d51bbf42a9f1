import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { publishedPath } from "../../published.ts";
import { isInPart, partName } from "../../sample.ts";
import { type Json, NaiveError } from "../values.ts";
import { blake3Of, nodesProof, type OracleNode } from "./oracle.ts";
import { naiveRadixCall } from "./radix.ts";

type Members = { [name: string]: Json };
type Proved = { root: string; proof: string };

const PUBLISHED = publishedPath("eip-8297-roots.json");

/** Adds the prefix `0x`, which bytes have only on the wire. */
const wire = (digits: string): string => `0x${digits}`;
const repeat = (byte: string, count = 32): string => byte.repeat(count);
const u32 = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString("hex");
};
const kmm = (...sections: string[]): string =>
  wire(sections.map((section) => u32(section.length / 2) + section).join(""));
const nodes = (...items: string[]): string =>
  wire(u32(items.length) + items.map((item) => u32(item.length / 2) + item).join(""));

// The tree of the worked proofs in docs/spec/radix.md.
const [A, B, C] = ["0a", "0b", "0c"].map((byte) => repeat(byte)) as [string, string, string];
const ENTRIES: Json = [
  ["0x10", wire(A)],
  ["0x13", wire(B)],
  ["0x80", wire(C)],
];
const LEAF_10 = "3a34017e1eff38ecbf706ecff1d88f2ad17977460ff29562ee3007a801e4ba78";
const LEAF_13 = "c1a49f182fa9b8b1742006896a964923d375f0b6563e608125e2230db0b6257f";
const LEAF_80 = "57cbbc0d4cf9de1639f3343ae7f4e1695bf3ce5deb2e9b49ba8f10009639f87f";
const N_HASH = "5f12f3d2f41c41d98b2ef59ee1819870a5ed41971b3976b555ed4016d8f0dc31";
const R_HASH = "762428b9009351a9b14293f1e4661077248314410f6029ef862bf8cc4d846381";
const N = `01000520${LEAF_10}${LEAF_13}`;
const R = `010000${N_HASH}${LEAF_80}`;
const ROOT = wire(R_HASH);
const OF_13 = kmm("d4", "00000500", `010013${B}`, LEAF_10 + LEAF_80);
const OF_18 = kmm("d0", "00000500", "10", LEAF_10 + LEAF_13 + LEAF_80);
const SET_OF_13 = nodes(`0013${B}`, R, N);
const SET_OF_18 = nodes(R, N);
const EMPTY = kmm("", "", "", "");
const ZERO_ROOT = wire(repeat("00"));
const UNREADABLE = "0x00";
const STRICT: Json = { profile: "strict" };

function call(method: string, members: Members): Json {
  return naiveRadixCall(`proof/${method}`, {
    backend: "radix",
    ...(method === "convert" ? {} : { encoding: "kmm" }),
    ...(method === "root" || method === "prove" ? {} : { root: ROOT }),
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
    `${method} ${JSON.stringify(members).slice(0, 1000)}`,
  );
}

/** Every method that takes a proof, with the smallest request. */
const WITH_PROOF: [method: string, members: (proof: string) => Members][] = [
  ["get", (proof) => ({ proof, keys: [] })],
  ["cost", (proof) => ({ proof })],
  ["update", (proof) => ({ proof, writes: [] })],
  ["transact", (proof) => ({ proof, steps: [] })],
  ["merge", (proof) => ({ proofs: [proof] })],
  ["extract", (proof) => ({ proof, keys: [] })],
];

describe("roots", () => {
  it("PROOF-RADIX-002 equal those of the test vectors of EIP-8297 for one leaf and for none", () => {
    const one = { entries: [["0xab", wire(repeat("01"))]], keys: [] };
    const root = "0x2ebeea9f8e2e4bbf6e4ff1b4cf8afbb641d4dfaf9a05469dea3787bbc35188d5";
    assert.deepEqual(call("prove", one), { root, proof: kmm("", "", "", root.slice(2)) });
    assert.deepEqual(call("prove", { entries: [], keys: ["0x00"] }), { root: ZERO_ROOT, proof: EMPTY });
  });

  const skip = existsSync(PUBLISHED) ? false : "shared/data/eip-8297-roots.json is not beside the package";
  it("PROOF-RADIX-002 equal the published ones, with entries in order", { skip }, () => {
    type Vector = { name: string; entries: { key: string; value: string }[]; root: string };
    const { trie_roots } = JSON.parse(readFileSync(PUBLISHED, "utf8")) as { trie_roots: Vector[] };
    assert.ok(trie_roots.length >= 7);
    for (const { name, entries, root } of trie_roots) {
      const proved = call("prove", { entries: entries.map(({ key, value }) => [key, value]), keys: [] }) as Proved;
      assert.equal(proved.root, root, name);
    }
  });
});

describe("the worked proofs of docs/spec/radix.md", () => {
  it("PROOF-RADIX-012, PROOF-RADIX-062 are written byte for byte", () => {
    assert.equal(blake3Of(R), R_HASH);
    assert.deepEqual(call("prove", { entries: ENTRIES, keys: ["0x13"] }), { root: ROOT, proof: OF_13 });
    assert.deepEqual(call("prove", { entries: ENTRIES, keys: ["0x18"] }), { root: ROOT, proof: OF_18 });
    assert.equal(OF_13.length / 2 - 1, 120);
    assert.equal(OF_18.length / 2 - 1, 118);
    assert.deepEqual(call("root", { proof: OF_18 }), { root: ROOT });
    assert.deepEqual(call("cost", { proof: OF_13 }), { hashes: 3, bytes: 120, nodes: 3, depth: 2 });
  });

  it("PROOF-RADIX-094 are converted to sets and back", () => {
    for (const [proof, set] of [
      [OF_13, SET_OF_13],
      [OF_18, SET_OF_18],
    ] as [string, string][]) {
      const sides = { kmm: proof, nodes: set };
      for (const [from, given] of Object.entries(sides)) {
        for (const [to, expected] of Object.entries(sides)) {
          assert.deepEqual(call("convert", { from, to, proof: given }), { proof: expected });
        }
      }
    }
  });

  it("PROOF-RADIX-004, PROOF-RADIX-048, PROOF-RADIX-005, PROOF-RADIX-044 decide their keys and no others", () => {
    // 13 itself, a key that begins with it, and two keys that part from the prefix; 10 and 80 are not open.
    const keys = ["0x13", "0x1300", "0x18", "0x00"];
    assert.deepEqual(call("get", { proof: OF_13, keys }), { values: [wire(B), null, null, null] });
    for (const key of ["0x10", "0x1000", "0x80", "0xff"])
      throwsClass("incomplete", "get", { proof: OF_13, keys: [key] });
    // A walk that ends before the branching bit above a node that is not open, and one that ends at such a node.
    const deep = [
      ["0x1000", wire(A)],
      ["0x1001", wire(B)],
      ["0x1080", wire(C)],
    ];
    const { root, proof } = call("prove", { entries: deep, keys: ["0x00"] }) as Proved;
    assert.deepEqual(call("get", { root, proof, keys: ["0x10"] }), { values: [null] });
    throwsClass("invalid-argument", "update", { root, proof, writes: [["0x10", wire(A)]] });
    assert.deepEqual(call("update", { root, proof, writes: [["0x10", null]] }), { root, proof });
    const split = [
      ["0x10", wire(A)],
      ["0x11", wire(B)],
    ];
    const closed = call("prove", { entries: split, keys: ["0x00"] }) as Proved;
    throwsClass("incomplete", "get", { ...closed, keys: ["0x10"] });
    throwsClass("incomplete", "update", { ...closed, writes: [["0x10", wire(A)]] });
  });
});

describe("the form of a proof", () => {
  const hashes = LEAF_10 + LEAF_80;
  const bad: [why: string, proof: string][] = [
    ["nothing", "0x"],
    ["a section that is not there", wire("00".repeat(12))],
    ["a byte too many", `${OF_13}00`],
    ["a byte too few", OF_13.slice(0, -2)],
    ["label padding", kmm("d5", "00000500", `010013${B}`, hashes)],
    ["a byte of labels that no node needs", kmm("d400", "00000500", `010013${B}`, hashes)],
    ["labels that end early", kmm("ff", "0000000000000000", `010013${B}`, hashes)],
    ["a surplus length", kmm("d4", "000005000000", `010013${B}`, hashes)],
    ["a surplus hash", kmm("d4", "00000500", `010013${B}`, hashes + LEAF_10)],
    ["a hash of zeros", kmm("d4", "00000500", `010013${B}`, repeat("00") + LEAF_80)],
    ["two hashes without labels", kmm("", "", "", hashes)],
    ["a terminal without labels", kmm("", "", `010013${B}`, "")],
    ["the root of the empty tree as a hash", kmm("", "", "", repeat("00"))],
    ["a key on the wrong side", kmm("d4", "00000500", `010011${B}`, hashes)],
    ["a key too short for its path", kmm("d4", "00000900", `010013${B}`, hashes)],
    ["a key of no bytes", kmm("00", "", `0000${B}`, "")],
    ["a key of 8193 bytes", kmm("00", "", `0120${repeat("00", 8193)}${B}`, "")],
    ["path padding", kmm("d0", "00000500", "11", LEAF_10 + LEAF_13 + LEAF_80)],
    ["a path on the wrong side", kmm("d0", "00000500", "90", LEAF_10 + LEAF_13 + LEAF_80)],
    ["a branching bit of 65536", kmm("d0", "0000ffff", repeat("00", 8192), LEAF_10 + LEAF_13 + LEAF_80)],
    ["leaves that part elsewhere", kmm("e0", "0500", `010010${A}010013${B}`, "")],
    ["leaves in the wrong order", kmm("e0", "0600", `010013${B}010010${A}`, "")],
    ["a key twice", kmm("e0", "0600", `010013${B}010013${B}`, "")],
  ];

  it("PROOF-RADIX-010, PROOF-RADIX-055, PROOF-RADIX-058, PROOF-RADIX-011, PROOF-RADIX-060, PROOF-RADIX-061 is checked in kmm, in every method and both profiles", () => {
    for (const [, proof] of bad) {
      throwsClass("malformed", "root", { proof });
      for (const to of ["kmm", "nodes"]) throwsClass("malformed", "convert", { from: "kmm", to, proof });
      for (const [method, members] of WITH_PROOF) {
        for (const options of [{}, STRICT]) throwsClass("malformed", method, { ...members(proof), options });
      }
    }
  });

  it("PROOF-RADIX-051 allows a branching bit of 65535", () => {
    assert.ok(call("root", { proof: kmm("80", "ffff", `${repeat("00", 8191)}02`, LEAF_10 + LEAF_13) }));
  });

  it("PROOF-RADIX-006, PROOF-RADIX-063, PROOF-RADIX-020 is checked in the open nodes of a set and in its list", () => {
    const rootedAt = (item: string, ...others: string[]): Members => ({
      encoding: "nodes",
      root: wire(blake3Of(item)),
      proof: nodes(...[item, ...others].sort()),
    });
    const N_PADDED = `01000521${LEAF_10}${LEAF_13}`;
    const opened: Members[] = [
      rootedAt(`02${B}`),
      rootedAt(""),
      rootedAt(`00${B}`),
      rootedAt(`00${B.slice(2)}`),
      rootedAt(`00${repeat("00", 8193)}${B}`),
      rootedAt(`01000520${LEAF_10}${LEAF_13}00`),
      rootedAt(`01000520${LEAF_10}${LEAF_13.slice(2)}`),
      rootedAt("01"),
      rootedAt(N_PADDED),
      rootedAt(`010000${repeat("00")}${LEAF_13}`),
      rootedAt(`010000${LEAF_80}${blake3Of(`0013${B}`)}`, `0013${B}`),
      rootedAt(`010000${LEAF_10}${LEAF_10}`, `0010${A}`),
      rootedAt(`01ffff${repeat("00", 8192)}${N_HASH}${LEAF_80}`, N),
    ];
    for (const members of opened) {
      for (const options of [{}, STRICT]) throwsClass("malformed", "get", { ...members, keys: [], options });
    }
    for (const proof of [
      "0x",
      "0x00000000ff",
      `${SET_OF_13}00`,
      SET_OF_13.slice(0, -2),
      wire(u32(1)),
      wire(`${u32(1)}${u32(9)}00`),
    ]) {
      for (const [method, members] of WITH_PROOF)
        throwsClass("malformed", method, { encoding: "nodes", ...members(proof) });
    }
  });
});

describe("sets of nodes", () => {
  const set: Members = { encoding: "nodes" };

  it("PROOF-RADIX-067, PROOF-RADIX-068, PROOF-RADIX-069, PROOF-RADIX-070 authenticate by the root node, and imply no root", () => {
    throwsClass("unsupported", "root", { ...set, proof: SET_OF_13 });
    for (const [method, members] of WITH_PROOF) {
      throwsClass("invalid-proof", method, { ...set, ...members(nodes(N)) });
      throwsClass("invalid-proof", method, members(kmm("", "", "", N_HASH)));
    }
    throwsClass("invalid-proof", "get", { proof: EMPTY, keys: [] });
    assert.deepEqual(call("get", { ...set, proof: nodes(), keys: [] }), { values: [] });
    throwsClass("incomplete", "get", { ...set, proof: nodes(), keys: ["0x18"] });
    assert.deepEqual(call("get", { ...set, root: ZERO_ROOT, proof: nodes(), keys: ["0x18"] }), { values: [null] });
  });

  it("PROOF-RADIX-022, PROOF-RADIX-071, PROOF-RADIX-072 hold only open nodes in order, in the strict profile", () => {
    const loose = [nodes(N, R), nodes(R, N, N), nodes("", R, N), nodes(`0014${B}`, R, N), nodes(R, N, "ffff")];
    for (const proof of loose) {
      for (const [method, members] of WITH_PROOF) {
        throwsClass("non-canonical", method, { ...set, ...members(proof), options: STRICT });
      }
      assert.deepEqual(call("convert", { from: "nodes", to: "nodes", proof }), { proof: SET_OF_18 });
      assert.deepEqual(call("update", { ...set, proof, writes: [] }), { root: ROOT, proof: SET_OF_18 });
    }
    const stray = { ...set, root: ZERO_ROOT, proof: nodes(N), keys: ["0x18"] };
    assert.deepEqual(call("get", stray), { values: [null] });
    throwsClass("non-canonical", "get", { ...stray, options: STRICT });
    assert.deepEqual(call("cost", { ...set, proof: nodes(N, R, R, "ff") }), {
      hashes: 3,
      bytes: 4 + 3 * 4 + N.length / 2 + R.length + 1 + 4,
      nodes: 3,
      depth: 1,
    });
  });
});

describe("a node at two paths", () => {
  it("PROOF-RADIX-064, PROOF-RADIX-065 is neither written to a set nor read from one", () => {
    const twice = kmm("f200", "000001000100", "0080", (LEAF_10 + LEAF_13).repeat(2));
    const N = `01000100${LEAF_10}${LEAF_13}`;
    const above = `010000${blake3Of(N).repeat(2)}`;
    const root = wire(blake3Of(above));
    throwsClass("malformed", "convert", { from: "kmm", to: "nodes", root, proof: twice });
    throwsClass("malformed", "get", { encoding: "nodes", root, proof: nodes(above, N), keys: [] });
  });
});

const ONE_IN = 8;

describe("changed proofs", () => {
  it(`PROOF-GEN-002 are rejected or give the same answers, for every byte and every new value: ${partName(ONE_IN)} change`, () => {
    const asked = { keys: ["0x13", "0x18"] };
    for (const [encoding, proof] of [
      ["kmm", OF_13],
      ["nodes", SET_OF_13],
    ] as [string, string][]) {
      const before = call("get", { encoding, proof, ...asked });
      for (let at = 2; at < proof.length; at += 2) {
        const byte = Number.parseInt(proof.slice(at, at + 2), 16);
        for (let other = 0; other < 256; other++) {
          // At every byte the part holds other values.
          if (other === byte || !isInPart(at / 2 + other, ONE_IN)) continue;
          const changed = proof.slice(0, at) + other.toString(16).padStart(2, "0") + proof.slice(at + 2);
          for (const options of encoding === "nodes" ? [{}, STRICT] : [{}]) {
            try {
              assert.deepEqual(call("get", { encoding, options, proof: changed, ...asked }), before);
              assert.ok(encoding === "nodes" && options !== STRICT, `${changed} is accepted`);
            } catch (error) {
              if (!(error instanceof NaiveError)) throw error;
            }
          }
        }
      }
    }
  });
});

describe("steps", () => {
  it("PROOF-RADIX-085, PROOF-RADIX-086, PROOF-RADIX-087, PROOF-RADIX-089 need nodes and look for prefixes at a root, not before", () => {
    const set = (key: string, value: string | null): Json => ({ set: [key, value] });
    const get = (key: string): Json => ({ get: key });
    const results = (steps: Json[]): Json => (call("transact", { proof: OF_13, steps }) as { results: Json }).results;
    assert.deepEqual(results([set("0x80", wire(A)), get("0x80"), set("0x1300", wire(A)), get("0x13"), get("0x1300")]), [
      true,
      wire(A),
      true,
      wire(B),
      wire(A),
    ]);
    const reverted: Json[] = [{ checkpoint: true }, set("0x80", null), { revert: true }, { root: true }];
    assert.deepEqual(results(reverted), [true, true, true, ROOT]);
    throwsClass("incomplete", "transact", { proof: OF_13, steps: [set("0x80", null), { root: true }] });
    throwsClass("incomplete", "transact", { proof: OF_13, steps: [set("0x13", null), { root: true }] });
    throwsClass("invalid-argument", "transact", { proof: OF_13, steps: [set("0x1300", wire(A)), { root: true }] });
    throwsClass("incomplete", "transact", { proof: OF_13, steps: [get("0x10")] });
    const moved = call("prove", {
      entries: [...(ENTRIES as Json[]).filter((_, i) => i !== 1), ["0x1300", wire(A)]],
      keys: [],
    });
    const renamed = [set("0x1300", wire(A)), set("0x13", null), { root: true }];
    assert.deepEqual(results(renamed), [true, true, (moved as Proved).root]);
    for (const name of ["commit", "revert"])
      throwsClass("invalid-argument", "transact", { proof: OF_13, steps: [{ [name]: true }] });
  });
});

describe("requests", () => {
  const wrong: [expected: string, method: string, members: Members][] = [
    ["unsupported", "get", { backend: "sparse", proof: OF_13, keys: [] }],
    ["unsupported", "get", { encoding: "compact", proof: OF_13, keys: [] }],
    ["unsupported", "convert", { from: "kmm", to: "witness", proof: OF_13 }],
    ["invalid-argument", "convert", { from: "kmm", to: "nodes", proof: OF_13, keys: [] }],
    ["invalid-argument", "get", { options: { depth: 256 }, proof: OF_13, keys: [] }],
    ["invalid-argument", "get", { options: { secure: false }, proof: OF_13, keys: [] }],
    ["invalid-argument", "get", { proof: {}, keys: [] }],
    ["invalid-argument", "get", { proof: OF_13 }],
    ["invalid-argument", "merge", { proofs: [] }],
    ["invalid-argument", "prove", { entries: [["0x10", null]], keys: [] }],
    ["invalid-argument", "prove", { entries: [["0x10", "0x0a"]], keys: [] }],
    ["invalid-argument", "update", { proof: UNREADABLE, writes: [["0x10", `${wire(A)}00`]] }],
  ];

  it("PROOF-RADIX-001, PROOF-RADIX-040, PROOF-RADIX-042, PROOF-RADIX-088 are checked before the proof is read", () => {
    for (const [expected, method, members] of wrong) throwsClass(expected, method, members);
    for (const key of ["0x", "0x1", "10", "0xAB", 16, null, wire(repeat("00", 8193))]) {
      throwsClass("invalid-argument", "get", { proof: UNREADABLE, keys: ["0x10", key] });
      throwsClass("invalid-argument", "extract", { proof: UNREADABLE, keys: [], deletes: [key] });
      throwsClass("invalid-argument", "prove", { entries: [], keys: [], deletes: [key] });
      throwsClass("invalid-argument", "prove", { entries: [[key, wire(A)]], keys: [] });
      throwsClass("invalid-argument", "update", { proof: UNREADABLE, writes: [[key, null]] });
      throwsClass("invalid-argument", "transact", { proof: UNREADABLE, steps: [{ get: key }] });
    }
  });

  it("PROOF-RADIX-041 treat 32 zero bytes as a value like any other", () => {
    const entries = [["0x10", ZERO_ROOT]];
    const proved = call("prove", { entries, keys: ["0x10"] }) as Proved;
    assert.deepEqual(call("get", { ...proved, keys: ["0x10"] }), { values: [ZERO_ROOT] });
    assert.deepEqual(call("update", { ...proved, writes: [["0x10", null]] }), { root: ZERO_ROOT, proof: EMPTY });
  });
});

describe("deep trees", () => {
  it("PROOF-GEN-019 are handled level by level: a chain of 8192 nodes, and the same as a set", () => {
    const count = 8192;
    const key = repeat("00", 8192);
    let hash = blake3Of(`00${key}${A}`);
    const open: OracleNode[] = [{ place: "", keys: [], hash, hashed: `00${key}${A}` }];
    for (let level = 0; level < count; level++) {
      const hashed = `010000${hash}${LEAF_80}`;
      hash = blake3Of(hashed);
      open.push({ place: "", keys: [], hash, hashed });
    }
    const root = wire(hash);
    const proof = wire(nodesProof(open));
    const keys = [wire(key)];
    assert.deepEqual(call("get", { encoding: "nodes", root, proof, keys }), { values: [wire(A)] });
    const inKmm = (call("convert", { from: "nodes", to: "kmm", root, proof }) as Proved).proof;
    assert.deepEqual(call("convert", { from: "kmm", to: "nodes", root, proof: inKmm }), { proof });
    assert.deepEqual(call("extract", { root, proof: inKmm, keys }), { proof: inKmm });
    assert.deepEqual(call("update", { root, proof: inKmm, writes: [[wire(key), wire(A)]] }), { root, proof: inKmm });
  });
});
