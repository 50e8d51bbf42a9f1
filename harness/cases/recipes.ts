/**
 * Recipes: rules that produce large inputs. A recipe is an object with one member, whose name selects the rule. A bottom node
 * is a node of the produced tree without children.
 *
 *   { random: { seed, length } }          bytes 0 … length − 1 of the random stream
 *   { concat: [bytes, …] }                the concatenated bytes; a list of bytes counts as its items
 *   { chain: [list, …] }                  a list: the concatenated lists
 *   { repeat: { bytes, count } }          `bytes`, `count` times
 *   { nodes: { seed, skip, count, reverse } }   a list: 32-byte blocks skip … skip + count − 1 of the stream
 *   { tree: { seed, count, shape } }      entries: a full tree with `count` bottom nodes
 *   { path: { seed, gindex } }            entries: the node at `gindex` and every sibling on its path
 *   { leaves: { seed, count, depth } }    entries of a sparse tree: `count` keys of `depth` bits (256), and their values
 *   { subtrees: { node, levels: [k, …] } }   a list: for each k, the root of a full tree of k levels whose leaves are all `node`
 *   { sparse: { root, depth, node, entries } }   entries: the listed ones, and every largest subtree beside them
 *   { rlp: { bytes, before, after, count } }   `bytes`, nested `count` times in an RLP list, between `before` and `after`
 *
 * The random stream of a seed is SHA-256(u64-LE seed ‖ u64-LE counter) for counter 0, 1, 2, …, block after block.
 * The values of the bottom nodes of a tree are blocks of the stream, in order from left to right. Its shape grows from the
 * root by splitting one bottom node at a time: the first one (`left`), the last one (`right`), the leftmost of the shallowest
 * ones (`balanced`), or, for `random`, number r mod (bottom nodes so far), where r is the next u64-LE of the stream of
 * seed + 2^32.
 * The keys of `leaves` are blocks of the stream with the bits from `depth` on cleared. The values are blocks of the stream of
 * seed + 2^33.
 * A sparse tree is the subtree at `root` (0x1 by default). Every node at level `depth` of the whole tree is `node`, except
 * those that the entries state.
 */
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../runners/lane.ts";

const TREE_SHAPES = ["left", "right", "balanced", "random"] as const;

export type TreeShape = (typeof TREE_SHAPES)[number];

/** The maximum size of one expanded recipe, so that a vector file cannot exhaust the memory. */
const MAX_EXPANDED_BYTES = 128 * 2 ** 20;

/** The maximum number of levels of a uniform tree, which is the limit of a generalized index. */
const MAX_LEVELS = 1023;

export class RecipeError extends Error {}

/** Returns the first `length` bytes of the stream of `seed`. */
export function randomBytes(seed: bigint, length: number): Buffer {
  checkSize(length);
  const blocks: Buffer[] = [];
  for (let counter = 0n; 32n * counter < BigInt(length); counter++) {
    const input = Buffer.alloc(16);
    input.writeBigUInt64LE(seed, 0);
    input.writeBigUInt64LE(counter, 8);
    blocks.push(createHash("sha256").update(input).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function checkSize(bytes: number): void {
  if (bytes > MAX_EXPANDED_BYTES) {
    throw new RecipeError(`a recipe for ${bytes} bytes; expected at most ${MAX_EXPANDED_BYTES}`);
  }
}

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;

/** Returns the generalized indices of the bottom nodes of a full tree, left to right. */
export function treeBottoms(seed: bigint, count: number, shape: TreeShape): bigint[] {
  const draws = shape === "random" ? randomBytes(seed + 2n ** 32n, 8 * (count - 1)) : undefined;
  const bottoms = [1n];
  for (let split = 0; split < count - 1; split++) {
    const position = splitPosition(bottoms, shape, draws?.readBigUInt64LE(8 * split));
    bottoms.splice(position, 1, 2n * bottoms[position], 2n * bottoms[position] + 1n);
  }
  return bottoms;
}

function splitPosition(bottoms: readonly bigint[], shape: TreeShape, draw: bigint | undefined): number {
  if (draw !== undefined) return Number(draw % BigInt(bottoms.length));
  if (shape === "left") return 0;
  if (shape === "right") return bottoms.length - 1;
  // The smallest gindex is the leftmost bottom node of the shallowest level.
  const [least] = [...bottoms].sort((a, b) => (a < b ? -1 : 1));
  return bottoms.indexOf(least);
}

/** Returns the generalized indices of a node and of the siblings on its path, left to right. */
export function pathBottoms(gindex: bigint): bigint[] {
  const left: bigint[] = [];
  const right: bigint[] = [];
  for (let node = gindex; node > 1n; node >>= 1n) (node & 1n ? left : right).push(node ^ 1n);
  return [...left.reverse(), gindex, ...right];
}

function entriesOf(seed: bigint, bottoms: readonly bigint[]): Json {
  const values = randomBytes(seed, 32 * bottoms.length);
  return bottoms.map((gindex, i) => [quantity(gindex), hex(values.subarray(32 * i, 32 * i + 32))]);
}

/** Returns keys of a sparse tree: the first `depth` bits of blocks of the stream. */
export function leafKeys(seed: bigint, count: number, depth: number): string[] {
  const stream = randomBytes(seed, 32 * count);
  return Array.from({ length: count }, (_, index) => {
    const key = Buffer.from(stream.subarray(32 * index, 32 * index + 32));
    return hex(key.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, depth - 8 * index)))));
  });
}

