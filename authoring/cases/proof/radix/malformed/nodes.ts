/** Malformed `nodes` proofs: false counts and lengths, and open items that are not nodes. */
import type { VectorFile } from "../../../../../harness/cases/vector.ts";
import { replaceAt } from "../../../kit/binary/pruned.ts";
import { type Draft, rejected } from "../../../kit/draft.ts";
import { type Broken, brokenDrafts, brokenFile } from "../broken.ts";
import {
  type Digits,
  flip,
  fromTheRoot,
  hashOf,
  internalNode,
  itemsOf,
  joinItems,
  leafNode,
  littleEndian,
  nodesProof,
} from "../proofs.ts";
import { baseOf, EMPTY, MIXED, prove, take, valueAt } from "../trees.ts";

const SOURCE = "authoring/cases/proof/radix/malformed/nodes.ts";

const { root, proof } = prove(MIXED, "nodes");
const ITEMS = itemsOf(proof);
const VALUE = valueAt(0).slice(2);
const HASH = valueAt(2).slice(2);

/** Faults of the list. */
function listFaults(): Broken[] {
  const bytes = proof.length / 2 - 1;
  const count = ITEMS.length;
  const counted = (id: string, about: string, said: number): Broken => ({
    id: `count-${id}`,
    about: `the count: ${about}`,
    flag: "lying-count",
    proof: joinItems(ITEMS, said),
  });
  const lengthOf = (at: number, said: number): string => {
    const texts = ITEMS.map((item, index) => littleEndian(index === at ? said : item.length / 2, 4) + item);
    return `0x${littleEndian(count, 4)}${texts.join("")}`;
  };
  return [
    { id: "no-byte", about: "no byte at all", flag: "truncated", proof: "0x" },
    {
      id: "no-byte-empty-tree",
      about: "no byte at all, and the empty tree",
      flag: "empty-proof",
      proof: "0x",
      root: EMPTY,
      keys: [],
    },
    ...[1, 3, 4, 5, 7, 8, 9, bytes - 33, bytes - 32, bytes - 1].map(
      (length): Broken => ({
        id: `cut-to-${length}`,
        about: `${length} bytes of ${bytes}`,
        flag: "truncated",
        proof: proof.slice(0, 2 + 2 * length),
      }),
    ),
    ...[1, 4, 32].map(
      (extra): Broken => ({
        id: `extra-${extra}`,
        about: `${extra} zero byte(s) behind the last item`,
        flag: "trailing-bytes",
        proof: `${proof}${"00".repeat(extra)}`,
      }),
    ),
    { id: "twice", about: "the whole proof twice", flag: "trailing-bytes", proof: `${proof}${proof.slice(2)}` },
    {
      id: "empty-and-a-byte",
      about: "no item, and a byte behind",
      flag: "trailing-bytes",
      proof: "0x0000000000",
      keys: [],
    },
    counted("zero", "0", 0),
    counted("one-less", "one less than there are", count - 1),
    counted("one-more", "one more than there are", count + 1),
    counted("largest", "2^32 − 1", 2 ** 32 - 1),
    counted("sign-bit", "2^31 more than there are", count + 2 ** 31),
    counted("wraps", "2^30 more than there are: their lengths wrap in 32 bits", count + 2 ** 30),
    counted("big-endian", "in big-endian order", count * 2 ** 24),
    ...[0, count - 1].flatMap((at): Broken[] => {
      const honest = ITEMS[at].length / 2;
      const said = (id: string, about: string, length: number): Broken => ({
        id: `length-${at}-${id}`,
        about: `the length of item ${at}: ${about}`,
        flag: "lying-count",
        proof: lengthOf(at, length),
      });
      return [
        said("zero", "0", 0),
        said("one-less", "one less than it is", honest - 1),
        said("one-more", "one more than it is", honest + 1),
        said("largest", "2^32 − 1", 2 ** 32 - 1),
        said("wraps", "so large that the end is back at the beginning in 32 bits", 2 ** 32 - 4),
        said("sign-bit", "2^31 more than it is", honest + 2 ** 31),
        said("big-endian", "in big-endian order", honest * 2 ** 24),
      ];
    }),
    {
      id: "a-gibibyte-of-items",
      about: "a count of 2^28 items in 64 bytes",
      flag: "lying-count",
      kind: "dos",
      proof: `0x${littleEndian(2 ** 28, 4)}${"00".repeat(60)}`,
    },
  ];
}

