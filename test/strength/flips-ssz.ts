/** Flips of `ssz`. */
import { type Flip, flipsOf, inEach } from "./flip.ts";

const ENCODINGS: readonly Flip[] = flipsOf("proofs/ssz/encodings", [
  ["!CODEC.encodingOf(encoding).namesClaims", "false"],
]);

const EXPLICIT: readonly Flip[] = flipsOf("proofs/ssz/explicit", [
  ["gindex >= 2n ** 128n", "true"],
  ["proof.length !== expected || count === 0", "false"],
  ["count === 0", "(count !== 0)"],
  ["index < count", "false"],
  ["index > 0 && gindex <= gindices[index - 1]", "index > 0"],
  ["index > 0 && gindex <= gindices[index - 1]", "true"],
  ['"kind" in tree', "false"],
  ['tree.kind === "gap" ?', "true ?", "only the words of the error differ"],
]);

const HELPERS: readonly Flip[] = flipsOf("proofs/ssz/helpers", [
  ["claims.length === 0", "false"],
  ['nested?.kind === "nested"', "false"],
  ["nested?.kind", "nested.kind"],
  ["if (isClaim)", "if (false)"],
  ["placed.filter(({ isClaim }) => isClaim)", "placed"],
  ["placed.filter(({ isClaim }) => !isClaim)", "placed"],
  ["leaves.length !== claims.length", "false"],
  ["index < claims.length", "false"],
  ["claims[index] <= claims[index - 1]", "false"],
  ["needed.length !== helpers.length", "false"],
  ['"kind" in tree', "true"],
  ["node === undefined", "false"],
  ["needed.length > helpers.length ?", "true ?", "only the words of the error differ"],
  ["const nested = findNested(sorted);", "const nested = findNested([...claims].sort(compareGindex));"],
  ["const nested = findNested(sorted);", "const nested = findNested(sorted.slice(0, 2));"],
  ["index < claims.length; index++", "index < 2; index++"],
]);

const KEYS: readonly Flip[] = flipsOf("proofs/ssz/keys", [
  ["value === null", "false"],
  ["node !== undefined", "false"],
  ["CODEC.encodingOf(encoding).namesClaims", "false"],
]);

const LOOK_UP: readonly Flip[] = flipsOf("proofs/ssz/look-up", [
  ["innerHashes.has(position)", "false"],
  ["levelsBelow > 0", "false"],
  ["return tree.shape[position] === BOTTOM\n            ? bottomAt", "return true\n            ? bottomAt"],
  ["return tree.shape[position] === BOTTOM\n            ? bottomAt", "return false\n            ? bottomAt"],
]);

const PROVE: readonly Flip[] = flipsOf("proofs/ssz/prove", [
  ['"kind" in tree', "false"],
  ['tree.kind === "nested"', "false"],
  ["node !== undefined", "false"],
  ["sorted[index + 1]?.gindex", "sorted[index + 1].gindex"],
  ["sorted.filter(({ gindex }, index) => gindex !== sorted[index + 1]?.gindex)", "sorted"],
  ["levelsBelow > 0", "false"],
]);

const SSZ: readonly Flip[] = flipsOf("proofs/ssz/ssz", [
  ["namesClaims !== (keys !== undefined)", "false"],
  ["keys ?? []", "keys"],
  ["if (namesClaims)", "if (false)"],
  ["proofs.length === 0", "false"],
  ['namesClaims ? "needed"', 'true ? "needed"', "only the words of the error differ"],
]);

const UPDATE: readonly Flip[] = flipsOf("proofs/ssz/update", [
  ["this.tree.shape[position] !== BOTTOM", "false"],
  ["levelsBelow > 0", "false"],
  ["position !== undefined", "false"],
  ["if (this.#stale[position] === 0)", "if (true)"],
]);

/** Of environments over a proof, whose keys are its bottoms. */
const UPDATE_OF_RUNTIME: readonly Flip[] = inEach(
  ["runtime"],
  flipsOf("proofs/ssz/update", [["if (this.tree.shape[position] === BOTTOM)", "if (true)"]]),
);

export const SSZ_FLIPS: readonly Flip[] = [
  ...ENCODINGS,
  ...EXPLICIT,
  ...HELPERS,
  ...KEYS,
  ...LOOK_UP,
  ...PROVE,
  ...SSZ,
  ...UPDATE,
  ...UPDATE_OF_RUNTIME,
];