function leavesOf(seed: bigint, count: number, depth: number): Json {
  const values = randomBytes(seed + 2n ** 33n, 32 * count);
  return leafKeys(seed, count, depth).map((key, i) => [key, hex(values.subarray(32 * i, 32 * i + 32))]);
}

type Arguments = Readonly<Record<string, Json | undefined>>;

const EXPANSIONS: Readonly<Record<string, (argument: Json) => Json>> = {
  random: (argument) => {
    const { seed, length } = argument as Arguments;
    return hex(randomBytes(toSeed(seed), toCount(length)));
  },
  concat: (argument) => `0x${toArray(argument).flatMap(toParts).map(toHexDigits).join("")}`,
  chain: (argument) => toArray(argument).flatMap((part) => toArray(expandRecipes(part))),
  repeat: (argument) => {
    const { bytes, count } = argument as Arguments;
    const digits = toHexDigits(bytes);
    checkSize(digits.length * toCount(count));
    return `0x${digits.repeat(toCount(count))}`;
  },
  nodes: (argument) => {
    const { seed, skip = 0, count, reverse = false } = argument as Arguments;
    const stream = randomBytes(toSeed(seed), 32 * (toCount(skip) + toCount(count)));
    const nodes = Array.from({ length: toCount(count) }, (_, i) => {
      const start = 32 * (toCount(skip) + i);
      return hex(stream.subarray(start, start + 32));
    });
    return reverse ? nodes.reverse() : nodes;
  },
  tree: (argument) => {
    const { seed, count, shape = "random" } = argument as Arguments;
    return entriesOf(toSeed(seed), treeBottoms(toSeed(seed), toCount(count), toShape(shape)));
  },
  path: (argument) => {
    const { seed, gindex } = argument as Arguments;
    return entriesOf(toSeed(seed), pathBottoms(toGindex(gindex)));
  },
  leaves: (argument) => {
    const { seed, count, depth = 256 } = argument as Arguments;
    return leavesOf(toSeed(seed), toCount(count), toCount(depth));
  },
  subtrees: (argument) => {
    const { node, levels } = argument as Arguments;
    const heights = toArray(levels).map(toCount);
    const roots = uniformRoots(toNode(node), Math.max(0, ...heights));
    checkSize(32 * heights.length);
    return heights.map((height) => roots[height]);
  },
  sparse: (argument) => {
    const { root = "0x1", depth, node, entries } = argument as Arguments;
    return sparseEntries(toGindex(root), toCount(depth), toNode(node), toEntries(entries));
  },
  rlp: (argument) => {
    const { bytes, before = "0x", after = "0x", count } = argument as Arguments;
    return nestedLists(toHexDigits(bytes), toHexDigits(before), toHexDigits(after), toCount(count));
  },
};

/** Writes the heads from the innermost list outwards, so that each byte is written once. */
function nestedLists(inner: string, before: string, after: string, count: number): string {
  const outwards: string[] = [];
  let length = inner.length / 2;
  for (let level = 0; level < count; level++) {
    length += (before.length + after.length) / 2;
    const head = listHead(length);
    length += head.length / 2;
    checkSize(length);
    outwards.push(head + before);
  }
  return `0x${outwards.reverse().join("")}${inner}${after.repeat(count)}`;
}

function listHead(length: number): string {
  if (length < 56) return (0xc0 + length).toString(16);
  const digits = length.toString(16);
  const bytes = digits.length % 2 === 0 ? digits : `0${digits}`;
  return `${(0xf7 + bytes.length / 2).toString(16)}${bytes}`;
}

/** Returns the roots of full trees of 0, 1, … `height` levels whose leaves are all `node`. */
function uniformRoots(node: string, height: number): string[] {
  if (height > MAX_LEVELS) throw new RecipeError(`a tree of ${height} levels; expected at most ${MAX_LEVELS}`);
  const roots = [node];
  for (let level = 0; level < height; level++) {
    const child = Buffer.from(roots[level].slice(2), "hex");
    roots.push(hex(createHash("sha256").update(child).update(child).digest()));
  }
  return roots;
}

