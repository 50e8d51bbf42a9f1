import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectsResult } from "../../../harness/cases/vector.ts";
import { countBottoms, foldTree, type ShownNode } from "../../../report/picture/fold.ts";
import { GINDEX_SPACE } from "../../../report/picture/key-space.ts";
import { foldTexts } from "../../../report/picture/labels.ts";
import { type PictureNode, preOrder } from "../../../report/picture/node.ts";
import { pictureOf } from "../../../report/picture/picture.ts";
import { placeTree } from "../../../report/picture/place.ts";
import { sampleCase } from "../sample-run.ts";
import { canonicalCase, canonicalPicture, everyFew, nodeAt, onlyTree } from "./sample-pictures.ts";

/** Returns the texts of each node that has any, by generalized index in hex. */
function textsOf(root: PictureNode, of: (node: PictureNode) => readonly string[]): Record<string, readonly string[]> {
  const pairs = preOrder(root).map((node) => [node.gindex.toString(16), of(node)] as const);
  return Object.fromEntries(pairs.filter(([, texts]) => texts.length > 0));
}

const faults = (root: PictureNode) => textsOf(root, (node) => node.faults);
const kinds = (root: PictureNode) => textsOf(root, ({ kind }) => (kind === "inner" ? [] : [kind]));

function shownNodes(top: ShownNode): ShownNode[] {
  return [top, ...top.children.flatMap(shownNodes)];
}

describe("the picture of a genuine proof", () => {
  test("distinguishes claims and helpers, and contains their positions in the proof", async () => {
    const root = await onlyTree("helpers/honest/eight-leaves-apart-get");
    assert.deepEqual(kinds(root), {
      8: ["claim"],
      9: ["helper"],
      5: ["helper"],
      c: ["helper"],
      d: ["claim"],
      7: ["helper"],
    });
    assert.equal(nodeAt(root, 8).listed, "leaves[0]");
    assert.deepEqual(
      [12, 9, 7, 5].map((gindex) => nodeAt(root, gindex).listed),
      ["helpers[0]", "helpers[1]", "helpers[2]", "helpers[3]"],
    );
    assert.deepEqual([nodeAt(root, 8).requestedBy, nodeAt(root, 13).requestedBy], [["keys[0]"], ["keys[1]"]]);
    assert.deepEqual(nodeAt(root, 1).notes, ["= the root"]);
    assert.deepEqual(faults(root), {});
  });

  test("contains the byte offset of a bottom node, in each binary encoding", async () => {
    const at = async (encoding: string) =>
      nodeAt(await onlyTree(`${encoding}/honest/eight-leaves-apart-get`), 13).listed;
    // Two bytes of shape; six counts of 8 bytes; a tag and six of 2; a count and six indices of 16.
    assert.equal(await at("compact"), "bottom 4, byte 130");
    assert.equal(await at("offsets64"), "bottom 4, byte 176");
    assert.equal(await at("offsets16"), "bottom 4, byte 141");
    assert.equal(await at("explicit"), "bottom 5, byte 260");
  });

  test("marks plain bottom nodes if nothing is claimed", async () => {
    const root = await onlyTree("compact/honest/two-leaves-left-root");
    assert.deepEqual(kinds(root), { 2: ["bottom"], 3: ["bottom"] });
  });

  test("marks written nodes with the new value, and nodes that steps read", async () => {
    const update = await onlyTree("compact/update/both-claims");
    assert.deepEqual(
      [nodeAt(update, 8).kind, nodeAt(update, 13).kind, nodeAt(update, 9).kind],
      ["written", "written", "helper"],
    );
    assert.match(nodeAt(update, 8).requestedBy[0], /^writes\[0\] → 0x[0-9a-f]{8}…[0-9a-f]{8}$/);
    const steps = await onlyTree("compact/transact/read-write-read");
    assert.match(nodeAt(steps, 8).requestedBy.join(", "), /^step 0 get, step 1 set → 0x\S+, step 2 get$/);
  });

  test("draws every proof to merge, and the merged proof", async () => {
    const { trees } = await canonicalPicture("compact/merge-and-extract/merge-overlapping");
    assert.deepEqual(
      trees.map(({ title }) => title),
      ["proofs[0]", "proofs[1]", "merged proof"],
    );
    const [first, second, merged] = trees.map(({ root }) => new Set(preOrder(root).map(({ gindex }) => gindex)));
    assert.deepEqual([...merged].sort(), [...new Set([...first, ...second])].sort());
  });

  test("shows a returned or extracted proof inside the whole tree, with omitted nodes as cut", async () => {
    const made = await onlyTree("compact/prove-inputs/keys-repeated");
    const extracted = await onlyTree("compact/merge-and-extract/extract-one-of-two");
    assert.deepEqual(kinds(extracted), {
      8: ["claim"],
      9: ["helper"],
      5: ["helper"],
      3: ["helper"],
      6: ["cut"],
      c: ["cut"],
      d: ["cut"],
      7: ["cut"],
    });
    assert.equal(nodeAt(extracted, 3).listed, "bottom 3, byte 97");
    assert.equal(nodeAt(extracted, 13).listed, "", "positions in the source proof are removed");
    assert.ok(preOrder(made).some(({ kind }) => kind === "claim"));
  });
});

