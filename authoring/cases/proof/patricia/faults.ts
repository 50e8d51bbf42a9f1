/** Faults in the bytes of a node and of a list of nodes. */
import { branch, extension, leaf, made, rawChild } from "./nodes.ts";
import { bigEndian, byteLength, type Digits, head, hexPrefix, LIST, list, longHead, STRING, string } from "./rlp.ts";
import { valueAt } from "./scenarios.ts";

/** The bytes of a node for the path 34 (or 34f, which begins alike) that cannot be read as a node. */
export interface NodeFault {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly node: Digits;
  /** Whether it can be embedded: it is one list, whatever its items. */
  readonly isList: boolean;
}

const VALUE = valueAt(0).slice(2);
const LONG_VALUE = VALUE + VALUE;

const PREFIX = string(hexPrefix("34", true));
const PAYLOAD = PREFIX + string(VALUE);
const LONG_PAYLOAD = PREFIX + string(LONG_VALUE);

const LENGTHS: readonly (readonly [string, string, bigint])[] = [
  ["2-to-32", "2^32 more", 2n ** 32n],
  ["2-to-53", "2^53 more", 2n ** 53n],
  ["2-to-63", "2^63 more", 2n ** 63n],
];

const ALL_ONES = 2n ** 64n - 1n;

const rlp = (id: string, about: string, flag: string, node: Digits, isList = false): NodeFault => ({
  id,
  about,
  flag,
  node,
  isList,
});

/** A node of the right items whose value is encoded by hand. */
const withValue = (id: string, about: string, flag: string, value: Digits): NodeFault =>
  rlp(id, about, flag, list([PREFIX, value]));