/** Items that hash to the root and are not nodes. */
function itemFaults(): Broken[] {
  const leaf = leafNode("13", VALUE);
  const internal = internalNode("00100", HASH, VALUE);
  const wrong: readonly (readonly [id: string, about: string, flag: string, item: Digits])[] = [
    ["tag-02-leaf", "a leaf with the first byte 02", "wrong-tag", `02${leaf.slice(2)}`],
    ["tag-02-internal", "an internal node with the first byte 02", "wrong-tag", `02${internal.slice(2)}`],
    ["tag-80", "an internal node with the first byte 81", "wrong-tag", `81${internal.slice(2)}`],
    ["tag-ff", "a leaf with the first byte ff", "wrong-tag", `ff${leaf.slice(2)}`],
    ["leaf-as-internal", "a leaf with the first byte 01", "wrong-tag", `01${leaf.slice(2)}`],
    ["no-tag", "a leaf without its first byte", "wrong-tag", leaf.slice(2)],
    ["no-byte", "an item of no byte", "bad-node-length", ""],
    ["tag-alone-00", "the byte 00 alone", "bad-node-length", "00"],
    ["tag-alone-01", "the byte 01 alone", "bad-node-length", "01"],
    ["leaf-32-bytes", "a leaf of 32 bytes: no room for a value", "bad-node-length", leafNode("", VALUE).slice(0, 64)],
    ["leaf-no-key", "a leaf of 33 bytes: no key", "bad-key", leafNode("", VALUE)],
    ["leaf-8193", "a leaf with a key of 8193 bytes", "bad-key", leafNode("ab".repeat(8193), VALUE)],
    ["internal-byte-more", "an internal node with a byte behind", "bad-node-length", `${internal}00`],
    ["internal-byte-less", "an internal node without its last byte", "bad-node-length", internal.slice(0, -2)],
    ["internal-hash-less", "an internal node with one child", "bad-node-length", internal.slice(0, -64)],
    ["internal-hash-more", "an internal node with three children", "bad-node-length", `${internal}${HASH}`],
    ["internal-two-bytes", "the first two bytes of an internal node", "bad-node-length", internal.slice(0, 4)],
    [
      "prefix-byte-more",
      "a prefix of five bits in two bytes",
      "padding-not-zero",
      internalNode("0010000000000000", HASH, VALUE, 5),
    ],
    ["prefix-byte-of-none", "no prefix bit, in a byte", "padding-not-zero", internalNode("00000000", HASH, VALUE, 0)],
    [
      "prefix-length-more",
      "ℓ eight more than there are bits",
      "lying-prefix-length",
      internalNode("00100", HASH, VALUE, 13),
    ],
    ["prefix-length-less", "ℓ 0, and a byte of prefix", "lying-prefix-length", internalNode("00100", HASH, VALUE, 0)],
    [
      "prefix-length-largest",
      "ℓ 65 535, and a byte of prefix",
      "lying-prefix-length",
      internalNode("00100", HASH, VALUE, 65_535),
    ],
    [
      "prefix-length-little-endian",
      "ℓ in little-endian order",
      "lying-prefix-length",
      internalNode("00100", HASH, VALUE, 5 * 256),
    ],
    ...[5, 6, 7].map((bit): readonly [string, string, string, Digits] => [
      `padding-${bit}`,
      `bit ${bit} of a prefix of five bits set`,
      "padding-not-zero",
      flip(internal, 24 + bit),
    ]),
  ];
  return wrong.map(([id, about, flag, item]) => ({
    id: `item-${id}`,
    about: `the item that hashes to the root: ${about}`,
    flag,
    proof: nodesProof([item]),
    root: `0x${hashOf(item)}`,
    keys: [],
  }));
}

/** The same one level down, where no key of the request needs to lead. */
function innerFaults(): Broken[] {
  const bad = `02${leafNode("13", VALUE).slice(2)}`;
  const top = internalNode("", hashOf(bad), HASH);
  const below = { root: `0x${hashOf(top)}`, flag: "wrong-tag" };
  return [
    {
      ...below,
      id: "inner-asked",
      about: "an open child that is no node, and a key below",
      proof: nodesProof([bad, top]),
      keys: ["0x13"],
    },
    {
      ...below,
      id: "inner-not-asked",
      about: "an open child that is no node, and no key",
      proof: nodesProof([bad, top]),
      keys: [],
    },
  ];
}

/** An open child that is not a node, and items out of order: open nodes are checked first. */
function nodesBeforeOrder(): Draft {
  const bad = `02${leafNode("13", VALUE).slice(2)}`;
  const top = internalNode("", hashOf(bad), HASH);
  return rejected(
    {
      id: "nodes-before-order-strict",
      about: "an open child that is not a node, and items in descending order, in the strict profile",
      kind: "soundness",
      profile: "strict",
      flags: ["error-precedence"],
      call: "proof/get",
      params: {
        ...baseOf("nodes", { profile: "strict" }),
        root: `0x${hashOf(top)}`,
        proof: joinItems([bad, top]),
        keys: [],
      },
    },
    "malformed",
  );
}

