import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { type Json, NaiveError, naiveCall } from "./ssz.ts";
import { caterpillar, Draws, type Entry } from "./trees.ts";

type Members = { [name: string]: Json };

const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"];

/** 32 equal bytes, without a prefix. */
const repeat = (byte: string): string => byte.repeat(32);
const sha256 = (digits: string): string => createHash("sha256").update(Buffer.from(digits, "hex")).digest("hex");

// The tree of the hand-made cases: bottom nodes at 2, 6, 14 and 15.
const A = repeat("aa");
const B = repeat("bb");
const C = repeat("cc");
const D = repeat("dd");
const CD = sha256(C + D);
const BCD = sha256(B + CD);
const ROOT = `0x${sha256(A + BCD)}`;
const ENTRIES: Json = [
  ["0x2", `0x${A}`],
  ["0x6", `0x${B}`],
  ["0xe", `0x${C}`],
  ["0xf", `0x${D}`],
];

/** The whole tree in every encoding; `helpers` claims the nodes at 6 and 14. */
const SPELLED: { [encoding: string]: Json } = {
  // Pre-order 1, 2, 3, 6, 7, 14, 15: shape 0101011 and one bit of padding.
  compact: `0x56${A}${B}${C}${D}`,
  offsets64: `0x0400000000000000${"0100000000000000".repeat(3)}${A}${B}${C}${D}`,
  offsets16: `0x010400010001000100${A}${B}${C}${D}`,
  explicit: `0x04000000${["02", "06", "0e", "0f"].map((g) => g.padEnd(32, "0")).join("")}${A}${B}${C}${D}`,
  helpers: { gindices: ["0x6", "0xe"], leaves: [`0x${B}`, `0x${C}`], helpers: [`0x${D}`, `0x${A}`] },
};
const COMPACT = SPELLED.compact as string;

