/** Mutants of writing and combining. Each passes every honest case and fails a vector. */
import type { Edit } from "../mutant.ts";
import { unverified } from "../unverified.ts";

const SSZ = "proofs/ssz/ssz";
const UPDATE = "proofs/ssz/update";

const FOR_EACH_WRITE = "for (const { gindex, node } of checked)";
const BOTTOM_CHECK = "if (this.tree.shape[position] !== BOTTOM) {";

export const SSZ_UPDATE_MUTANTS: readonly Edit[] = [
  {
    name: "update-unverified",
    about: "writes to a proof that it has not verified",
    file: UPDATE,
    find: "verifyTree(tree, root, hasher)",
    replace: unverified("tree"),
  },
  {
    name: "update-first-write",
    about: "keeps the first of two writes to a node",
    file: SSZ,
    find: FOR_EACH_WRITE,
    replace: "for (const { gindex, node } of [...checked].reverse())",
  },
  {
    name: "update-all-alike",
    about: "keeps equal bottom nodes as one, and writes all of them at once",
    file: UPDATE,
    find: "this.tree.bottoms.set(node, 32 * this.tree.link[position]);",
    replace:
      "const old = String(nodeAt(this.tree, position));\n        this.#stale = this.tree.shape.map((kind) => 1 - kind);\n        for (let at = 0; 32 * at < this.tree.bottoms.length; at++) {\n            if (String(this.tree.bottoms.subarray(32 * at, 32 * at + 32)) === old) this.tree.bottoms.set(node, 32 * at);\n        }",
  },
  {
    name: "update-inner-ignored",
    about: "ignores a write to an inner node",
    file: UPDATE,
    find: BOTTOM_CHECK,
    replace: "if (this.tree.shape[position] !== BOTTOM) return () => {};\n        if (false) {",
  },
  {
    name: "update-deletes-to-zero",
    about: "writes zeros when a node is deleted",
    file: "proofs/ssz/keys",
    find: "if (value === null)",
    replace: "value ??= new Uint8Array(32);\n    if (false)",
  },
  {
    name: "update-below-ignored",
    about: "writes the bottom node above a node that is below one",
    file: UPDATE,
    find: "if (levelsBelow > 0)",
    replace: "if (false)",
  },
  {
    name: "update-keeps-claims",
    about: "does not claim a written helper",
    file: SSZ,
    find: "...checked.map(({ gindex }) => gindex)",
    replace: "...[]",
  },
  {
    name: "merge-unverified",
    about: "merges proofs that it has not verified",
    file: SSZ,
    find: "proofs.map((proof) => verifyTree(CODEC.decode(encoding, proof), root, hasher))",
    replace: `proofs.map((proof) => ${unverified("CODEC.decode(encoding, proof)")})`,
  },
  {
    name: "merge-nothing",
    about: "returns a proof when there is no proof to merge",
    file: SSZ,
    find: "if (proofs.length === 0)",
    replace:
      "if (proofs.length === 0) return CODEC.encode(encoding, { shape: Uint8Array.of(1), bottoms: root }, [1n]);\n    if (false)",
  },
  {
    name: "merge-nested-claims",
    about: "does not check for claims below the claims of other proofs",
    file: SSZ,
    find: "checkClaims(claims, encoding);\n        const merged",
    replace: "const merged",
  },
  {
    name: "extract-unverified",
    about: "extracts from a proof that it has not verified",
    file: SSZ,
    find: "const tree = verifyTree(CODEC.decode(encoding, proof), root, hasher)",
    replace: `const tree = ${unverified("CODEC.decode(encoding, proof)")}`,
  },
];
