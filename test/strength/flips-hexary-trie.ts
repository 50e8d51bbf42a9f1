/** Flips of how a hexary trie is read. */
import { type Flip, flipsOf, inEach } from "./flip.ts";

const HEX_PREFIX: readonly Flip[] = flipsOf("proofs/hexary-trie/hex-prefix", [
  ["encoded[0] = ((isLeaf ? LEAF : 0) | odd) << 4;", "encoded[0] = (LEAF | odd) << 4;"],
  ["if (odd === 1)\n        encoded[0]", "if (false)\n        encoded[0]"],
  [
    "for (let index = odd; index < path.length; index += 2) {",
    "for (let index = odd; index < path.length - 2; index += 2) {",
  ],
  ["if (odd === 1)\n        path[0]", "if (false)\n        path[0]"],
  [
    "for (let index = 1; index < encoded.length; index++) {",
    "for (let index = 1; index < encoded.length - 1; index++) {",
  ],
  ["if (flag > (LEAF | ODD))", "if (false)"],
  ["if ((flag & ODD) === 0 && ", "if ("],
  ["&& (encoded[0] & 0x0f) !== 0)", "&& false)"],
]);

const NODE: readonly Flip[] = flipsOf("proofs/hexary-trie/node", [
  ["if (!list.isList)", "if (false)"],
  ["if (items.length === 2)", "if (items.length === 2 || items.length === 3)"],
  ["if (items.length === BRANCH_CHILDREN + 1)", "if (items.length > BRANCH_CHILDREN)"],
  ["if (prefix.isList || ", "if ("],
  ["|| prefix.isEmpty)", ")"],
  ["if (isLeaf) {", "if (!isLeaf) {"],
  ["if (second.isList)\n            throw", "if (false)\n            throw"],
  [
    "if (!second.isList && second.isEmpty)",
    "if (second.isEmpty)",
    "an empty list below an extension is no node, and malformed one step later",
  ],
  ["if (!second.isList && second.isEmpty)", "if (false)"],
  ["if (last.isList)", "if (false)"],
  ["const value = last.isEmpty ? null : last.payload;", "const value = last.payload;"],
  ["if (item.isList)\n            embedded", "if (false)\n            embedded"],
  ["else if (!item.isEmpty)", "else if (true)"],
  ["if (hash === undefined)", "if (false)"],
]);

/** A top that is not there makes no difference to a trie that stands alone. */
const TOPS: readonly Flip[] = inEach(
  ["state"],
  flipsOf("proofs/hexary-trie/open-trie", [
    ["if (rlp !== undefined)\n            tops.add", "if (true)\n            tops.add"],
  ]),
);

const OPEN_TRIE: readonly Flip[] = flipsOf("proofs/hexary-trie/open-trie", [
  ["if (equalBytes(root, EMPTY_ROOT))", "if (false)"],
  ["if (rlp === undefined)\n        throw", "if (false)\n        throw"],
  [
    "const top = this.#opened.get(rlp) ?? this.#read(rlp, root);",
    "const top = this.#read(rlp, root);",
    "a root node that lies in another trie too is read once more, and says the same",
  ],
  ["next !== undefined; next = this.#waiting.pop()) {", "false; next = this.#waiting.pop()) {"],
  [
    "(hash && this.#opened.get(rlp))",
    "this.#opened.get(rlp)",
    "an embedded node's RLP is a view of its own, which nothing was opened under",
  ],
  ["(hash && this.#opened.get(rlp)) ?? this.#read(rlp, hash);", "this.#read(rlp, hash);"],
  ["if (hash === undefined)\n            this.embedded", "if (true)\n            this.embedded"],
  ["place >= 0; place--) {", "place > 0; place--) {"],
  ["if (unread > 0 && embedded", "if (embedded"],
  ["&& embedded[unread - 1].place === place) {", ") {"],
  [
    "const known = child === null ? undefined : this.#known.get(child);",
    "const known = child === null ? undefined : undefined;",
  ],
  ["if (known !== undefined)\n                this.#waiting", "if (true)\n                this.#waiting"],
  ["if (child === null)\n            return null;", "if (child === null)\n            return undefined;"],
  [
    "if (child instanceof Uint8Array)\n            return undefined;",
    "if (child instanceof Uint8Array)\n            return null;",
  ],
  ["if (sharedLength(child.path, path, at) < child.path.length)", "if (false)"],
  ["return at === path.length ? nonEmpty(child.value) : null;", "return nonEmpty(child.value);"],
  [
    "if (at === path.length)\n                    return child.value;",
    "if (false)\n                    return child.value;",
  ],
  [
    "return value?.length === 0 ? null : value;",
    "return value.length === 0 ? null : value;",
    "a leaf always has a value; the type says so of all nodes together",
  ],
  [
    "return value?.length === 0 ? null : value;",
    "return value;",
    "an empty value of a leaf MAY be answered null or rejected, so that no vector asks for it; null is what the reference answers",
  ],
  ["if (top === null)\n        return 0;", "if (false)\n        return 0;"],
  ["node !== undefined; node = waiting.at(-1)) {", "false; node = waiting.at(-1)) {"],
  ["filter((child) => child !== null && ", "filter((child) => "],
  ["&& !(child instanceof Uint8Array));", ");"],
  ["children.filter((child) => !below.has(child));", "children.filter((child) => true);"],
  ["if (unknown.length > 0)", "if (false)"],
]);

