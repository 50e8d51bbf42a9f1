/** Every pruned tree of every store of depth 3, grouped by the keys that it covers and compared only by size. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { type Json, NaiveError } from "../values.ts";
import { naiveSparseCall } from "./sparse.ts";

type Members = { [name: string]: Json };
type Spelling = { proof: string; bottoms: number; isAcceptedStrictly: boolean };

const DEPTH = 3;
const LEAVES = pathsOf(DEPTH);

function pathsOf(depth: number): string[] {
  return Array.from({ length: 2 ** depth }, (_, i) => i.toString(2).padStart(depth, "0"));
}

function keyOf(leaf: string): string {
  return `0x${(Number.parseInt(leaf, 2) << (8 - DEPTH)).toString(16).padStart(2, "0").padEnd(64, "0")}`;
}

function call(method: string, members: Members): Json {
  const fixed = { backend: "sparse", encoding: "compact", options: { depth: DEPTH } };
  return naiveSparseCall(`proof/${method}`, { ...fixed, ...members });
}

function isAcceptedStrictly(proof: string): boolean {
  try {
    call("root", { proof, options: { depth: DEPTH, profile: "strict" } });
    return true;
  } catch (error) {
    assert.ok(error instanceof NaiveError && error.class === "non-canonical", String(error));
    return false;
  }
}

/** The shapes of all pruned trees of that height: "1" is a bottom node, "0" comes before its two subtrees. */
function shapesOf(height: number): string[] {
  const below = height > 0 ? shapesOf(height - 1) : [];
  return ["1", ...below.flatMap((left) => below.map((right) => `0${left}${right}`))];
}

function bottomsOf(shape: string): string[] {
  const bottoms: string[] = [];
  const pending = [""];
  for (const bit of shape) {
    const path = pending.pop() as string;
    if (bit === "1") bottoms.push(path);
    else pending.push(`${path}1`, `${path}0`);
  }
  return bottoms;
}

function shapeBytes(shape: string): string {
  const bytes = shape.padEnd(8 * Math.ceil(shape.length / 8), "0").match(/.{8}/g) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0")).join("");
}

/** The digits of every node by path, computed from the present leaves. */
function nodesOf(present: string[], path = ""): Map<string, string> {
  if (path.length === DEPTH) {
    const byte = present.includes(path) ? `a${Number.parseInt(path, 2)}` : "00";
    return new Map([[path, byte.repeat(32)]]);
  }
  const nodes = new Map([...nodesOf(present, `${path}0`), ...nodesOf(present, `${path}1`)]);
  const pair = Buffer.from(`${nodes.get(`${path}0`)}${nodes.get(`${path}1`)}`, "hex");
  return nodes.set(path, createHash("sha256").update(pair).digest("hex"));
}

describe("every pruned tree of depth 3", () => {
  const shapes = shapesOf(DEPTH).map((shape) => ({ bytes: shapeBytes(shape), bottoms: bottomsOf(shape) }));

  it("PROOF-SPARSE-004, PROOF-SPARSE-031 is canonical if it is the smallest that covers its keys; the others become it", () => {
    assert.equal(shapes.length, 26);
    for (const presence of pathsOf(LEAVES.length)) {
      const present = LEAVES.filter((_, i) => presence[i] === "1");
      const nodes = nodesOf(present);
      const root = `0x${nodes.get("")}`;
      const entries = present.map((leaf) => [keyOf(leaf), `0x${nodes.get(leaf)}`]);

      const byCoverage = new Map<string, Spelling[]>();
      for (const { bytes, bottoms } of shapes) {
        const proof = `0x${bytes}${bottoms.map((path) => nodes.get(path)).join("")}`;
        const covering = bottoms.filter(
          (path) => path.length === DEPTH || !present.some((leaf) => leaf.startsWith(path)),
        );
        const covered = LEAVES.filter((leaf) => covering.some((path) => leaf.startsWith(path))).join();
        const spelling = { proof, bottoms: bottoms.length, isAcceptedStrictly: isAcceptedStrictly(proof) };
        byCoverage.set(covered, [...(byCoverage.get(covered) ?? []), spelling]);
      }

      for (const [covered, spellings] of byCoverage) {
        const fewest = Math.min(...spellings.map(({ bottoms }) => bottoms));
        const keys = covered.split(",").filter(Boolean).map(keyOf);
        const { proof } = call("prove", { entries, keys }) as { proof: string };
        const proofsOf = (kept: Spelling[]): string[] => kept.map((spelling) => spelling.proof);
        assert.deepEqual(proofsOf(spellings.filter(({ bottoms }) => bottoms === fewest)), [proof]);
        assert.deepEqual(proofsOf(spellings.filter((spelling) => spelling.isAcceptedStrictly)), [proof]);
        for (const other of proofsOf(spellings)) {
          assert.deepEqual(call("merge", { root, proofs: [other] }), { proof });
          assert.deepEqual(call("update", { root, proof: other, writes: [] }), { root, proof });
        }
      }
    }
  });
});