export const RLP_FAULTS: readonly NodeFault[] = [
  rlp(
    "length-long-form",
    "a node of 36 bytes whose length is written in the long form",
    "lax-rlp",
    longHead(LIST, byteLength(PAYLOAD)) + PAYLOAD,
  ),
  rlp(
    "length-55-long-form",
    "a node of 55 bytes whose length is written in the long form",
    "lax-rlp",
    longHead(LIST, 55) + PREFIX + string("ab".repeat(51)),
  ),
  rlp(
    "length-leading-zero",
    "a node whose length begins with a zero byte",
    "lax-rlp",
    longHead(LIST, byteLength(LONG_PAYLOAD), 2) + LONG_PAYLOAD,
  ),
  rlp(
    "length-seven-zeros",
    "a node whose length begins with seven zero bytes",
    "lax-rlp",
    longHead(LIST, byteLength(LONG_PAYLOAD), 8) + LONG_PAYLOAD,
  ),
  rlp(
    "length-one-less",
    "a node whose length is one less than it is",
    "trailing-bytes",
    head(LIST, byteLength(PAYLOAD) - 1) + PAYLOAD,
  ),
  rlp(
    "length-one-more",
    "a node whose length is one more than it is",
    "truncated",
    head(LIST, byteLength(PAYLOAD) + 1) + PAYLOAD,
  ),
  ...LENGTHS.map(([id, about, more]) =>
    rlp(
      `length-${id}`,
      `a node whose length is ${about} than it is`,
      "lying-count",
      longHead(LIST, more + BigInt(byteLength(LONG_PAYLOAD)), more > 2n ** 40n ? 8 : 5) + LONG_PAYLOAD,
    ),
  ),
  rlp("length-all-ones", "a node whose length is 2^64 − 1", "lying-count", longHead(LIST, ALL_ONES, 8) + LONG_PAYLOAD),
  ...[1, 2, 3].map((bytes) =>
    rlp(
      `cut-${bytes}`,
      `a node that lacks its last ${bytes} byte(s)`,
      "truncated",
      list([PAYLOAD]).slice(0, -2 * bytes),
    ),
  ),
  rlp("cut-to-its-head", "a node of which there is nothing but the first byte", "truncated", "e4"),
  rlp("cut-in-its-head", "a node that is cut off in its length", "truncated", "f901"),
  rlp("nothing", "a node of no byte", "truncated", ""),
  rlp("trailing-zero", "a node and a zero byte after it", "trailing-bytes", `${list([PAYLOAD])}00`),
  rlp("trailing-empty-string", "a node and an empty string after it", "trailing-bytes", `${list([PAYLOAD])}80`),
  rlp("trailing-itself", "a node, and the same once more", "trailing-bytes", list([PAYLOAD]) + list([PAYLOAD])),
  withValue(
    "value-long-form",
    "a value of 32 bytes whose length is written in the long form",
    "lax-rlp",
    longHead(STRING, 32) + VALUE,
  ),
  withValue("value-byte-with-length", "a value of the byte 05 that has a length of its own", "lax-rlp", "8105"),
  withValue("value-zero-with-length", "a value of the byte 00 that has a length of its own", "lax-rlp", "8100"),
  withValue("value-7f-with-length", "a value of the byte 7f that has a length of its own", "lax-rlp", "817f"),
  withValue("value-empty-long-form", "an empty value whose length is written in the long form", "lax-rlp", "b800"),
  withValue(
    "value-leading-zero",
    "a value whose length begins with a zero byte",
    "lax-rlp",
    longHead(STRING, 64, 2) + LONG_VALUE,
  ),
  withValue(
    "value-one-more",
    "a value whose length reaches one byte beyond the node",
    "truncated",
    head(STRING, 33) + VALUE,
  ),
  withValue(
    "value-one-less",
    "a value whose length is one less than it is: an item more",
    "trailing-bytes",
    head(STRING, 31) + VALUE,
  ),
  ...LENGTHS.map(([id, about, more]) =>
    withValue(
      `value-${id}`,
      `a value whose length is ${about} than it is`,
      "lying-count",
      longHead(STRING, more + 64n, more > 2n ** 40n ? 8 : 5) + LONG_VALUE,
    ),
  ),
  withValue(
    "value-all-ones",
    "a value whose length is 2^64 − 1",
    "lying-count",
    longHead(STRING, ALL_ONES, 8) + LONG_VALUE,
  ),
  withValue(
    "value-back-to-its-head",
    "a value whose length, added to its place in 64 bits, leads back to where it begins",
    "lying-count",
    longHead(STRING, 2n ** 64n - 9n, 8) + LONG_VALUE,
  ),
  withValue("value-cut-in-its-head", "a value that is cut off in its length", "truncated", "b901"),
  rlp(
    "prefix-with-length",
    "a hex-prefix of one byte that has a length of its own",
    "lax-rlp",
    list(["8120", string(VALUE)]),
  ),
  rlp(
    "prefix-long-form",
    "a hex-prefix whose length is written in the long form",
    "lax-rlp",
    list([`b802${hexPrefix("34", true)}`, string(VALUE)]),
  ),
  rlp(
    "child-long-form",
    "a child of a branch whose length is written in the long form",
    "lax-rlp",
    branch({ 3: rawChild(longHead(STRING, 32) + VALUE), 5: leaf("6", VALUE) }).rlp,
  ),
  rlp(
    "empty-child-long-form",
    "an empty child of a branch that is written in the long form",
    "lax-rlp",
    branch({ 3: rawChild("b800"), 5: leaf("6", VALUE) }).rlp,
  ),
];

const node = (id: string, about: string, digits: Digits, isList = true): NodeFault => ({
  id,
  about,
  flag: "not-a-node",
  node: digits,
  isList,
});

const HASH = valueAt(2).slice(2);

/** A faulty child 3 of an otherwise correct branch. */
const childOf = (id: string, about: string, reference: Digits): NodeFault =>
  node(
    `branch-child-${id}`,
    `a branch of which a child is ${about}`,
    branch({ 3: rawChild(reference), 5: leaf("6", VALUE) }).rlp,
  );

/** A faulty child of an otherwise correct extension. */
const belowOf = (id: string, about: string, reference: Digits): NodeFault =>
  node(`extension-child-${id}`, `an extension whose child is ${about}`, extension("34", rawChild(reference)).rlp);

const SHORT = leaf("4", "05").rlp;

/** Lists of a few bytes that are not nodes. */
const NO_NODES: readonly (readonly [string, string, Digits])[] = [
  ["empty-list", "an empty list", "c0"],
  ["list-of-one", "a list of one item", list([string("05")])],
  ["list-of-three", "a list of three items", list([string("34"), string("05"), string("06")])],
  ["no-prefix", "a list of two items without a hex-prefix", list([string(""), string("05")])],
  ["prefix-list", "a list of two lists", list(["c0", "c0"])],
  ["leaf-of-list", "a leaf whose value is a list", list([string("34"), "c0"])],
  ["short-branch", "a branch of sixteen items", list(Array.from({ length: 16 }, () => "80"))],
];