const KNOWN_NODES: readonly Flip[] = flipsOf("proofs/hexary-trie/known-nodes", [
  ["top !== undefined && equalBytes", "equalBytes"],
  ["&& equalBytes(rlp, top) ? root", "? root"],
  [
    "if (nodes.length > 0 && ",
    "if (",
    "a proof without nodes is incomplete, and a vector lets it be called invalid-proof",
  ],
  ["&& known.get(root) === undefined", ""],
  ["&& !equalBytes(root, EMPTY_ROOT)) {", ") {"],
]);

const CANONICAL: readonly Flip[] = flipsOf("proofs/hexary-trie/canonical", [
  ["if (isOpen(child))", "if (false)"],
  ["if (fault === undefined)", "if (true)"],
  ["if (hash === undefined)", "if (true)"],
  ["return rlp.length >= HASHED_LENGTH ?", "return rlp.length > HASHED_LENGTH ?"],
  ["return rlp.length < HASHED_LENGTH ?", "return false ?"],
  ["return rlp.length < HASHED_LENGTH ?", "return true ?"],
  ["return hexPrefixFault(hexPrefix) ?? (value?.length === 0", "return (value?.length === 0"],
  [
    "(value?.length === 0 ?",
    "(value.length === 0 ?",
    "a leaf always has a value; the type says so of all nodes together",
  ],
  ["(value?.length === 0 ?", "(false ?"],
  ["if (path.length === 0)", "if (false)"],
  ["return (hexPrefixFault(hexPrefix) ??\n", "return (\n"],
  ["(isOpen(children[0]) && ", "("],
  ['&& children[0].kind !== "branch" ?', "?"],
  ["const held = children.filter((child) => child !== null)", "const held = children.filter((child) => true)"],
  ["(value === null ? 0 : 1)", "0"],
  ["return held < 2 ?", "return held < 1 ?"],
  ["return child !== null && !(child", "return !(child"],
  ["return child !== null && !(child instanceof Uint8Array);", "return false;"],
]);

const MINIMAL: readonly Flip[] = flipsOf("proofs/hexary-trie/minimal", [
  ["if (trie.top === null)", "if (false)"],
  ["if (node.hash !== undefined)", "if (true)"],
  [
    "if (walk(trie, path, need) === undefined)\n            throw uncovered();\n    for",
    "if (walk(trie, path, need) === null)\n            throw uncovered();\n    for",
  ],
  [
    "if (walk(trie, path, need) === undefined)\n            throw uncovered();\n        draft",
    "walk(trie, path, need);\n        if (false)\n            throw uncovered();\n        draft",
    "the draft meets the same closed node on its way, and throws the same",
  ],
]);

export const HEXARY_TRIE_FLIPS: readonly Flip[] = [
  ...HEX_PREFIX,
  ...NODE,
  ...TOPS,
  ...OPEN_TRIE,
  ...KNOWN_NODES,
  ...CANONICAL,
  ...MINIMAL,
];
