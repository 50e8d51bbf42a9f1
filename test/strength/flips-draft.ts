/** Flips of how a hexary trie is written. */
import { type Flip, flipsOf } from "./flip.ts";

const DRAFT: readonly Flip[] = flipsOf("proofs/hexary-trie/draft", [
  ["return this.value === null && ", "return "],
  ["&& this.children === null && ", "&& "],
  ["&& this.closedBranch === null;", ";"],
  ["if (this.closedBranch !== null && this.path.length === 0)", "if (false)"],
  ["if (this.closedBranch !== null && this.path.length === 0)", "if (this.closedBranch !== null)"],
  ["if (this.closedBranch !== null && this.path.length === 0)", "if (this.path.length === 0)"],
  ["if (rest.length === shared)", "if (false)"],
  ["if (children === null)\n            return;", "if (false)\n            return;"],
  [
    "if (child instanceof Draft && child.isNothing)",
    "if (child !== null && child.isNothing)",
    "nothing but a draft has the property",
  ],
  ["if (child instanceof Draft && child.isNothing)", "if (false)"],
  ["if (children[place] !== null)", "if (true)"],
  ["if (places.length === 0)", "if (false)"],
  ["if (places.length !== 1 || ", "if ("],
  ["|| this.value !== null)", ")"],
  ["if (child instanceof Uint8Array)\n            throw", "if (false)\n            throw"],
  ["if (!(child instanceof Draft))", "if (false)"],
  ["if (closedBranch !== null)", "if (false)"],
  ["if (children === null) {", "if (false) {"],
  ["encodeString(value ?? new Uint8Array())", "encodeString(value)"],
  ["return path.length === 0 ? branch :", "return false ? branch :"],
  [
    "if (slot instanceof Draft)\n        return slot;\n    if (slot.kind",
    "if (false)\n        return slot;\n    if (slot.kind",
  ],
  ['if (slot.kind !== "extension")', 'if (slot.kind === "leaf")'],
  ['slot.kind === "leaf" ? null : [...slot.children]', "[...slot.children]"],
  ["if (below instanceof Uint8Array) {", "if (false) {"],
  ["if (slot === null)", "if (false)"],
  [
    "if (slot instanceof Uint8Array)\n        return encodeString(slot);",
    "if (false)\n        return encodeString(slot);",
  ],
  ["if (slot instanceof Draft)\n        return slot.encoded", "if (false)\n        return slot.encoded"],
  ["return slot.hash === undefined ? slot.rlp :", "return false ? slot.rlp :"],
  ["return rlp.length < HASHED_LENGTH ? rlp :", "return rlp.length <= HASHED_LENGTH ? rlp :"],
]);

const DRAFT_TRIE: readonly Flip[] = flipsOf("proofs/hexary-trie/draft-trie", [
  ["if (slot === null) {", "if (slot === null && value !== null) {"],
  [
    "if (value !== null)\n                    put(new",
    "if (true)\n                    put(new",
    "a draft of nothing is a gap, and closed as one",
  ],
  ["if (slot instanceof Uint8Array)", "if (false)"],
  ["if (shared < draft.path.length) {", "if (false) {"],
  [
    "if (value !== null)\n                    put(draft",
    "if (true)\n                    put(draft",
    "a branch of one child beside a gap is joined again when it is closed, to what it was",
  ],
  ["if (draft.closedBranch !== null)", "if (false)"],
  ["if (at === path.length) {", "if (false) {"],
  ["if (draft.children === null && value === null)", "if (value === null)"],
  [
    "if (draft.children === null && value === null)",
    "if (false)",
    "the leaf becomes a branch with nothing but its value, and closing the gaps makes a leaf of that again",
  ],
  ["draft.children ??= noChildren();", "draft.children = noChildren();"],
  [
    "if (this.#top instanceof Draft && this.#top.isNothing)",
    "if (this.#top?.isNothing)",
    "nothing but a draft has the property",
  ],
  ["if (this.#top instanceof Draft && this.#top.isNothing)", "if (false)"],
  ["if (this.#top === null)", "if (false)"],
  ["if (this.#top instanceof Uint8Array)", "if (false)"],
  ["if (!(this.#top instanceof Draft))", "if (false)"],
  ["return rlp.length < HASHED_LENGTH ? hash(rlp) :", "return false ? hash(rlp) :"],
  ["slot !== undefined; slot = waiting.pop()) {", "false; slot = waiting.pop()) {"],
  ["if (!(slot instanceof Draft) || ", "if ("],
  [
    "|| slot.encoded !== undefined)",
    ")",
    "what has not changed is encoded again to the same; the budget of updates does not bound hashes",
  ],
  ["if (slot.children !== null)", "if (true)"],
]);

export const DRAFT_FLIPS: readonly Flip[] = [...DRAFT, ...DRAFT_TRIE];