function call(method: string, members: Members): Json {
  return naiveCall(`proof/${method}`, { backend: "ssz", ...members });
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

describe("encodings spelled out", () => {
  for (const encoding of ENCODINGS) {
    const proof = SPELLED[encoding] as Json;

    it(`proves, reads and measures the tree in ${encoding}`, () => {
      const keys = encoding === "helpers" ? ["0xe", "0x6"] : ["0xe", "0x3"];
      assert.deepEqual(call("prove", { encoding, entries: ENTRIES, keys }), { root: ROOT, proof });
      assert.deepEqual(call("root", { encoding, proof }), { root: ROOT });
      assert.deepEqual(call("get", { encoding, root: ROOT, proof, keys: ["0xf", "0x1", "0x7", "0xf", "0x2"] }), {
        values: [`0x${D}`, ROOT, `0x${CD}`, `0x${D}`, `0x${A}`],
      });
      assert.deepEqual(call("get", { encoding, root: ROOT, proof, keys: [] }), { values: [] });
      const bytes = typeof proof === "string" ? (proof.length - 2) / 2 : 4 * 32 + 2;
      assert.deepEqual(call("cost", { encoding, root: ROOT, proof }), { hashes: 3, bytes, nodes: 4, depth: 3 });
    });

    it(`converts ${encoding} to every encoding`, () => {
      for (const to of ENCODINGS) {
        const keys: Members = to === "helpers" ? { keys: ["0xe", "0x6", "0xe"] } : {};
        assert.deepEqual(call("convert", { from: encoding, to, root: ROOT, proof, ...keys }), { proof: SPELLED[to] });
      }
    });
  }

  it("returns a proof of only the root when nothing is to be proven", () => {
    const root = ROOT.slice(2);
    const proofs: Members = {
      compact: `0x80${root}`,
      offsets64: `0x0100000000000000${root}`,
      offsets16: `0x010100${root}`,
      explicit: `0x01000000${"01".padEnd(32, "0")}${root}`,
    };
    for (const [encoding, proof] of Object.entries(proofs)) {
      assert.deepEqual(call("prove", { encoding, entries: ENTRIES, keys: [] }), { root: ROOT, proof });
      assert.deepEqual(call("prove", { encoding, entries: ENTRIES, keys: ["0x1"] }), { root: ROOT, proof });
    }
    assert.deepEqual(call("prove", { encoding: "helpers", entries: ENTRIES, keys: ["0x1"] }), {
      root: ROOT,
      proof: { gindices: ["0x1"], leaves: [ROOT], helpers: [] },
    });
  });

  it("closes an inner node that is a key unless a deeper key opens it", () => {
    const closed = { root: ROOT, proof: `0x58${A}${B}${CD}` };
    assert.deepEqual(call("prove", { encoding: "compact", entries: ENTRIES, keys: ["0x7"] }), closed);
    assert.deepEqual(call("prove", { encoding: "compact", entries: ENTRIES, keys: ["0x3", "0x6", "0x6"] }), closed);
    const opened = { root: ROOT, proof: COMPACT };
    assert.deepEqual(call("prove", { encoding: "compact", entries: ENTRIES, keys: ["0x7", "0xf"] }), opened);
  });

  it("claims exactly the keys in a conversion to helpers", () => {
    assert.deepEqual(call("convert", { from: "compact", to: "helpers", root: ROOT, proof: COMPACT, keys: ["0x3"] }), {
      proof: { gindices: ["0x3"], leaves: [`0x${BCD}`], helpers: [`0x${A}`] },
    });
  });

  it("uses the last of repeated entries", () => {
    const entries = [["0x2", `0x${B}`], ...(ENTRIES as Json[])];
    assert.deepEqual(call("prove", { encoding: "compact", entries, keys: ["0xe"] }), { root: ROOT, proof: COMPACT });
  });

  it("counts the bytes of long claimed indices", () => {
    const gindices = ["0x100", "0x101", "0x81", "0x41", "0x21", "0x11", "0x9", "0x5", "0x3"];
    const entries = gindices.map((gindex) => [gindex, `0x${A}`]);
    const proved = call("prove", { encoding: "helpers", entries, keys: ["0x81", "0x100"] }) as Members;
    const measured = call("cost", { encoding: "helpers", ...proved });
    assert.deepEqual(measured, { hashes: 8, bytes: 9 * 32 + 3, nodes: 9, depth: 8 });
  });
});

describe("errors", () => {
  const bytesOf = (encoding: string): string => (SPELLED[encoding] as string).slice(2);
  const malformed: [encoding: string, title: string, proof: string][] = [
    ["compact", "empty", ""],
    ["compact", "a shape alone", "80"],
    ["compact", "a byte short", bytesOf("compact").slice(0, -2)],
    ["compact", "a byte more", `${bytesOf("compact")}00`],
    ["compact", "a padding bit", `57${A}${B}${C}${D}`],
    ["compact", "a shape without end", "00".repeat(4000)],
    ["offsets64", "empty", ""],
    ["offsets64", "no bottoms", "00".repeat(8)],
    ["offsets64", "a count of 2^64 - 1", `${"ff".repeat(8)}${A}`],
    ["offsets64", "a byte more", `${bytesOf("offsets64")}00`],
    ["offsets64", "a left count of 0", bytesOf("offsets64").replace("040000000000000001", "040000000000000000")],
    ["offsets64", "a left count of all", bytesOf("offsets64").replace("040000000000000001", "040000000000000004")],
    ["offsets16", "empty", ""],
    ["offsets16", "no bottoms", "010000"],
    ["offsets16", "another prefix", bytesOf("offsets16").replace("01", "00")],
    ["offsets16", "a byte short", bytesOf("offsets16").slice(0, -2)],
    ["offsets16", "a left count of 0", `010400010001000000${A}${B}${C}${D}`],
    ["offsets16", "a left count of all", `010400010001000200${A}${B}${C}${D}`],
    ["explicit", "empty", ""],
    ["explicit", "no bottoms", "00000000"],
    ["explicit", "index 0", `01000000${"00".repeat(16)}${A}`],
    ["explicit", "a gap", `01000000${"02".padEnd(32, "0")}${A}`],
    ["explicit", "a repeat", `02000000${"02".padEnd(32, "0").repeat(2)}${A}${A}`],
    ["explicit", "a descent", `02000000${"03".padEnd(32, "0")}${"02".padEnd(32, "0")}${A}${B}`],
    ["explicit", "an overlap", `03000000${["01", "02", "03"].map((g) => g.padEnd(32, "0")).join("")}${A}${B}${C}`],
  ];
  for (const [encoding, title, digits] of malformed) {
    it(`rejects ${encoding} as malformed: ${title}`, () => {
      throwsClass("malformed", "root", { encoding, proof: `0x${digits}` });
      throwsClass("malformed", "get", { encoding, proof: `0x${digits}`, root: ROOT, keys: [] });
    });
  }

  const helpers = SPELLED.helpers as Members;
  const leaves = helpers.leaves as string[];
  const malformedHelpers: [title: string, change: Members][] = [
    ["descending claims", { gindices: ["0xe", "0x6"] }],
    ["a repeated claim", { gindices: ["0x6", "0x6"] }],
    ["nested claims", { gindices: ["0x7", "0xe"] }],
    ["nested claims far apart", { gindices: ["0x2", "0x3", "0x4"], leaves: [...leaves, leaves[0] as string] }],
    ["index 0", { gindices: ["0x0", "0xe"] }],
    ["a non-minimal index", { gindices: ["0x06", "0xe"] }],
    ["an index that is a number", { gindices: [6, "0xe"] }],
    ["a leaf too few", { leaves: leaves.slice(1) }],
    ["a leaf of 31 bytes", { leaves: [`0x${"aa".repeat(31)}`, leaves[1] as string] }],
    ["a helper too few", { helpers: [`0x${D}`] }],
    ["a helper too many", { helpers: [`0x${D}`, `0x${A}`, `0x${A}`] }],
    ["a helper that is null", { helpers: [null, `0x${A}`] }],
    ["another member", { extra: [] }],
    ["no claims", { gindices: [], leaves: [], helpers: [] }],
    ["no claims but a root", { gindices: [], leaves: [], helpers: [ROOT] }],
    ["a member that is no array", { helpers: {} }],
    ["claims far deeper than the helpers", { gindices: [`0x6${"0".repeat(200)}`, `0xe${"0".repeat(200)}`] }],
  ];
  for (const [title, change] of malformedHelpers) {
    it(`rejects helpers as malformed: ${title}`, () => {
      throwsClass("malformed", "root", { encoding: "helpers", proof: { ...helpers, ...change } });
    });
  }
  it("rejects helpers as malformed: a missing member", () => {
    throwsClass("malformed", "root", { encoding: "helpers", proof: { gindices: ["0x1"], leaves: [ROOT] } });
  });

  it("reports a wrong root before a key that is not covered", () => {
    for (const encoding of ENCODINGS) {
      const proof = SPELLED[encoding] as Json;
      throwsClass("invalid-proof", "get", { encoding, root: `0x${A}`, proof, keys: ["0x4"] });
      throwsClass("invalid-proof", "get", { encoding, root: `0x${A}`, proof, keys: [] });
      throwsClass("invalid-proof", "cost", { encoding, root: `0x${A}`, proof });
      throwsClass("invalid-proof", "convert", { from: encoding, to: "compact", root: `0x${A}`, proof });
      throwsClass("incomplete", "get", { encoding, root: ROOT, proof, keys: ["0x1", "0x4"] });
    }
  });

  const get = { encoding: "compact", root: ROOT, proof: COMPACT, keys: ["0x1"] };
  const prove = { encoding: "compact", entries: ENTRIES, keys: ["0xe"] };
  const convert = { from: "compact", to: "offsets64", root: ROOT, proof: COMPACT };
  const toHelpers = { ...convert, to: "helpers" };
  const others: [expected: string, title: string, method: string, members: Members][] = [
    ["invalid-argument", "key 0", "get", { ...get, keys: ["0x0"] }],
    ["invalid-argument", "a key with a leading zero", "get", { ...get, keys: ["0x01"] }],
    ["invalid-argument", "an upper-case key", "get", { ...get, keys: ["0xE"] }],
    ["invalid-argument", "a key that is a number", "get", { ...get, keys: [1] }],
    ["invalid-argument", "no keys parameter", "get", { encoding: "compact", root: ROOT, proof: COMPACT }],
    ["limit-exceeded", "a key of 1025 bits", "get", { ...get, keys: [`0x1${"0".repeat(256)}`] }],
    ["incomplete", "a key of 1024 bits", "get", { ...get, keys: [`0x${"f".repeat(256)}`] }],
    ["invalid-argument", "a root of 31 bytes", "get", { ...get, root: ROOT.slice(0, -2) }],
    ["invalid-argument", "an unknown parameter", "get", { ...get, entries: [] }],
    ["invalid-argument", "a proof that is an object", "get", { ...get, proof: helpers }],
    ["invalid-argument", "a proof of odd length", "get", { ...get, proof: `${COMPACT}0` }],
    ["invalid-argument", "an upper-case proof", "get", { ...get, proof: COMPACT.replaceAll("a", "A") }],
    ["invalid-argument", "a proof without prefix", "get", { ...get, proof: COMPACT.slice(2) }],
    ["invalid-argument", "a helpers proof that is a string", "get", { ...get, encoding: "helpers" }],
    ["invalid-argument", "a helpers proof that is an array", "get", { ...get, encoding: "helpers", proof: [] }],
    ["invalid-argument", "the depth option", "get", { ...get, options: { depth: 3 } }],
    ["invalid-argument", "the secure option", "get", { ...get, options: { secure: false } }],
    ["invalid-argument", "another profile", "get", { ...get, options: { profile: "loose" } }],
    ["invalid-argument", "null for options", "get", { ...get, options: null }],
    ["unsupported", "an unknown encoding", "get", { ...get, encoding: "witness" }],
    ["unsupported", "an unknown backend", "get", { ...get, backend: "sparse" }],
    ["unsupported", "an unknown method", "forge", get],
    ["limit-exceeded", "a proof above 64 MiB", "get", { ...get, proof: `0x${"00".repeat(64 * 2 ** 20 + 1)}` }],

    ["incomplete", "no entries", "prove", { ...prove, entries: [] }],
    ["incomplete", "a missing entry", "prove", { ...prove, entries: (ENTRIES as Json[]).slice(1) }],
    ["invalid-argument", "nested entries", "prove", { ...prove, entries: [...(ENTRIES as Json[]), ["0x7", `0x${A}`]] }],
    ["invalid-argument", "an entry at 0", "prove", { ...prove, entries: [["0x0", `0x${A}`]] }],
    ["limit-exceeded", "an entry too deep", "prove", { ...prove, entries: [[`0x1${"0".repeat(256)}`, `0x${A}`]] }],
    ["invalid-argument", "a value of 31 bytes", "prove", { ...prove, entries: [["0x1", `0x${"aa".repeat(31)}`]] }],
    ["invalid-argument", "a value that is null", "prove", { ...prove, entries: [["0x1", null]] }],
    ["invalid-argument", "an entry of three", "prove", { ...prove, entries: [["0x1", `0x${A}`, `0x${A}`]] }],
    ["incomplete", "a key below an entry", "prove", { ...prove, keys: ["0x4"] }],
    ["invalid-argument", "no claims", "prove", { ...prove, encoding: "helpers", keys: [] }],
    ["invalid-argument", "nested claims", "prove", { ...prove, encoding: "helpers", keys: ["0x7", "0xe"] }],
    ["invalid-argument", "a delete", "prove", { ...prove, deletes: ["0xe"] }],

    ["invalid-argument", "keys for another encoding", "convert", { ...convert, keys: [] }],
    ["invalid-argument", "an encoding parameter", "convert", { ...convert, encoding: "compact" }],
    ["invalid-argument", "no keys", "convert", toHelpers],
    ["invalid-argument", "empty keys", "convert", { ...toHelpers, keys: [] }],
    ["invalid-argument", "nested keys", "convert", { ...toHelpers, keys: ["0x3", "0x6"] }],
    ["incomplete", "a key below a bottom", "convert", { ...toHelpers, keys: ["0x4"] }],
    ["unsupported", "an unknown target", "convert", { ...convert, to: "eip1186" }],
  ];
  for (const [expected, title, method, members] of others) {
    it(`rejects as ${expected} in ${method}: ${title}`, () => throwsClass(expected, method, members));
  }

  it("accepts both profiles and ignores them", () => {
    for (const profile of ["strict", "lenient"]) {
      assert.deepEqual(call("get", { ...get, options: { profile } }), { values: [ROOT] });
    }
  });
});

describe("limits", () => {
  const deepest = (entries: Entry[]): string => (entries.at(-1) as Entry)[0];

  it("fits explicit up to 128 bits and no further", () => {
    const fits = caterpillar(new Draws(1), 127);
    call("prove", { encoding: "explicit", entries: fits, keys: [deepest(fits)] });
    const tooDeep = caterpillar(new Draws(1), 128);
    throwsClass("limit-exceeded", "prove", { encoding: "explicit", entries: tooDeep, keys: [deepest(tooDeep)] });
    const proved = call("prove", { encoding: "compact", entries: tooDeep, keys: [deepest(tooDeep)] }) as Members;
    throwsClass("limit-exceeded", "convert", { from: "compact", to: "explicit", ...proved });
  });

  it("reads a tree 1023 levels deep and none deeper", () => {
    const chain = (levels: number): string => compactProof(`${"0".repeat(levels)}${"1".repeat(levels + 1)}`);
    call("root", { encoding: "compact", proof: chain(1023) });
    throwsClass("limit-exceeded", "root", { encoding: "compact", proof: chain(1024) });
  });

  it("fits offsets16 up to 65535 bottoms and no further", () => {
    const full = (levels: number): string => (levels === 0 ? "1" : `0${full(levels - 1).repeat(2)}`);
    const tooMany = { from: "compact", to: "offsets16", ...rooted(compactProof(full(16))) };
    throwsClass("limit-exceeded", "convert", tooMany);
    // The shape ends in two sibling bottom nodes; without them, their parent is a bottom node.
    const fits = rooted(compactProof(full(16).replace(/011$/, "1")));
    const { proof } = call("convert", { from: "compact", to: "offsets16", ...fits }) as Members;
    const measured = call("cost", { encoding: "offsets16", root: fits.root as Json, proof: proof as Json });
    assert.deepEqual(measured, { hashes: 65_534, bytes: 34 * 65_535 + 1, nodes: 65_535, depth: 16 });
  });
});

/** A compact proof of that shape whose bottom nodes are all equal. */
function compactProof(shape: string): string {
  const bytes = shape.padEnd(8 * Math.ceil(shape.length / 8), "0").match(/.{8}/g) ?? [];
  const digits = bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0"));
  return `0x${digits.join("")}${A.repeat((shape.length + 1) / 2)}`;
}

function rooted(proof: string): Members {
  return { ...(call("root", { encoding: "compact", proof }) as Members), proof };
}