describe("a failing check is marked", () => {
  test("at the root, if the proof hashes to a different one", async () => {
    const root = await onlyTree("helpers/forged-nodes/two-leaves-left-flip-first-bit-0");
    assert.deepEqual(Object.keys(faults(root)), ["1"]);
    assert.match(nodeAt(root, 1).faults[0], /^hashes to 0x793943fd…004273fc, the root is 0x4e7fb3aa…6f36c97f$/);
  });

  test("below the bottom node above a key", async () => {
    const root = await onlyTree("compact/uncovered-keys/far-below-a-helper");
    assert.deepEqual(faults(root), {});
    const [{ gindex, label, levels, fault, isAbsent }] = nodeAt(root, 5).below;
    assert.deepEqual([gindex, label, levels, isAbsent], [0x1400n, "keys[0]", 10, false]);
    assert.equal(fault, "the proof ends above it");
  });

  test("at both of two nested claims, although the computed root is right", async () => {
    const root = await onlyTree("helpers/nested-claims/leaf-forged-below-true-node-get");
    assert.deepEqual(Object.keys(faults(root)), ["2", "4"]);
    assert.match(
      nodeAt(root, 2).faults[0],
      /^given as 0xad12170b…4f1373ea, but its children hash to 0xcd79471b…ae4ba9ec$/,
    );
    assert.deepEqual(nodeAt(root, 4).faults, ["is below 0x2, which is also given as leaves[0]"]);
    assert.deepEqual([nodeAt(root, 5).listed, nodeAt(root, 3).listed], ["helpers[0]", "helpers[1]"]);
    assert.deepEqual(nodeAt(root, 1).notes, ["= the root"]);
  });

  test("at a repeated claim, with both values", async () => {
    const root = await onlyTree("helpers/nested-claims/repeated-forged-first-get");
    assert.deepEqual(nodeAt(root, 4).faults, [
      "given twice, as leaves[0] and leaves[1]: 0xadcbed25…729ed27a and 0x59d5966c…ab4f93be",
    ]);
  });

  test("in a remark, if it concerns no node of the tree", async () => {
    const { trees, remarks, rejection } = await canonicalPicture("helpers/malformed/single-claim-0-root");
    assert.deepEqual([trees.length, remarks[0]], [0, "claim 0 is 0, but the root is 1: it is not in the tree"]);
    assert.match(rejection ?? "", /^malformed: generalized index 0/);
    const surplus = await canonicalPicture("helpers/malformed/helper-repeated-get");
    assert.deepEqual(surplus.remarks, ["helpers[4]: not in the tree"]);
  });

  test("at a wrong offset, the end of an incomplete shape, a gap, an incomplete node", async () => {
    const offset = await onlyTree("offsets16/lying-offsets/offset-3-largest-root");
    assert.deepEqual(faults(offset), { 3: ["offset 3, at byte 9, states 65535 bottoms on the left of 3 in total"] });
    assert.equal(nodeAt(offset, 5).kind, "bottom", "nodes before the fault are drawn");
    const shape = await onlyTree("compact/malformed/first-byte-alone-get");
    assert.deepEqual(faults(shape), { c: ["the shape ends here, after 8 bits"] });
    const gap = await onlyTree("explicit/indices/gap-get");
    assert.deepEqual(faults(gap), { f: ["no node covers it"] });
    const short = await onlyTree("compact/malformed/cut-1-get");
    assert.deepEqual(faults(short), { 7: ["the proof ends here: 31 of 32 bytes"] });
    assert.equal(nodeAt(short, 3).value, undefined, "a node above an incomplete one is not computed");
    const bytes = await onlyTree("helpers/malformed/helper-31-bytes-get");
    assert.deepEqual(Object.values(faults(bytes)), [["31 bytes; expected 32"]]);
  });

  test("at the written inner node, in the step that fails", async () => {
    const root = await onlyTree("compact/transact/inner-node-written");
    assert.deepEqual(faults(root), { 6: ["an inner node: only bottoms can be written"] });
  });

  test("only at the first of several steps with uncovered keys", async () => {
    const vector = await canonicalCase("compact/transact/read-write-read");
    const steps = ["0x8", "0x1400", "0x1401"].map((key) => ({ get: key }));
    const { trees, rejection } = pictureOf({ ...vector, params: { ...vector.params, steps } });
    assert.match(rejection ?? "", /^incomplete: step 1: /);
    assert.deepEqual(
      nodeAt(trees[0].root, 5).below.map(({ label, fault }) => [label, fault]),
      [
        ["step 1 get", "the proof ends above it"],
        ["step 2 get", undefined],
      ],
    );
  });

  test("at entries that a prover cannot use", async () => {
    const nested = await onlyTree("compact/prove-inputs/nested-entries-far");
    assert.deepEqual(faults(nested), { c0: ["is below 0x6, which is also given as entries[2]"] });
  });

  test("in exactly the cases that expect an error", async () => {
    for (const vector of await everyFew(40)) {
      assert.equal(pictureOf(vector).rejection === undefined, expectsResult(vector.expect), vector.id);
    }
  });
});

