/**
 * SSZ types as a source of trees: a typed value provides the bottom nodes of its tree and the generalized indices of its
 * parts.
 *
 * Types, trees and roots are those of `@chainsafe/ssz`; nothing here calls the reference. The root comes from the type's own
 * merkleization of the value, and the entries from the tree that the type builds: two ways through the library.
 */
import type { Node } from "@chainsafe/persistent-merkle-tree";
import {
  ArrayType,
  BitArrayType,
  ByteArrayType,
  type CompositeType,
  type CompositeTypeAny,
  ContainerType,
  isCompositeType,
  OptionalType,
  type Type,
  UnionType,
} from "@chainsafe/ssz";
import { quantity } from "../../../kit/binary/pruned.ts";
import { ZEROS } from "../../../kit/binary/uniform-runs.ts";

/** A type and one of its values. */
export interface Typed {
  readonly type: CompositeTypeAny;
  readonly value: unknown;
}

export function typed<Value>(type: CompositeType<Value, unknown, unknown>, value: Value): Typed {
  return { type: type as unknown as CompositeTypeAny, value };
}

/** The root according to the type: `hash_tree_root` of the value. */
export function hashTreeRoot({ type, value }: Typed): string {
  return hex(type.hashTreeRoot(value));
}

/**
 * The bottom nodes of the whole tree, left to right: its leaves, and only the root of a subtree of zeros, so that the unused
 * part of `List[…, 2^40]` takes forty entries. Such a subtree is opened only if it contains one of `keys`.
 */
export function typedEntries({ type, value }: Typed, keys: readonly bigint[] = []): [key: string, node: string][] {
  const entries: [string, string][] = [];
  const pending: [bigint, Node][] = [[1n, type.value_toTree(value)]];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const [gindex, node] = visit;
    const isCut = ZEROS.levels.has(hex(node.root)) && !keys.some((key) => isBelow(key, gindex));
    if (node.isLeaf() || isCut) entries.push([quantity(gindex), hex(node.root)]);
    else pending.push([2n * gindex + 1n, node.right], [2n * gindex, node.left]);
  }
  return entries;
}

/** The node at `gindex` of the tree of the value. */
export function typedNode({ type, value }: Typed, gindex: bigint): string {
  let node = type.value_toTree(value);
  for (const side of gindex.toString(2).slice(1)) node = side === "0" ? node.left : node.right;
  return hex(node.root);
}

/** The step to the length of a list, named as in the consensus specifications. */
const LENGTH = "__len__";

/**
 * The generalized index of a path: `validators[1].effective_balance`, `balances.__len__`, `selector`.
 *
 * A number is the position of an element. Several bits, bytes or basic elements share a chunk, and only the chunk has an
 * index. `value` and `selector` are the two nodes of a union and end the path; an optional has a `value` and a `__len__`.
 */
export function gindexOf(type: CompositeTypeAny, path: string): bigint {
  let gindex = 1n;
  let current: Type<unknown> | undefined = type;
  for (const step of path.match(/\w+/g) ?? []) {
    if (current === undefined || !isCompositeType(current))
      throw new Error(`"${path}": there is nothing below ${step}`);
    const [within, next] = stepInto(current, /^\d+$/.test(step) ? Number(step) : step);
    gindex = concat(gindex, within);
    current = next;
  }
  return gindex;
}

function stepInto(type: CompositeTypeAny, step: string | number): [gindex: bigint, type: Type<unknown> | undefined] {
  if (step === LENGTH && type.isList) return [3n, undefined];
  if (type instanceof OptionalType && step === "value") return [2n, type.elementType];
  if (type instanceof UnionType) return [type.getPropertyGindex(String(step)), undefined];
  if (type instanceof ContainerType && Object.hasOwn(type.fields, step)) {
    return [type.getPropertyGindex(String(step)) as bigint, type.getPropertyType(String(step))];
  }
  const item = typeof step === "number" ? itemOf(type) : undefined;
  if (item === undefined) throw new Error(`${type.typeName} has no ${step}`);
  return [chunkGindex(type, Math.floor((step as number) / item.perChunk)), item.type];
}

/** The number of items in a chunk, and the type below one. */
function itemOf(type: CompositeTypeAny): { perChunk: number; type: Type<unknown> | undefined } | undefined {
  if (type instanceof BitArrayType) return { perChunk: 256, type: undefined };
  if (type instanceof ByteArrayType) return { perChunk: 32, type: undefined };
  if (type instanceof ArrayType) return { perChunk: type.itemsPerChunk, type: type.elementType };
  return undefined;
}

/** The chunks of a list are one level down, beside its length; its depth counts that level. */
function chunkGindex(type: CompositeTypeAny, chunk: number): bigint {
  if (chunk >= type.maxChunkCount) throw new Error(`${type.typeName} has no chunk ${chunk}`);
  return 2n ** BigInt(type.depth) + BigInt(chunk);
}

/** The index of a node, given the index of a subtree's root and the node's index within that subtree. */
function concat(gindex: bigint, within: bigint): bigint {
  const depth = BigInt(within.toString(2).length - 1);
  return (gindex << depth) + within - (1n << depth);
}

function isBelow(gindex: bigint, ancestor: bigint): boolean {
  const levels = gindex.toString(2).length - ancestor.toString(2).length;
  return levels > 0 && gindex >> BigInt(levels) === ancestor;
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex")}`;
}
