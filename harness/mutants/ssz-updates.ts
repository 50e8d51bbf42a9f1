/** Mutants of writing and combining. Each passes every honest case, and some vector fails it. */
import type { Mutant } from "./mutant.ts";

const UPDATE = "proofs/ssz/update";
const COMBINE = "proofs/ssz/combine";

const FOR_EACH_WRITE = "for (const write of checked)";
const BOTTOM_CHECK = "if (this.tree.shape[position] !== BOTTOM) {";

export const SSZ_UPDATE_MUTANTS: readonly Mutant[] = [
  {
    name: "update-unverified",
    about: "writes to a proof that it has not verified",
    file: UPDATE,
    find: "verifyRoot(tree, root, hasher);",
    replace: "",
  },
  {
    name: "update-first-write",
    about: "keeps the first of two writes to a node",
    file: UPDATE,
    find: FOR_EACH_WRITE,
    replace: "for (const write of [...checked].reverse())",
  },
  {
    name: "update-inner-ignored",
    about: "ignores a write to an inner node",
    file: UPDATE,
    find: BOTTOM_CHECK,
    replace: "if (this.tree.shape[position] !== BOTTOM) return true;\n        if (false) {",
  },
  {
    name: "update-deletes-to-zero",
    about: "writes zeros where a node is deleted",
    file: UPDATE,
    find: "const gindex = toKey(key);\n    if (value === null)",
    replace: "value ??= new Uint8Array(32);\n    const gindex = toKey(key);\n    if (false)",
  },
  {
    name: "update-below-ignored",
    about: "writes the bottom above a node that lies below one",
    file: UPDATE,
    find: "if (levelsBelow > 0)",
    replace: "if (false)",
  },
  {
    name: "update-keeps-claims",
    about: "does not claim a written helper",
    file: UPDATE,
    find: "...checked.map(({ gindex }) => gindex)",
    replace: "...[]",
  },
  {
    name: "revert-keeps-writes",
    about: "forgets to undo what is reverted",
    file: UPDATE,
    find: 'this.#undoTo(this.#close("revert"));',
    replace: 'this.#close("revert");',
  },
  {
    name: "commit-reverts",
    about: "undoes what is committed",
    file: UPDATE,
    find: 'this.#close("commit");',
    replace: 'this.#undoTo(this.#close("commit"));',
  },
  {
    name: "outermost-checkpoint",
    about: "goes back to the first checkpoint instead of the last",
    file: UPDATE,
    find: "this.#checkpoints.pop()",
    replace: "this.#checkpoints.shift()",
  },
  {
    name: "checkpoints-not-needed",
    about: "takes a commit or revert without a checkpoint for nothing to do",
    file: UPDATE,
    find: "if (logLength === undefined)",
    replace: "if (logLength === undefined) return this.#log.length;\n        if (false)",
  },
  {
    name: "undo-oldest-first",
    about: "undoes the oldest write first",
    file: UPDATE,
    find: "this.#log.splice(logLength).reverse()",
    replace: "this.#log.splice(logLength)",
  },
  {
    name: "merge-unverified",
    about: "merges proofs that it has not verified",
    file: COMBINE,
    find: "verifyRoot(tree, root, hasher);",
    replace: "",
  },
  {
    name: "merge-nothing",
    about: "answers something when there is nothing to merge",
    file: COMBINE,
    find: "if (proofs.length === 0)",
    replace:
      "if (proofs.length === 0) return encodeProof(encoding, { shape: Uint8Array.of(1), bottoms: root }, [1n]);\n    if (false)",
  },
  {
    name: "merge-nested-claims",
    about: "does not look for claims beneath other proofs' claims",
    file: COMBINE,
    find: "if (encodingOf(encoding).namesClaims)",
    replace: "if (false)",
  },
  {
    name: "extract-unverified",
    about: "extracts from a proof that it has not verified",
    file: COMBINE,
    find: "verifyRoot(source, root, hasher, onInner);",
    replace: "try { verifyRoot(source, root, hasher, onInner); } catch { /* unverified */ }",
  },
];