describe("the shown part of a tree", () => {
  test("has one row for a path of a thousand levels, with its direction", async () => {
    const top = foldTree(await onlyTree("compact/deep/left-1023-get"));
    const shown = shownNodes(top);
    assert.equal(shown.length, 5);
    const [folded] = shown.filter(({ fold }) => fold !== undefined);
    assert.deepEqual(folded.fold && foldTexts(folded.fold), ["1021 levels", "siblings: 1021 helpers", "all left"]);
    assert.equal(folded.node.gindex, 2n ** 1022n);
    assert.deepEqual(
      folded.children.map(({ node }) => [node.kind, node.requestedBy]),
      [
        ["claim", ["keys[0]"]],
        ["helper", []],
      ],
    );
  });

  test("contains the direction of a folded path, without the levels that are shown", () => {
    // Ten levels below the root: 0110100101. The first and the last level are shown.
    const params = {
      backend: "ssz",
      encoding: "compact",
      entries: { path: { seed: 1, gindex: "0x5a5" } },
      keys: ["0x5a5"],
    };
    const [{ root }] = pictureOf(sampleCase({ call: "proof/prove", params })).trees;
    const folded = shownNodes(foldTree(root)).find(({ fold }) => fold !== undefined);
    assert.equal(folded?.node.gindex, 0x2d2n);
    assert.deepEqual(folded?.fold && foldTexts(folded.fold), ["8 levels", "siblings: 8 helpers", "path 0b11010010"]);
  });

  test("keeps the vertical text of a bottom node apart from a key below it", async () => {
    const top = foldTree(await onlyTree("compact/uncovered-keys/far-below-a-helper"));
    const { items } = placeTree(top, GINDEX_SPACE.nameOf, true);
    const below = items.find(({ what }) => what.kind === "below");
    assert.equal(below?.middle, (below?.parent?.middle ?? 0) + 1);
    assert.equal(new Set(items.filter(({ slots }) => slots === 1).map(({ slot }) => slot)).size, 6);
  });

  test("contains every claim of a large tree, and the number of hidden nodes", async () => {
    const root = await onlyTree("compact/many-bottoms/512-leaves-get");
    const shown = shownNodes(foldTree(root));
    assert.equal(shown.filter(({ node }) => node.kind === "claim").length, 5);
    assert.ok(shown.length < 100);
    const hidden = shown.flatMap((node) => [...(node.hidden?.values() ?? [])]).reduce((sum, count) => sum + count, 0);
    const leaves = shown.filter(({ node, hidden: below }) => node.children === undefined && below === undefined).length;
    assert.equal(hidden + leaves, 512, "no bottom is lost");
  });

  test("is bounded for every case, and counts every bottom node", async () => {
    for (const vector of await everyFew(25)) {
      for (const { root } of pictureOf(vector).trees) {
        const shown = shownNodes(foldTree(root));
        assert.ok(shown.length <= 220, `${vector.id}: ${shown.length} nodes`);
        const counts = shown.flatMap(({ node, fold, hidden }) => [
          ...(fold?.siblings.values() ?? []),
          ...(hidden?.values() ?? []),
          ...countBottoms([node]).values(),
        ]);
        const bottoms = [...countBottoms(preOrder(root)).values()].reduce((sum, count) => sum + count, 0);
        // A sibling on a folded path may have nodes below it that the proof omits.
        const seen = counts.reduce((sum, count) => sum + count, 0);
        if (vector.call !== "proof/prove" && vector.call !== "proof/extract") assert.equal(seen, bottoms, vector.id);
      }
    }
  });

  test("is replaced by a remark for a backend without binary trees", async () => {
    const vector = await canonicalCase("compact/read-order/reversed");
    const picture = pictureOf({ ...vector, params: { ...vector.params, backend: "patricia" } });
    assert.deepEqual(picture.remarks, ['no tree to draw: "patricia" is not a backend with binary trees']);
  });
});