/** The keys are texts: engines hash a bigint only by its low bits, which deep indices have in common. */
type EntryMap = ReadonlyMap<string, Json>;

function sparseEntries(root: bigint, depth: number, node: string, stated: EntryMap): Json {
  const roots = uniformRoots(node, depth);
  const opened = new Set<string>();
  for (const key of stated.keys()) {
    for (let gindex = BigInt(key) >> 1n; gindex >= root && !opened.has(quantity(gindex)); gindex >>= 1n) {
      opened.add(quantity(gindex));
    }
  }
  const entries: Json[] = [];
  const pending = [root];
  let used = 0;
  for (let gindex = pending.pop(); gindex !== undefined; gindex = pending.pop()) {
    const key = quantity(gindex);
    const value = stated.get(key);
    if (value !== undefined) used += 1;
    if (value === undefined && opened.has(key)) pending.push(2n * gindex + 1n, 2n * gindex);
    else entries.push([key, value ?? uniformRoot(roots, depth, gindex)]);
  }
  if (used < stated.size)
    throw new RecipeError("an entry of a sparse tree is below another entry or outside of the root");
  return entries;
}

function uniformRoot(roots: readonly string[], depth: number, gindex: bigint): string {
  const level = gindex.toString(2).length - 1;
  if (level > depth) {
    throw new RecipeError(`a sparse tree of level ${depth} has no node ${quantity(gindex)}; expected an entry for it`);
  }
  return roots[depth - level];
}

const quantity = (value: bigint): string => `0x${value.toString(16)}`;

function toSeed(value: Json | undefined): bigint {
  return BigInt(toCount(value));
}

function toCount(value: Json | undefined): number {
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw new RecipeError(`a recipe has ${JSON.stringify(value)}; expected a count`);
  }
  return value as number;
}

function toShape(value: Json): TreeShape {
  const shape = TREE_SHAPES.find((name) => name === value);
  if (shape === undefined)
    throw new RecipeError(`a tree has the shape ${JSON.stringify(value)}; expected one of ${TREE_SHAPES.join(", ")}`);
  return shape;
}

function toGindex(value: Json | undefined): bigint {
  if (typeof value !== "string" || !/^0x[1-9a-f][0-9a-f]*$/.test(value)) {
    throw new RecipeError(`a recipe has ${JSON.stringify(value)}; expected a generalized index`);
  }
  return BigInt(value);
}

function toArray(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw new RecipeError(`a recipe has ${JSON.stringify(value)}; expected a list`);
  return value;
}

/** Returns the items of a list of bytes, or of a recipe for a list; any other value as the only item. */
function toParts(value: Json): readonly Json[] {
  const expanded = expandRecipes(value);
  return Array.isArray(expanded) ? expanded : [expanded];
}

function toNode(value: Json | undefined): string {
  const digits = toHexDigits(value);
  if (digits.length !== 64) throw new RecipeError(`a recipe has ${JSON.stringify(value)}; expected a node of 32 bytes`);
  return `0x${digits}`;
}

/** Returns entries by index. */
function toEntries(value: Json | undefined): EntryMap {
  const pairs = toArray(value === undefined ? value : expandRecipes(value)).map((entry): [string, Json] => {
    const [key, node] = toArray(entry);
    return [quantity(toGindex(key)), toNode(node)];
  });
  const entries = new Map(pairs);
  if (entries.size < pairs.length) throw new RecipeError("a sparse tree has two entries with the same index");
  return entries;
}

function toHexDigits(value: Json | undefined): string {
  const expanded = value === undefined ? value : expandRecipes(value);
  if (typeof expanded !== "string" || !/^0x(?:[0-9a-f]{2})*$/.test(expanded)) {
    throw new RecipeError(`a recipe has ${JSON.stringify(value)}; expected bytes`);
  }
  return expanded.slice(2);
}

/** Expands every recipe in `value`; returns `value` itself, not a copy, if it has none. Throws `RecipeError`. */
export function expandRecipes(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return expandItems(value);
  const names = Object.keys(value);
  const [first] = names;
  if (names.length === 1 && Object.hasOwn(EXPANSIONS, first)) return EXPANSIONS[first]((value as JsonObject)[first]);
  let changed: Record<string, Json> | undefined;
  for (const name of names) {
    const member = (value as JsonObject)[name];
    const expanded = expandRecipes(member);
    if (expanded !== member) changed = { ...(changed ?? (value as JsonObject)), [name]: expanded };
  }
  return changed ?? value;
}

function expandItems(items: readonly Json[]): Json {
  return items.some((item) => typeof item === "object" && item !== null) ? items.map(expandRecipes) : items;
}
