/** Mutants of the operations over a pruned tree. Each passes every honest case and fails a vector. */
import type { Edit } from "../mutant.ts";
import { unverified } from "../unverified.ts";

const SSZ = "proofs/ssz/ssz";
const LOOK_UP = "proofs/ssz/look-up";
const PROVE = "proofs/ssz/prove";
const GINDEX = "core/gindex";

export const SSZ_OPERATION_MUTANTS: readonly Edit[] = [
  {
    name: "gindex-zero",
    about: "treats generalized index 0 as the root",
    file: GINDEX,
    find: "if (value < 1n)",
    replace: "if (value === 0n) return 1n;\n    if (value < 0n)",
  },
  {
    name: "path-32-bits",
    about: "follows only the low 32 bits of a key",
    file: GINDEX,
    find: "gindex.toString(2).slice(1)",
    replace: "(BigInt.asUintN(32, gindex) || gindex).toString(2).slice(1)",
  },
  {
    name: "path-64-bits",
    about: "follows only the low 64 bits of a key",
    file: GINDEX,
    find: "gindex.toString(2).slice(1)",
    replace: "(BigInt.asUintN(64, gindex) || gindex).toString(2).slice(1)",
  },
  {
    name: "path-double",
    about: "keeps a key as a floating-point number",
    file: GINDEX,
    find: "gindex.toString(2).slice(1)",
    replace: "(gindex < 2n ** 1023n ? BigInt(Number(gindex)) : gindex).toString(2).slice(1)",
  },
  {
    name: "depth-by-log2",
    about: "computes the depth of an index by a floating-point logarithm",
    file: GINDEX,
    find: "return bitLength(gindex) - 1;",
    replace: "return gindex < 2n ** 1023n ? Math.floor(Math.log2(Number(gindex))) : bitLength(gindex) - 1;",
  },
  {
    name: "get-zero-below-zero",
    about: "returns zeros for a key below a zero bottom node, as if that node were an empty subtree",
    file: LOOK_UP,
    find: "throw belowBottom(gindices[index], levelsBelow);",
    replace:
      "if (bottomAt(tree, tree.link[position]).every((byte) => byte === 0)) return new Uint8Array(32);\n            else throw belowBottom(gindices[index], levelsBelow);",
  },
  {
    name: "get-above-the-key",
    about: "returns the bottom node above the key for a key below a bottom node",
    file: LOOK_UP,
    find: "throw belowBottom(gindices[index], levelsBelow);",
    replace: "return bottomAt(tree, tree.link[position]);",
  },
  {
    name: "get-uncovered-is-zero",
    about: "returns zeros for a key below a bottom node",
    file: LOOK_UP,
    find: "throw belowBottom(gindices[index], levelsBelow);",
    replace: "return new Uint8Array(32);",
  },
  {
    name: "get-sorted",
    about: "returns the values in the order of the indices",
    file: SSZ,
    find: "const gindices = keys.map(toKey);",
    replace: "const gindices = keys.map(toKey).sort((a, b) => (a < b ? -1 : 1));",
  },
  {
    name: "get-repeats-once",
    about: "returns the value of a repeated key once",
    file: SSZ,
    find: "const gindices = keys.map(toKey);",
    replace: "const gindices = [...new Set(keys.map(toKey))];",
  },
  {
    name: "get-inner-is-left-bottom",
    about: "returns the leftmost bottom node for an inner node",
    file: LOOK_UP,
    find: ": innerHashes.get(position);",
    replace: ": bottomAt(tree, 0);",
  },
  {
    name: "get-nothing-unverified",
    about: "does not verify a proof when there are no keys",
    file: LOOK_UP,
    find: "verifyRoot(tree, root, hasher, (position, hash) => {",
    replace: "if (gindices.length > 0) verifyRoot(tree, root, hasher, (position, hash) => {",
  },
  {
    name: "get-coverage-first",
    about: "reports an uncovered key before it verifies the proof",
    file: LOOK_UP,
    find: "const innerHashes = new Map(",
    replace:
      "found.forEach(({ levelsBelow }, index) => { if (levelsBelow > 0) throw belowBottom(gindices[index], levelsBelow); });\n    const innerHashes = new Map(",
  },
  {
    name: "cost-unverified",
    about: "returns the cost of a proof that it does not verify",
    file: SSZ,
    find: "verifyRoot(tree, root, hasher);",
    replace: "treeRoot(tree, hasher);",
  },
  {
    name: "prove-first-entry",
    about: "uses the first of two entries of the same node",
    file: PROVE,
    find: "gindex !== sorted[index + 1]?.gindex",
    replace: "gindex !== sorted[index - 1]?.gindex",
  },
  {
    name: "prove-above-the-key",
    about: "proves the bottom node above a key that is below one",
    file: PROVE,
    find: "throw belowBottom(gindex, levelsBelow);",
    replace: "continue;",
  },
  {
    name: "convert-unverified",
    about: "converts a proof without verifying it",
    file: SSZ,
    find: "verifyRoot(source, root, hasher);",
    replace: "",
  },
  {
    name: "convert-claims-unverified",
    about: "converts a proof to helpers without verifying it",
    file: SSZ,
    find: "verifyTree(source, root, hasher)",
    replace: unverified("source"),
  },
  {
    name: "convert-ignores-keys",
    about: "accepts keys for an encoding that does not name claims",
    file: SSZ,
    find: "if (namesClaims !== (keys !== undefined)) {",
    replace: "if (namesClaims && keys === undefined) {",
  },
  {
    name: "quantity-leading-zeros",
    about: "accepts quantities with leading zeros",
    file: "wire/values",
    find: "/^0x(?:0|[1-9a-f][0-9a-f]*)$/",
    replace: "/^0x[0-9a-f]+$/",
  },
  {
    name: "nested-neighbours-alone",
    about: "checks for nested claims only among neighbours in the order of their indices",
    file: "proofs/ssz/helpers",
    find: "const nested = findNested(sorted);",
    replace: "const nested = findNested([...claims].sort(compareGindex));",
  },
  {
    name: "deletes-ignored",
    about: "ignores `deletes`",
    file: "wire/proof-methods",
    find: "if (backend.deletes || isEmpty)",
    replace: "if (true)",
  },
];
