/**
 * The open part of a trie for the naive `patricia` backend: the nodes that are reached from the root node. A shared node is read
 * once, however often it occurs. Nothing here recurses.
 *
 * Paths are strings of hexadecimal digits, one for each nibble; hashes are strings of 64 digits.
 */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { fail } from "../values.ts";
import { type Item, itemsOfList, rlpList, rlpString } from "./rlp.ts";

/** `hash` is null for an embedded node, `node` for a node that is not open. */
export type Child = { hash: string | null; node: Node | null; belowExtension: boolean };

export type Form =
  | { kind: "leaf"; path: string; value: Buffer }
  | { kind: "extension"; path: string; child: Child }
  | { kind: "branch"; children: (Child | null)[]; value: Buffer };

/** `flaw` describes bytes that are not canonical when the form does not show it. */
export type Node = { rlp: Buffer; form: Form; flaw: string | null };

/** The RLP of nodes by hash. */
export type Items = Map<string, Buffer>;

/**
 * `root` is null in the empty trie. `nodes` are the open nodes that are not embedded, in the order in which a
 * depth-first walk meets them first. `places` are all references to open nodes, also to embedded ones.
 */
export type Trie = { root: Child | null; nodes: Map<string, Node>; places: Child[] };

export const EMPTY_ROOT = hashOf(Buffer.of(0x80));

export function hashOf(bytes: Buffer): string {
  return Buffer.from(keccak_256(bytes)).toString("hex");
}

export function itemsByHash(list: Iterable<Buffer>): Items {
  const items: Items = new Map();
  for (const item of list) items.set(hashOf(item), item);
  return items;
}

/** Opens the nodes of `items` under `root`, and ignores the others. */
export function openTrie(items: Items, root: string): Trie {
  const trie: Trie = { root: null, nodes: new Map(), places: [] };
  if (root === EMPTY_ROOT) return trie;
  if (items.size === 0) fail("incomplete", "there is no node in the proof");
  if (!items.has(root)) fail("invalid-proof", `no node of the proof hashes to ${root}`);

  trie.root = { hash: root, node: null, belowExtension: false };
  const pending: { place: Child; rlp: Buffer }[] = [{ place: trie.root, rlp: items.get(root) as Buffer }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { place, rlp } = next;
    trie.places.push(place);
    const known = place.hash === null ? undefined : trie.nodes.get(place.hash);
    if (known !== undefined) {
      place.node = known;
      continue;
    }
    const { node, embedded } = parseNode(rlp);
    place.node = node;
    if (place.hash !== null) trie.nodes.set(place.hash, node);
    for (const child of childrenOf(node.form).reverse()) {
      const below = child.hash === null ? embedded.get(child) : items.get(child.hash);
      if (below !== undefined) pending.push({ place: child, rlp: below });
    }
  }
  return trie;
}

export function childrenOf(form: Form): Child[] {
  switch (form.kind) {
    case "leaf":
      return [];
    case "extension":
      return [form.child];
    case "branch":
      return form.children.filter((child) => child !== null);
  }
}

/** Reads one node, but not its embedded children. */
function parseNode(rlp: Buffer): { node: Node; embedded: Map<Child, Buffer> } {
  const items: Item[] = [];
  for (const item of itemsOfList(rlp)) {
    if (items.push(item) > 17) fail("malformed", "a node has more than 17 items");
  }
  const embedded = new Map<Child, Buffer>();
  const childOf = ({ isList, encoded, payload }: Item, belowExtension: boolean): Child => {
    if (!isList && payload.length !== 32) fail("malformed", `a child is a string of ${payload.length} bytes`);
    const child = { hash: isList ? null : payload.toString("hex"), node: null, belowExtension };
    if (isList) embedded.set(child, encoded);
    return child;
  };

  if (items.length === 17) {
    const children = items
      .slice(0, 16)
      .map((item) => (!item.isList && item.payload.length === 0 ? null : childOf(item, false)));
    const value = stringIn(items[16] as Item, "the value of a branch");
    return { node: { rlp, form: { kind: "branch", children, value }, flaw: null }, embedded };
  }
  if (items.length !== 2) fail("malformed", `a node has ${items.length} items`);
  const [prefix, second] = items as [Item, Item];
  const { isLeaf, path, flaw } = parseHexPrefix(stringIn(prefix, "a hex-prefix"));
  const form: Form = isLeaf
    ? { kind: "leaf", path, value: stringIn(second, "the value of a leaf") }
    : { kind: "extension", path, child: childOf(second, true) };
  return { node: { rlp, form, flaw }, embedded };
}

