/** Mutants of the encodings of a pruned tree. Each passes every honest case, and some vector fails it. */
import type { Edit } from "./mutant.ts";

const PRUNED_TREE = "proofs/pruned-tree/pruned-tree";
const FROM_BOTTOMS = "proofs/pruned-tree/from-bottoms";
const OFFSETS = "proofs/pruned-tree/offsets";
const EXPLICIT = "proofs/ssz/explicit";
const HELPERS = "proofs/ssz/helpers";

/** Reads a helpers proof after dropping the claims for which `drop` holds, where `all` are the claims and `g` is claim `i`. */
function droppingClaims(drop: string): Pick<Edit, "file" | "find" | "replace"> {
  return {
    file: HELPERS,
    find: "const { gindices, leaves, helpers } = proof;\n    const claims",
    replace: `const kept = (_, i) => { const all = proof.gindices; const g = all[i]; return !(${drop}); };
    const gindices = proof.gindices.filter(kept), leaves = proof.leaves.filter(kept), helpers = proof.helpers;
    const claims`,
  };
}

const beneath = (inner: string, outer: string): string =>
  `${inner} !== ${outer} && ${inner}.toString(2).startsWith(${outer}.toString(2))`;

export const SSZ_ENCODING_MUTANTS: readonly Edit[] = [
  {
    name: "depth-limit-off-by-one",
    about: "lets a tree be 1024 levels deep",
    file: PRUNED_TREE,
    find: "deepestLevel(shape), MAX_GINDEX_BITS - 1)",
    replace: "deepestLevel(shape), MAX_GINDEX_BITS)",
  },
  {
    name: "nested-bottoms",
    about: "does not look for bottoms beneath other bottoms",
    file: FROM_BOTTOMS,
    find: "if (isAncestorOrSame(sorted[i - 1], sorted[i]))",
    replace: "if (false)",
  },
  {
    name: "gap-at-the-end",
    about: "does not notice that the right end of the tree is missing",
    file: FROM_BOTTOMS,
    find: "if (expected !== undefined)",
    replace: "if (false)",
  },
  {
    name: "explicit-unsorted",
    about: "reads explicit indices in any order",
    file: EXPLICIT,
    find: "gindex <= placed[index - 1].gindex",
    replace: "false",
  },
  {
    name: "explicit-64-bits",
    about: "reads an explicit index as 64 bits",
    file: EXPLICIT,
    find: "proof.subarray(at, at + GINDEX_BYTES)",
    replace: "proof.subarray(at, at + 8)",
  },
  {
    name: "explicit-trailing-bytes",
    about: "ignores bytes after the last bottom of an explicit proof",
    file: EXPLICIT,
    find: "proof.length !== expected",
    replace: "proof.length < expected",
  },
  {
    name: "explicit-128-bit-limit",
    about: "writes an index of 129 bits, cut to 128",
    file: EXPLICIT,
    find: "if (gindex >= 2n ** 128n) {",
    replace: "if (gindex >= 2n ** 129n) {",
  },
  {
    name: "helpers-first-duplicate",
    about: "takes the first of two claims of the same node",
    ...droppingClaims("all.indexOf(g) !== i"),
  },
  {
    name: "helpers-last-duplicate",
    about: "takes the last of two claims of the same node",
    ...droppingClaims("all.lastIndexOf(g) !== i"),
  },
  {
    name: "helpers-ignores-lower-claim",
    about: "ignores a claim beneath another claim",
    ...droppingClaims(`all.some((other) => ${beneath("g", "other")})`),
  },
  {
    name: "helpers-ignores-upper-claim",
    about: "ignores a claim above another claim",
    ...droppingClaims(`all.some((other) => ${beneath("other", "g")})`),
  },
  {
    name: "helpers-unsorted",
    about: "reads claims in any order",
    file: HELPERS,
    find: "claims[index] <= claims[index - 1]",
    replace: "false",
  },
  {
    name: "helpers-surplus",
    about: "ignores helpers that are left over",
    file: HELPERS,
    find: 'const { gindices, leaves, helpers } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, "malformed"));',
    replace:
      'const { gindices, leaves } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, "malformed"));\n    const helpers = proof.helpers.slice(0, helpersNeeded(sortClaims(claims, "malformed"), proof.helpers.length).length);',
  },
  {
    name: "helpers-leaf-surplus",
    about: "ignores leaves that are left over",
    file: HELPERS,
    find: "const { gindices, leaves, helpers } = proof;\n    const claims",
    replace:
      "const { gindices, helpers } = proof;\n    const leaves = proof.leaves.slice(0, gindices.length);\n    const claims",
  },
  {
    name: "helpers-long-nodes",
    about: "cuts a node of more than 32 bytes",
    file: HELPERS,
    find: "const node = toBytes32(bytes);",
    replace: "const node = toBytes32(bytes.subarray(0, 32));",
  },
  {
    name: "helpers-short-nodes",
    about: "pads a node of fewer than 32 bytes with zeros",
    file: HELPERS,
    find: "const node = toBytes32(bytes);",
    replace: "const node = bytes.length > 32 ? undefined : Uint8Array.from({ length: 32 }, (_, i) => bytes[i] ?? 0);",
  },
  {
    name: "helpers-no-claims",
    about: "reads a proof without claims, and makes one",
    file: HELPERS,
    find: "claims.length === 0",
    replace: "false",
  },
  {
    name: "helpers-surplus-member",
    about: "ignores a member that the form does not have",
    file: "wire/values",
    find: "if (!Object.hasOwn(form, name))",
    replace: "if (false)",
  },
  {
    name: "offsets-count-one-byte",
    about: "keeps the number of bottoms in a byte once it has checked the length",
    file: OFFSETS,
    find: "const bottoms = Number(declared);",
    replace: "const bottoms = Number(declared) & 255;",
  },
];
