/** Pictures of trees of fixed depth with byte keys, drawn from handmade proofs. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findCase, loadVectors } from "../../../harness/cases/load.ts";
import { toHex } from "../../../reference/core/bytes.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import { gindexDepth } from "../../../reference/core/gindex.ts";
import { ZERO_NODES } from "../../../reference/core/zero-nodes.ts";
import { encodeCompact } from "../../../reference/proofs/pruned-tree/compact.ts";
import { joinNodes } from "../../../reference/proofs/pruned-tree/pruned-tree.ts";
import { foldTree } from "../../../report/picture/fold.ts";
import { keySpaceOf, sparseSpace } from "../../../report/picture/key-space.ts";
import { foldTexts } from "../../../report/picture/labels.ts";
import { finishValues, markKeys, markRoot, nameHelpers } from "../../../report/picture/mark.ts";
import { type PictureNode, preOrder } from "../../../report/picture/node.ts";
import { pictureOf } from "../../../report/picture/picture.ts";
import { readPicture } from "../../../report/picture/read-proof.ts";

/** Returns a key that begins with these bytes. */
const key = (...bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes, ...Array(32).fill(0)]).subarray(0, 32);
const filled = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

/** Returns a tree of `depth` levels: a path to the leftmost leaf. Siblings are empty, except at the levels of `witnesses`. */
function leftPath(depth: number, leaf: Uint8Array, witnesses: readonly number[]): string {
  const shape = [...Array(depth).fill(0), ...Array(depth + 1).fill(1)];
  const zeros = ZERO_NODES.slice(0, depth + 1);
  const siblings = Array.from({ length: depth }, (_, up) => {
    return witnesses.includes(depth - up) ? filled(0xee) : zeros[up];
  });
  return toHex(encodeCompact({ shape: Uint8Array.from(shape), bottoms: joinNodes([leaf, ...siblings]) }));
}

function draw(proof: string, depth: number, keys: readonly Uint8Array[]): PictureNode {
  const space = sparseSpace(depth);
  const root = readPicture("compact", proof, "/proof").root as PictureNode;
  finishValues(root, space);
  markRoot(root, root.value as Uint8Array);
  markKeys(
    root,
    keys.map((one, index) => {
      return { gindex: space.nodeOf(one), label: `keys[${index}]`, kind: "claim" as const, faultBelow: "not covered" };
    }),
  );
  nameHelpers(root);
  return root;
}

const at = (root: PictureNode, path: string): PictureNode => {
  return preOrder(root).find(({ gindex }) => gindex === BigInt(`0b1${path}`)) as PictureNode;
};

describe("the picture of a sparse tree", () => {
  test("reads a key as a path, most significant bit first, and rejects bits below the leaves", () => {
    const space = sparseSpace(12);
    assert.equal(space.nodeOf(key(0xa5, 0xc0)), 0b1_1010_0101_1100n);
    assert.throws(() => space.nodeOf(key(0xa5, 0xc8)), ProofError);
    assert.throws(() => space.nodeOf(new Uint8Array(31)), ProofError);
    assert.equal(gindexDepth(sparseSpace(256).nodeOf(key(1))), 256);
  });

  test("reads the depth from the options, 256 by default, and rejects an invalid one", () => {
    assert.equal(keySpaceOf("sparse", undefined)?.leafLevel, 256);
    assert.equal(keySpaceOf("sparse", { depth: 7 })?.leafLevel, 7);
    for (const depth of [0, 257, 1.5, "8", null]) assert.throws(() => keySpaceOf("sparse", { depth }), ProofError);
  });

  test("names nodes by their path", () => {
    const space = sparseSpace(256);
    const leaf = space.nodeOf(key(0xab, 0xcd, 0xef, 0x01));
    assert.equal(space.nameOf(leaf), "0xabcde…0000");
    const names = ["1", "10", "10110011", "101100111"].map((bits) => space.nameOf(BigInt(`0b1${bits}`) as typeof leaf));
    assert.deepEqual(names, ["0b1", "0b10", "0b10110011", "0xb38/9"]);
    assert.equal(space.nameOf(1n as typeof leaf), "root");
  });

  test("distinguishes leaves, witnesses, empty subtrees and absent keys below them", () => {
    const root = draw(leftPath(8, filled(7), [1]), 8, [key(0x00), key(0x20), key(0x80)]);
    assert.equal(at(root, "00000000").kind, "claim");
    assert.equal(at(root, "00000001").kind, "absent", "a zero leaf");
    assert.deepEqual([at(root, "001").kind, at(root, "001").zeroLevel], ["zero", 5]);
    assert.equal(at(root, "1").kind, "helper");
    const [absent] = at(root, "001").below;
    assert.deepEqual([absent.label, absent.levels, absent.isAbsent, absent.fault], ["keys[1]", 5, true, undefined]);
    const [uncovered] = at(root, "1").below;
    assert.deepEqual([uncovered.label, uncovered.isAbsent, uncovered.fault], ["keys[2]", false, "not covered"]);
  });

  test("marks a zero hash as an empty subtree only at the right level", () => {
    const zeros = ZERO_NODES.slice(0, 9);
    const shape = Uint8Array.from([0, 1, 1]);
    const proof = encodeCompact({ shape, bottoms: joinNodes([zeros[7], zeros[6]]) });
    const root = draw(toHex(proof), 8, []);
    assert.deepEqual([at(root, "0").kind, at(root, "1").kind], ["zero", "bottom"]);
  });

  test("folds 256 levels, with separate folds for empty siblings and for witnesses", () => {
    const witnesses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const top = foldTree(draw(leftPath(256, filled(7), witnesses), 256, [key(0)]));
    const texts: string[] = [];
    for (let shown = top; shown.children.length > 0; [shown] = shown.children) {
      if (shown.fold !== undefined) texts.push(foldTexts(shown.fold).join(", "));
    }
    assert.deepEqual(texts, [
      "8 levels, siblings: 8 helpers, all left",
      "244 levels, siblings all zero subtrees, all left",
    ]);
  });

  test("marks a node below the level of the leaves", () => {
    const root = draw(leftPath(9, filled(7), []), 8, []);
    const [marked] = preOrder(root).filter(({ faults }) => faults.length > 0);
    assert.deepEqual([gindexDepth(marked.gindex), marked.faults], [9, ["below level 8, the lowest level of the tree"]]);
  });

  test("marks the node that makes a tree non-canonical", async () => {
    const vectors = await loadVectors();
    const faultsOf = (theme: string): [bigint, string[]][] => {
      const vector = findCase(vectors, `proof/sparse/compact/canonical-form/${theme}`);
      const [{ root }] = pictureOf(vector).trees;
      return preOrder(root).flatMap(({ gindex, faults }): [bigint, string[]][] => {
        return faults.length === 0 ? [] : [[gindex, faults]];
      });
    };
    assert.deepEqual(faultsOf("split-zero-get-strict"), [[0b10n, ["splits a zero subtree: not canonical"]]]);
    assert.deepEqual(faultsOf("open-witness-twice-get-strict"), [[0b110n, ["decides no key: not canonical"]]]);
    assert.deepEqual(faultsOf("split-zero-get"), []);
  });
});
