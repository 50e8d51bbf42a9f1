/** Mutants of the encodings of a pruned tree. Each passes every honest case and fails a vector. */
import type { Edit } from "../mutant.ts";

const PRUNED_TREE = "proofs/pruned-tree/pruned-tree";
const FROM_BOTTOMS = "proofs/pruned-tree/from-bottoms";
const OFFSETS = "proofs/pruned-tree/offsets";
const EXPLICIT = "proofs/ssz/explicit";
const HELPERS = "proofs/ssz/helpers";

/** The code from the check of the order of the indices to the construction of the tree. */
const EXPLICIT_ORDER = `if (index > 0 && gindex <= gindices[index - 1]) {
            throw new ProofError("malformed", \`index \${index}, \${gindex}, does not exceed the one before it\`, { index });
        }
        gindices.push(gindex);
    }
    const bottomsOffset = COUNT_BYTES + GINDEX_BYTES * count;
    const tree = treeFromBottoms(gindices, (index) => proof.subarray(bottomsOffset + 32 * index, bottomsOffset + 32 * index + 32));`;

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
    about: "accepts a tree of 1024 levels",
    file: PRUNED_TREE,
    find: "deepestLevel(shape), MAX_GINDEX_BITS - 1)",
    replace: "deepestLevel(shape), MAX_GINDEX_BITS)",
  },
  {
    name: "nested-bottoms",
    about: "does not check for bottom nodes below other bottom nodes",
    file: FROM_BOTTOMS,
    find: "if (isAncestorOrSame(sorted[i - 1], sorted[i]))",
    replace: "if (false)",
  },
  {
    name: "no-tree",
    about: "builds a tree from indices that are nested or leave gaps",
    file: FROM_BOTTOMS,
    find: "return rank === gindices.length ? { shape, bottoms } : coverFault(gindices);",
    replace: "return { shape, bottoms };",
  },
  {
    name: "explicit-unsorted",
    about: "accepts explicit indices in any order",
    file: EXPLICIT,
    find: EXPLICIT_ORDER,
    replace: EXPLICIT_ORDER.replace("index > 0 && gindex <= gindices[index - 1]", "false")
      .replace(
        "const tree = treeFromBottoms(gindices, (index) => ",
        "const order = gindices.map((_, i) => i).sort((a, b) => (gindices[a] < gindices[b] ? -1 : 1));\n    const tree = treeFromBottoms(order.map((i) => gindices[i]), (rank) => ((index) => ",
      )
      .replace("bottomsOffset + 32 * index + 32));", "bottomsOffset + 32 * index + 32))(order[rank]));"),
  },
  {
    name: "explicit-64-bits",
    about: "reads an explicit index as 64 bits",
    file: EXPLICIT,
    find: "proof.subarray(offset, offset + GINDEX_BYTES)",
    replace: "proof.subarray(offset, offset + 8)",
  },
  {
    name: "explicit-trailing-bytes",
    about: "ignores bytes after the last bottom node of an explicit proof",
    file: EXPLICIT,
    find: "proof.length !== expected",
    replace: "proof.length < expected",
  },
  {
    name: "explicit-128-bit-limit",
    about: "writes an index of 129 bits, truncated to 128",
    file: EXPLICIT,
    find: "if (gindex >= 2n ** 128n) {",
    replace: "if (gindex >= 2n ** 129n) {",
  },
  {
    name: "helpers-first-duplicate",
    about: "uses the first of two claims of the same node",
    ...droppingClaims("all.indexOf(g) !== i"),
  },
  {
    name: "helpers-last-duplicate",
    about: "uses the last of two claims of the same node",
    ...droppingClaims("all.lastIndexOf(g) !== i"),
  },
  {
    name: "helpers-ignores-lower-claim",
    about: "ignores a claim below another claim",
    ...droppingClaims(`all.some((other) => ${beneath("g", "other")})`),
  },
  {
    name: "helpers-ignores-upper-claim",
    about: "ignores a claim above another claim",
    ...droppingClaims(`all.some((other) => ${beneath("other", "g")})`),
  },
  {
    name: "helpers-unsorted",
    about: "accepts claims in any order",
    file: HELPERS,
    find: "claims[index] <= claims[index - 1]",
    replace: "false",
  },
  {
    name: "helpers-surplus",
    about: "ignores surplus helpers",
    file: HELPERS,
    find: 'const { gindices, leaves, helpers } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, "malformed"));',
    replace:
      'const { gindices, leaves } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, "malformed"));\n    const helpers = proof.helpers.slice(0, helpersNeeded(sortClaims(claims, "malformed"), proof.helpers.length).length);',
  },
  {
    name: "helpers-leaf-surplus",
    about: "ignores surplus leaves",
    file: HELPERS,
    find: "const { gindices, leaves, helpers } = proof;\n    const claims",
    replace:
      "const { gindices, helpers } = proof;\n    const leaves = proof.leaves.slice(0, gindices.length);\n    const claims",
  },
  {
    name: "helpers-long-nodes",
    about: "truncates a node of more than 32 bytes",
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
    about: "accepts and writes a proof without claims",
    file: HELPERS,
    find: "claims.length === 0",
    replace: "false",
  },
  {
    name: "helpers-surplus-member",
    about: "ignores an unknown member",
    file: "wire/values",
    find: "if (!Object.hasOwn(form, name))",
    replace: "if (false)",
  },
  {
    name: "offsets-count-one-byte",
    about: "keeps the number of bottom nodes in a byte after it has checked the length",
    file: OFFSETS,
    find: "const bottoms = Number(declared);",
    replace: "const bottoms = Number(declared) & 255;",
  },
];
