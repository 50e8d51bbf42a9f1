/**
 * Pruned binary trees as plain maps, the slow way: the model of the naive `ssz` backend.
 *
 * Source: docs/spec/binary-trees.md and docs/spec/ssz.md. Written without sight of the reference implementation, so that
 * the two agree only because of the specification.
 */
import { GindexMap } from "../gindex-map.ts";
import { fail, hashPair, type Json, type NaiveErrorClass } from "../values.ts";

const GINDEX_LIMIT = 1n << 1024n;

export type Nodes = GindexMap<Buffer>;

export function depthOf(gindex: bigint): number {
  return gindex.toString(2).length - 1;
}

export function checkGindexLimit(gindex: bigint): void {
  if (gindex >= GINDEX_LIMIT) fail("limit-exceeded", "a generalized index has more than 1024 bits");
}

/**
 * Every node of the tree of `bottoms`, with the root at 1, computed by pairing siblings from the deepest level up.
 * Bottom nodes that leave a gap or overlap are not a tree, and are rejected as `classIfNoTree`.
 */
export function allNodes(bottoms: Nodes, classIfNoTree: NaiveErrorClass): Nodes {
  const levels: bigint[][] = [[]];
  const nodes: Nodes = new GindexMap();
  for (const [gindex, node] of bottoms) {
    const depth = depthOf(gindex);
    while (levels.length <= depth) levels.push([]);
    levels[depth]?.push(gindex);
    nodes.set(gindex, node);
  }
  for (let depth = levels.length - 1; depth > 0; depth--) {
    for (const gindex of levels[depth] ?? []) {
      const sibling = nodes.get(gindex ^ 1n);
      if (sibling === undefined) fail(classIfNoTree, `no node at ${quantity(gindex ^ 1n)} beside ${quantity(gindex)}`);
      if (gindex % 2n === 1n) continue;
      const parent = gindex >> 1n;
      if (nodes.has(parent)) fail(classIfNoTree, `${quantity(parent)} is present, and so are nodes below it`);
      nodes.set(parent, hashPair(nodes.get(gindex) as Buffer, sibling));
      levels[depth - 1]?.push(parent);
    }
  }
  if (!nodes.has(1n)) fail(classIfNoTree, "there are no nodes at all");
  return nodes;
}

/**
 * The nodes strictly above `targets`, which a proof of them opens. A proof has one inner node fewer than bottom nodes, so
 * a caller that knows their number limits a hostile list by `maxInner`; the result is `undefined` beyond it.
 */
export function openedBy(targets: Iterable<bigint>, maxInner: number): GindexMap<true> | undefined {
  const opened = new GindexMap<true>();
  for (const target of targets) {
    for (let gindex = target >> 1n; gindex > 0n && !opened.has(gindex); gindex >>= 1n) {
      opened.set(gindex, true);
      if (opened.size > maxInner) return undefined;
    }
  }
  return opened;
}

/** The children of opened nodes that are not opened themselves, in no order; only the root if nothing is opened. */
export function bottomsUnder(opened: GindexMap<true>): bigint[] {
  if (opened.size === 0) return [1n];
  const bottoms: bigint[] = [];
  for (const gindex of opened.keys()) {
    for (const child of [2n * gindex, 2n * gindex + 1n]) if (!opened.has(child)) bottoms.push(child);
  }
  return bottoms;
}

/** The smallest pruned tree with all `targets`, which are nodes of the tree `nodes`. */
export function prune(nodes: Nodes, targets: Iterable<bigint>): Nodes {
  const opened = openedBy(targets, nodes.size) as GindexMap<true>;
  const kept: Nodes = new GindexMap();
  for (const gindex of bottomsUnder(opened)) kept.set(gindex, nodes.get(gindex) as Buffer);
  return kept;
}

/** Two of `gindices` of which the first is a proper ancestor of the second, or undefined. */
export function nestedPair(gindices: Iterable<bigint>): [bigint, bigint] | undefined {
  // In the order of bit strings, a path is directly followed by the paths that start with it, so comparing neighbours is
  // enough (for a repeated path, with its last occurrence).
  const paths = [...gindices].map((gindex) => gindex.toString(2)).sort();
  for (let i = 1; i < paths.length; i++) {
    const above = paths[i - 1] as string;
    const below = paths[i] as string;
    if (below !== above && below.startsWith(above)) return [BigInt(`0b${above}`), BigInt(`0b${below}`)];
  }
  return undefined;
}

export type Step = { gindex: bigint; node: Buffer | undefined };

/** The tree in pre-order; `node` is undefined at an inner node. `bottoms` must be a whole tree. */
export function preOrder(bottoms: Nodes): Step[] {
  const steps: Step[] = [];
  const pending = [1n];
  for (let gindex = pending.pop(); gindex !== undefined; gindex = pending.pop()) {
    const node = bottoms.get(gindex);
    steps.push({ gindex, node });
    if (node === undefined) pending.push(2n * gindex + 1n, 2n * gindex);
  }
  return steps;
}

export function ascending(gindices: Iterable<bigint>): bigint[] {
  return [...gindices].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export function quantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** Undefined unless it is `0x` and minimal lower-case hex. The limit is checked before the number is built. */
export function parseQuantity(value: Json | undefined): bigint | undefined {
  if (typeof value !== "string" || !/^0x(?:0|[1-9a-f][0-9a-f]*)$/.test(value)) return undefined;
  if (value.length > 2 + 1024 / 4) fail("limit-exceeded", "a generalized index has more than 1024 bits");
  return BigInt(value);
}