export const NODE_FAULTS: readonly NodeFault[] = [
  node("items-0", "a list of no item", "c0"),
  node("items-1", "a list of one item", list([PREFIX])),
  node("items-3", "a list of three items", list([PREFIX, string(VALUE), string("")])),
  node("items-16", "a list of sixteen items", list([...Array.from({ length: 16 }, () => string(""))])),
  node(
    "items-16-full",
    "a branch without the item for its value",
    list([...Array.from({ length: 16 }, () => string(HASH))]),
  ),
  node("items-18", "a branch and one item more", list([...Array.from({ length: 18 }, () => string(""))])),
  node(
    "items-18-full",
    "a branch of which every child is there, and one item more",
    list([...Array.from({ length: 18 }, () => string(HASH))]),
  ),
  node(
    "items-2-swapped",
    "a leaf whose value stands before its path, as an extension does not",
    list([string(`00${VALUE}`), PREFIX]),
  ),
  node("prefix-empty", "a node of two items whose hex-prefix is empty", list([string(""), string(VALUE)])),
  node("prefix-list", "a node of two items whose hex-prefix is a list", list([list([PREFIX]), string(VALUE)])),
  node("leaf-value-list", "a leaf whose value is a list", list([PREFIX, list([string("05")])])),
  node("leaf-value-node", "a leaf whose value is another leaf, inside it", list([PREFIX, SHORT])),
  node("leaf-value-empty-list", "a leaf whose value is an empty list", list([PREFIX, "c0"])),
  belowOf("empty", "the empty string", string("")),
  belowOf("31-bytes", "a string of 31 bytes", string(HASH.slice(2))),
  belowOf("33-bytes", "a string of 33 bytes", string(`${HASH}00`)),
  belowOf("1-byte", "a string of one byte", string("05")),
  belowOf(
    "string-of-node",
    "a node in a string instead of a list",
    string(branch({ 1: leaf("", "05"), 2: leaf("", "06") }).rlp),
  ),
  ...NO_NODES.map(([id, about, reference]) => belowOf(id, about, reference)),
  childOf("31-bytes", "a string of 31 bytes", string(HASH.slice(2))),
  childOf("33-bytes", "a string of 33 bytes", string(`${HASH}00`)),
  childOf("1-byte", "a string of one byte", string("05")),
  childOf("zero-byte", "the byte 00", string("00")),
  childOf("20-bytes", "a string of 20 bytes", string(HASH.slice(24))),
  childOf("64-bytes", "a string of 64 bytes", string(HASH + HASH)),
  childOf("string-of-node", "a node in a string instead of a list", string(SHORT)),
  ...NO_NODES.map(([id, about, reference]) => childOf(id, about, reference)),
  node(
    "branch-value-list",
    "a branch whose value is a list",
    list([...Array.from({ length: 16 }, () => string("")), list([string("05")])]),
  ),
  node(
    "branch-value-empty-list",
    "a branch whose value is an empty list",
    list([...Array.from({ length: 16 }, () => string("")), "c0"]),
  ),
  node(
    "branch-value-node",
    "a branch whose value is a node, inside it",
    list([...Array.from({ length: 16 }, () => string("")), SHORT]),
  ),
  node("string", "a string instead of a list", string(VALUE), false),
  node("string-of-node", "a node, and the whole in a string", string(list([PAYLOAD])), false),
  node("byte", "a single byte", "05", false),
  node("list-in-list", "a node in a list of its own", made([list([PAYLOAD])]).rlp),
];

interface ListFault {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly proof: string;
}