function stringIn({ isList, payload }: Item, what: string): Buffer {
  if (isList) fail("malformed", `${what} is a list`);
  return payload;
}

function parseHexPrefix(bytes: Buffer): { isLeaf: boolean; path: string; flaw: string | null } {
  const first = bytes[0] ?? fail("malformed", "a hex-prefix is empty");
  const flag = first >> 4;
  const isOdd = (flag & 1) === 1;
  let flaw: string | null = null;
  if (flag > 3) flaw = `the flag of a hex-prefix is ${flag}`;
  else if (!isOdd && (first & 15) !== 0) flaw = "the padding of a hex-prefix is not zero";
  return { isLeaf: (flag & 2) === 2, path: bytes.toString("hex").slice(isOdd ? 1 : 2), flaw };
}

/** The bytes of a node whose children are final. */
export function rlpOf(form: Form): Buffer {
  switch (form.kind) {
    case "leaf":
      return rlpList([rlpString(hexPrefix(form.path, 2)), rlpString(form.value)]);
    case "extension":
      return rlpList([rlpString(hexPrefix(form.path, 0)), referenceTo(form.child)]);
    case "branch":
      return rlpList([...form.children.map(referenceTo), rlpString(form.value)]);
  }
}

function hexPrefix(path: string, flag: number): Buffer {
  return Buffer.from(path.length % 2 === 1 ? `${flag + 1}${path}` : `${flag}0${path}`, "hex");
}

function referenceTo(child: Child | null): Buffer {
  if (child === null) return rlpString(Buffer.alloc(0));
  return child.hash === null ? (child.node as Node).rlp : rlpString(Buffer.from(child.hash, "hex"));
}

/** Describes the first open node that is not canonical, whatever the order of the proof. */
export function flawOf(trie: Trie): string | undefined {
  for (const place of trie.places) {
    const { rlp, form, flaw } = place.node as Node;
    if (flaw !== null) return flaw;
    if (place.hash === null && rlp.length >= 32) return `a node of ${rlp.length} bytes is embedded`;
    if (place.hash !== null && rlp.length < 32 && place !== trie.root) return `a node of ${rlp.length} bytes is hashed`;
    if (form.kind === "leaf" && form.value.length === 0) return "a leaf has an empty value";
    if (form.kind === "extension") {
      if (form.path === "") return "an extension has no nibbles";
      const below = form.child.node?.form.kind ?? "branch";
      if (below !== "branch") return `the child of an extension is a ${below}`;
    }
    if (form.kind === "branch") {
      const uses = childrenOf(form).length + (form.value.length > 0 ? 1 : 0);
      if (uses < 2) return `of the children and the value of a branch there are ${uses}`;
    }
  }
  return undefined;
}

/** The hashed nodes on the way, and the value, which is `undefined` when a node is missing. */
export type Walk = { hashes: string[]; value: Buffer | null | undefined };

export function walk(trie: Trie, path: string): Walk {
  const hashes: string[] = [];
  const endsWith = (value: Buffer): Walk => ({ hashes, value: value.length === 0 ? null : value });
  let at = 0;
  let place = trie.root;
  while (place !== null) {
    if (place.node === null) return { hashes, value: undefined };
    if (place.hash !== null) hashes.push(place.hash);
    const { form } = place.node;
    switch (form.kind) {
      case "leaf":
        return path.slice(at) === form.path ? endsWith(form.value) : { hashes, value: null };
      case "extension":
        if (!path.startsWith(form.path, at)) return { hashes, value: null };
        at += form.path.length;
        place = form.child;
        break;
      case "branch":
        if (at === path.length) return endsWith(form.value);
        place = form.children[digitAt(path, at)] ?? null;
        at += 1;
    }
  }
  return { hashes, value: null };
}

export function digitAt(path: string, at: number): number {
  return Number.parseInt(path.charAt(at), 16);
}

/** The greatest number of steps from the root node, found level by level; a shared node is once on each of its levels. */
export function depthOf(trie: Trie): number {
  let depth = 0;
  let level = new Set([trie.root?.node ?? null]);
  while (true) {
    const below = new Set<Node | null>();
    for (const node of level) {
      for (const child of node === null ? [] : childrenOf(node.form)) {
        if (child.node !== null) below.add(child.node);
      }
    }
    if (below.size === 0) return depth;
    depth += 1;
    level = below;
  }
}
