/**
 * Sparse trees as plain maps, the slow way: the model of the naive `sparse` backend.
 *
 * The name of a node is its path, a string of one "0" or "1" for each level: "" is the root, and a whole key is a path of
 * d bits. A tree is the map of all its nodes, or of all nodes of a proof. A proof *covers* a path that is a leaf or the
 * root of a zero subtree: such a bottom node determines every key below it.
 */
import type { ShapedTree } from "../pruned-encodings.ts";
import { fail, hashPair } from "../values.ts";

export type Nodes = Map<string, Buffer>;

export const MAX_DEPTH = 256;

/** The root of the zero subtree of each height. */
const ZERO: Buffer[] = [Buffer.alloc(32)];
for (let height = 0; height < MAX_DEPTH; height++) {
  const below = ZERO[height] as Buffer;
  ZERO.push(hashPair(below, below));
}

function zeroAt(path: string, depth: number): Buffer {
  return ZERO[depth - path.length] as Buffer;
}

export function isZero(path: string, node: Buffer, depth: number): boolean {
  return node.equals(zeroAt(path, depth));
}

const isCovered = (path: string, node: Buffer, depth: number): boolean =>
  path.length === depth || isZero(path, node, depth);

/** The paths that `bottoms` cover. */
export function coveredBy(bottoms: Nodes, depth: number): string[] {
  return [...bottoms].filter(([path, node]) => isCovered(path, node, depth)).map(([path]) => path);
}

/** The bottom nodes of a decoded proof by their paths. */
export function bottomsOf({ isBottom, bottoms }: ShapedTree, depth: number): Nodes {
  const nodes: Nodes = new Map();
  const pending = [""];
  for (const ends of isBottom) {
    const path = pending.pop() as string;
    if (path.length > depth) fail("malformed", `a node lies below level ${depth}`);
    if (ends) nodes.set(path, bottoms[nodes.size] as Buffer);
    else pending.push(`${path}1`, `${path}0`);
  }
  return nodes;
}

/** The inverse of `bottomsOf`. `bottoms` must be a whole tree. */
export function shapedTree(bottoms: Nodes): ShapedTree {
  const shaped: ShapedTree = { isBottom: [], bottoms: [] };
  const pending = [""];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const node = bottoms.get(path);
    shaped.isBottom.push(node !== undefined);
    if (node !== undefined) shaped.bottoms.push(node);
    else pending.push(`${path}1`, `${path}0`);
  }
  return shaped;
}

const parentOf = (path: string): string => path.slice(0, -1);

/** Every node of the tree of `bottoms`, hashed level by level from the deepest level up. */
export function allNodes(bottoms: Nodes): Nodes {
  const nodes: Nodes = new Map(bottoms);
  const levels: string[][] = [];
  for (const path of bottoms.keys()) {
    while (levels.length <= path.length) levels.push([]);
    levels[path.length]?.push(path);
  }
  for (let level = levels.length - 1; level > 0; level--) {
    for (const parent of new Set(levels[level]?.map(parentOf))) {
      nodes.set(parent, hashPair(nodes.get(`${parent}0`) as Buffer, nodes.get(`${parent}1`) as Buffer));
      levels[level - 1]?.push(parent);
    }
  }
  return nodes;
}

/** Every node of the whole tree that is not zero, and the zero siblings of these nodes. `leaves` are the present ones. */
export function wholeTree(leaves: Nodes, depth: number): Nodes {
  const nodes: Nodes = new Map(leaves);
  let present = [...leaves.keys()];
  for (let level = depth; level > 0; level--) {
    present = [...new Set(present.map(parentOf))];
    for (const parent of present) {
      const children = [`${parent}0`, `${parent}1`].map((path) => nodes.get(path) ?? zeroAt(path, depth));
      const [left, right] = children as [Buffer, Buffer];
      nodes.set(`${parent}0`, left).set(`${parent}1`, right).set(parent, hashPair(left, right));
    }
  }
  return nodes.has("") ? nodes : nodes.set("", zeroAt("", depth));
}

/**
 * The bottom nodes of the smallest pruned tree that covers `paths`: whole keys, or paths that represent all keys below
 * them. A node is opened if a path continues below it, unless it is zero.
 */
export function smallestCovering(nodes: Nodes, paths: Iterable<string>, depth: number): Nodes {
  const leadsOn = new Set<string>();
  for (const path of paths) {
    for (let above = path; above !== "" && !leadsOn.has(parentOf(above)); above = parentOf(above)) {
      leadsOn.add(parentOf(above));
    }
  }
  const bottoms: Nodes = new Map();
  const pending = [""];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const node = nodes.get(path);
    if (node === undefined) throw new Error(`the paths need an unknown node at ${path}`);
    if (leadsOn.has(path) && !isZero(path, node, depth)) pending.push(`${path}1`, `${path}0`);
    else bottoms.set(path, node);
  }
  return bottoms;
}

/** The rule of the specification: it checks every inner node whose children are both bottom nodes. */
export function isCanonical(bottoms: Nodes, depth: number): boolean {
  for (const [path, left] of bottoms) {
    if (!path.endsWith("0")) continue;
    const sibling = `${parentOf(path)}1`;
    const right = bottoms.get(sibling);
    if (right === undefined) continue;
    if (isZero(path, left, depth) && isZero(sibling, right, depth)) return false;
    if (!isCovered(path, left, depth) && !isCovered(sibling, right, depth)) return false;
  }
  return true;
}

/** The path of the bottom node on the path of `key`. */
function bottomTowards(bottoms: Nodes, key: string): string {
  let path = "";
  while (!bottoms.has(path)) path = key.slice(0, path.length + 1);
  return path;
}

/** The value of a key, or `null` if it is absent. Rejects a key that the proof does not cover as `incomplete`. */
export function valueAt(bottoms: Nodes, key: string, depth: number): Buffer | null {
  const path = bottomTowards(bottoms, key);
  const node = bottoms.get(path) as Buffer;
  if (!isCovered(path, node, depth))
    fail("incomplete", `the proof covers nothing below level ${path.length} of ${key}`);
  return isZero(path, node, depth) ? null : node;
}

/** Sets a key that `bottoms` cover, and splits the zero subtree above it if there is one; `null` deletes. */
export function write(bottoms: Nodes, key: string, value: Buffer | null, depth: number): void {
  valueAt(bottoms, key, depth);
  for (let path = bottomTowards(bottoms, key); path.length < depth; path = key.slice(0, path.length + 1)) {
    bottoms.delete(path);
    for (const child of [`${path}0`, `${path}1`]) bottoms.set(child, zeroAt(child, depth));
  }
  bottoms.set(key, value ?? zeroAt(key, depth));
}