/** Faulty lists of two nodes. Input: the correct list, whose length takes one byte. */
export function listFaults(honest: string): ListFault[] {
  const digits = honest.slice(2);
  const payload = digits.slice(4);
  const length = byteLength(payload);
  const first = payload.slice(0, 4 + 2 * Number.parseInt(payload.slice(2, 4), 16));
  const rest = payload.slice(first.length);
  const node = first.slice(4);
  const fault = (id: string, about: string, flag: string, proof: Digits): ListFault => ({
    id,
    about,
    flag,
    proof: `0x${proof}`,
  });
  return [
    fault("nothing", "no byte at all", "truncated", ""),
    fault("empty-string", "an empty string in the place of the list", "wrong-tag", "80"),
    fault("byte", "a single byte in the place of the list", "wrong-tag", "05"),
    fault("string", "the list in a string", "wrong-tag", string(digits)),
    fault(
      "string-head",
      "the head of a string in the place of that of the list",
      "wrong-tag",
      longHead(STRING, length) + payload,
    ),
    fault("list-in-list", "the list in a list", "wrong-tag", list([digits])),
    fault("nodes-as-lists", "nodes that are lists instead of strings", "wrong-tag", list([node, rest.slice(2)])),
    fault("first-node-as-list", "the first node a list instead of a string", "wrong-tag", list([node, rest])),
    fault(
      "length-leading-zero",
      "a length that begins with a zero byte",
      "lax-rlp",
      longHead(LIST, length, 2) + payload,
    ),
    fault(
      "length-seven-zeros",
      "a length that begins with seven zero bytes",
      "lax-rlp",
      longHead(LIST, length, 8) + payload,
    ),
    fault("empty-long-form", "an empty list in the long form", "lax-rlp", "f800"),
    fault(
      "item-leading-zero",
      "an item whose length begins with a zero byte",
      "lax-rlp",
      list([longHead(STRING, byteLength(node), 2) + node, rest]),
    ),
    fault(
      "item-byte-with-length",
      "an item of one byte that has a length of its own",
      "lax-rlp",
      list([first, rest, "8105"]),
    ),
    fault(
      "item-long-form",
      "an item of 32 bytes whose length is written in the long form",
      "lax-rlp",
      list([first, rest, longHead(STRING, 32) + VALUE]),
    ),
    ...[1, 2, 3].map((bytes) =>
      fault(`cut-${bytes}`, `a proof that lacks its last ${bytes} byte(s)`, "truncated", digits.slice(0, -2 * bytes)),
    ),
    fault("cut-to-its-head", "nothing but the head of the list", "truncated", digits.slice(0, 4)),
    fault("cut-in-its-head", "nothing but the first byte of the head", "truncated", digits.slice(0, 2)),
    fault("cut-after-first-node", "a list that ends after its first node", "truncated", digits.slice(0, 4) + first),
    fault("trailing-zero", "a zero byte after the list", "trailing-bytes", `${digits}00`),
    fault("trailing-empty-string", "an empty string after the list", "trailing-bytes", `${digits}80`),
    fault("trailing-empty-list", "an empty list after the list", "trailing-bytes", `${digits}c0`),
    fault("trailing-itself", "the list, and the same once more", "trailing-bytes", digits + digits),
    fault("trailing-in-list", "a list whose last item is cut off", "truncated", list([first, rest, "b8"])),
    fault(
      "length-one-less",
      "a length that is one less than it is",
      "trailing-bytes",
      longHead(LIST, length - 1) + payload,
    ),
    fault("length-one-more", "a length that is one more than it is", "truncated", longHead(LIST, length + 1) + payload),
    fault(
      "item-one-more",
      "an item whose length is one more than it is",
      "truncated",
      longHead(LIST, length) + first + bigEndian(Number.parseInt(rest.slice(0, 2), 16) + 1, 1) + rest.slice(2),
    ),
    ...LENGTHS.flatMap(([id, about, more]) => [
      fault(
        `length-${id}`,
        `a length that is ${about} than it is`,
        "lying-count",
        longHead(LIST, more + BigInt(length), more > 2n ** 40n ? 8 : 5) + payload,
      ),
      fault(
        `item-${id}`,
        `an item whose length is ${about} than it is`,
        "lying-count",
        list([longHead(STRING, more + BigInt(byteLength(node)), more > 2n ** 40n ? 8 : 5) + node, rest]),
      ),
    ]),
    fault("length-all-ones", "a length of 2^64 − 1", "lying-count", longHead(LIST, ALL_ONES, 8) + payload),
    fault(
      "item-all-ones",
      "an item with a length of 2^64 − 1",
      "lying-count",
      list([longHead(STRING, ALL_ONES, 8) + node, rest]),
    ),
    fault(
      "item-back-to-its-head",
      "an item whose length leads back to where it begins",
      "lying-count",
      list([longHead(STRING, 2n ** 64n - 9n, 8) + node, rest]),
    ),
  ];
}
