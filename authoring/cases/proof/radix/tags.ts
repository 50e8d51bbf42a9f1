/**
 * Shows why preimages begin with a tag. In a tree without tags, as in the draft EIP-7864, the preimage of an internal node is
 * only the hashes of its children, and can be the preimage of a leaf as well.
 */
import { blake3 } from "@noble/hashes/blake3.js";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { type Digits, hashOf, internalNode, joinItems, joinKmm, leafNode, leafTerminal, nodesProof } from "./proofs.ts";
import { baseOf, type EncodingName, NAIVE, refuse, take, valueAt } from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/tags.ts";

/** Two leaves. The hash of the left one begins with 00, as about one hash in 256 does. */
function lookalike(): { readonly left: Digits; readonly right: Digits; readonly leaves: readonly Digits[] } {
  const right = leafNode("90", valueAt(1).slice(2));
  for (let attempt = 0; ; attempt++) {
    const value = Buffer.from(blake3(Buffer.from(String(attempt)))).toString("hex");
    const left = leafNode("10", value);
    if (hashOf(left).startsWith("00")) return { left: hashOf(left), right: hashOf(right), leaves: [left, right] };
  }
}

function cases(encoding: EncodingName): Draft[] {
  const { left, right, leaves } = lookalike();
  const top = internalNode("", left, right);
  const root = `0x${hashOf(top)}`;
  // Without tag and ℓ the node has 64 bytes, which read as a leaf are a key of 31 bytes and the right child as value.
  const untagged = left + right;
  const key = `0x${untagged.slice(2, 64)}`;
  const genuine =
    encoding === "nodes"
      ? nodesProof([top, ...leaves])
      : joinKmm({
          labels: "11100",
          lengths: [0],
          terminals: leaves.map((leaf) => leafTerminal(leaf.slice(2, 4), leaf.slice(4))),
          hashes: [],
        });
  const asLeaf =
    encoding === "nodes"
      ? joinItems([untagged])
      : joinKmm({ labels: "0", lengths: [], terminals: [leafTerminal(untagged.slice(2, 64), right)], hashes: [] });
  const base = baseOf(encoding);
  const text = (id: string, about: string, params: Draft["params"]) => ({
    id,
    about,
    flags: ["untagged-node"],
    call: "proof/get",
    params: { ...base, ...params },
  });
  const untaggedRoot = `0x${hashOf(untagged)}`;
  const untaggedLeafRoot = `0x${hashOf(untagged.slice(2))}`;
  return [
    take(
      text("genuine", "a node whose left child's hash begins with 00, as the tag of a leaf does", {
        root,
        proof: genuine,
        keys: ["0x10", "0x90", key],
      }),
    ),
    refuse(
      text(
        "internal-as-leaf",
        "the children of a node as a leaf: a key out of the left one's hash, and the right one's as value",
        { root, proof: asLeaf, keys: [key] },
      ),
      "invalid-proof",
    ),
    refuse(
      text("genuine-untagged-root", "the same tree under the root that it has without tags", {
        root: untaggedRoot,
        proof: genuine,
        keys: ["0x10"],
      }),
      "invalid-proof",
    ),
    refuse(
      text("genuine-untagged-leaf-root", "the same under the hash of those bytes without the first", {
        root: untaggedLeafRoot,
        proof: genuine,
        keys: ["0x10"],
      }),
      "invalid-proof",
    ),
    // Under their own hash the same bytes are a leaf.
    take(
      text("leaf-of-64-bytes", "the 64 bytes as the leaf that they are, under their own hash", {
        root: untaggedRoot,
        proof: asLeaf,
        keys: [key, "0x10", "0x90"],
      }),
    ),
    refuse(
      text(
        "leaf-key-over-tag",
        "a leaf whose key begins with the tag of an internal node, under the root of that node",
        {
          root,
          proof:
            encoding === "nodes"
              ? joinItems([`00${top.slice(2)}`])
              : joinKmm({ labels: "0", lengths: [], terminals: [leafTerminal(top.slice(2, -64), right)], hashes: [] }),
          keys: [`0x${top.slice(2, -64)}`],
        },
      ),
      "invalid-proof",
    ),
  ];
}

export function tagFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/radix/${encoding}`,
        theme: "tags",
        about: "An internal node whose children would be a leaf, were nodes not told apart by their first byte.",
        requirements: ["PROOF-RADIX-002", "PROOF-GEN-002", "PROOF-GEN-013", "PROOF-RADIX-054"],
      },
      cases(encoding),
    ),
  ];
}