/** One node at two paths: its keys cannot begin with the bits of both. */
function twoPlaces(): Broken[] {
  const shared = internalNode("00", HASH, VALUE);
  const top = internalNode("", hashOf(shared), hashOf(shared));
  const leaf = leafNode("13", VALUE);
  const topOfLeaves = internalNode("", hashOf(leaf), hashOf(leaf));
  const middle = internalNode("0", hashOf(shared), HASH);
  const upper = internalNode("1", hashOf(middle), hashOf(shared));
  const of = (id: string, about: string, items: readonly Digits[]): Broken => ({
    id: `two-places-${id}`,
    about,
    flag: "node-at-two-places",
    proof: nodesProof(items),
    root: `0x${hashOf(items[0])}`,
    keys: [],
  });
  return [
    of("both-children", "an internal node that is both children of the root", [top, shared]),
    of("both-leaves", "a leaf that is both children of the root", [topOfLeaves, leaf]),
    of("two-levels", "an internal node that is a child and a grandchild of the root", [upper, middle, shared]),
  ];
}

/** Items that are not open: the lenient profile ignores their contents, and the strict profile rejects them. */
function notOpen(): Draft[] {
  const junk: readonly (readonly [id: string, about: string, item: Digits])[] = [
    ["no-byte", "an item of no byte", ""],
    ["tag", "an item with the first byte 02", `02${"11".repeat(40)}`],
    ["short", "the byte 01 alone", "01"],
    ["leaf", "a leaf of another tree", leafNode("10", valueAt(9).slice(2))],
    ["padding", "an internal node whose padding is not zero", flip(internalNode("00100", HASH, VALUE), 24 + 7)],
    ["zero-hash", "an internal node over the root of the empty tree", internalNode("", EMPTY.slice(2), HASH)],
    ["8193", "a leaf with a key of 8193 bytes", leafNode("ab".repeat(8193), VALUE)],
  ];
  return junk.flatMap(([id, about, item]) => {
    const params = { root, proof: nodesProof([...ITEMS, item]), keys: MIXED.keys };
    const text = { call: "proof/get", flags: ["not-canonical"] };
    return [
      take({
        ...text,
        id: `not-open-${id}`,
        about: `${about} that is not open`,
        params: { ...baseOf("nodes"), ...params },
      }),
      rejected(
        {
          ...text,
          id: `not-open-${id}-strict`,
          about: `${about} that is not open, in the strict profile`,
          kind: "canonicality",
          profile: "strict",
          params: { ...baseOf("nodes", { profile: "strict" }), ...params },
        },
        "non-canonical",
      ),
    ];
  });
}

/** Bits of each node of an honest proof inverted: the node no longer hashes to what its parent holds. */
function changedItems(): Broken[] {
  const ordered = fromTheRoot(root, ITEMS);
  return ordered.flatMap((item, at): Broken[] =>
    [0, 8, 23, 4 * item.length - 1].map(
      (bit): Broken => ({
        id: `changed-${at}-bit-${bit}`,
        about: `bit ${bit} of node ${at}, counted from the root, inverted`,
        flag: "forged-node",
        proof: nodesProof(replaceAt(ordered, at, flip(item, bit))),
        classes: at === 0 ? ["invalid-proof"] : ["incomplete", "invalid-proof"],
      }),
    ),
  );
}

export function malformedNodesFiles(): VectorFile[] {
  const honest = { root, keys: MIXED.keys };
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]) =>
    brokenFile(SOURCE, "nodes", theme, about, requirements, cases);
  return [
    file(
      "malformed-list",
      "Proofs cut short and made longer, and counts and lengths that lie.",
      ["PROOF-RADIX-020", "PROOF-GEN-006", "WIRE-022"],
      brokenDrafts("nodes", honest, listFaults()),
    ),
    file(
      "malformed-items",
      "Items that are open and no nodes, in both profiles, and nodes at two places.",
      ["PROOF-RADIX-050", "PROOF-RADIX-052", "PROOF-RADIX-063", "PROOF-RADIX-064", "PROOF-RADIX-066"],
      [...brokenDrafts("nodes", honest, [...itemFaults(), ...innerFaults(), ...twoPlaces()], true), nodesBeforeOrder()],
    ),
    file(
      "not-open",
      "Items that are not open, whatever they are, and nodes that no longer are what their parents name.",
      ["PROOF-RADIX-021", "PROOF-RADIX-067", "PROOF-RADIX-096", "PROOF-RADIX-022", "PROOF-RADIX-071"],
      [...notOpen(), ...brokenDrafts("nodes", honest, changedItems())],
    ),
  ];
}
