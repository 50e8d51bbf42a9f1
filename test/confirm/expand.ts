/** Expands the recipes of docs/spec/recipes.md. It was written only from that page and shares no code with the harness. */
import { createHash } from "node:crypto";
import type { Json } from "./values.ts";

type Members = Record<string, Json>;

function block(seed: bigint, counter: number): Buffer {
  const input = Buffer.alloc(16);
  input.writeBigUInt64LE(seed, 0);
  input.writeBigUInt64LE(BigInt(counter), 8);
  return createHash("sha256").update(input).digest();
}

const hexBlock = (seed: bigint, counter: number): string => `0x${block(seed, counter).toString("hex")}`;

function byteStream(seed: bigint, length: number): string {
  let digits = "";
  for (let counter = 0; digits.length < 2 * length; counter++) digits += block(seed, counter).toString("hex");
  return `0x${digits.slice(0, 2 * length)}`;
}

/** Returns the paths of the bottom nodes: "1" is the root, and "0" or "1" is appended for each left or right step. */
function grow(seed: bigint, count: number, shape: string): string[] {
  let bottoms = ["1"];
  for (let drawn = 0; bottoms.length < count; drawn++) {
    let index = 0;
    if (shape === "right") index = bottoms.length - 1;
    if (shape === "balanced") {
      bottoms.forEach((path, i) => {
        if (BigInt(`0b${path}`) < BigInt(`0b${bottoms[index]}`)) index = i;
      });
    }
    if (shape === "random") {
      const draw = block(seed + 2n ** 32n, Math.floor(drawn / 4)).readBigUInt64LE(8 * (drawn % 4));
      index = Number(draw % BigInt(bottoms.length));
    }
    bottoms = [...bottoms.slice(0, index), `${bottoms[index]}0`, `${bottoms[index]}1`, ...bottoms.slice(index + 1)];
  }
  return bottoms;
}

function besidePath(path: string): string[] {
  const left: string[] = [];
  const right: string[] = [];
  for (let end = 2; end <= path.length; end++) {
    const parent = path.slice(0, end - 1);
    if (path[end - 1] === "1") left.push(`${parent}0`);
    else right.unshift(`${parent}1`);
  }
  return [...left, path, ...right];
}

/** Returns a block with all bits after the first `depth` cleared. */
function keyBlock(seed: bigint, counter: number, depth: number): string {
  const cleared = BigInt(256 - depth);
  const bits = (BigInt(hexBlock(seed, counter)) >> cleared) << cleared;
  return `0x${bits.toString(16).padStart(64, "0")}`;
}

const randomEntries = (seed: bigint, paths: readonly string[]): Json =>
  paths.map((path, i) => [`0x${BigInt(`0b${path}`).toString(16)}`, hexBlock(seed, i)]);

/** By node, the roots of full trees whose leaves are all this node, by level. */
const uniformRoots = new Map<string, Buffer[]>();

/** Each root has two copies of the root one level below as its children. */
function uniformRoot(node: string, levels: number): string {
  const roots = uniformRoots.get(node) ?? [Buffer.from(node.slice(2), "hex")];
  uniformRoots.set(node, roots);
  while (roots.length <= levels) {
    const below = roots[roots.length - 1];
    roots.push(
      createHash("sha256")
        .update(Buffer.concat([below, below]))
        .digest(),
    );
  }
  return `0x${roots[levels].toString("hex")}`;
}

/** Splits the subtree at `path` as long as an entry is below it. */
function sparse(path: string, depth: number, node: string, entries: readonly (readonly [string, Json])[]): Json[] {
  const below = entries.filter(([entryPath]) => entryPath.startsWith(path));
  const key = `0x${BigInt(`0b${path}`).toString(16)}`;
  if (below.length === 0) return [[key, uniformRoot(node, depth + 1 - path.length)]];
  if (below.length === 1 && below[0]?.[0] === path) return [[key, below[0][1]]];
  return [...sparse(`${path}0`, depth, node, below), ...sparse(`${path}1`, depth, node, below)];
}

/** Wraps `inner` in `count` RLP lists, and writes them from the outermost list inwards. */
function nestedLists(inner: string, before: string, after: string, count: number): string {
  const lengths = [inner.length / 2];
  for (let level = 0; level < count; level++) {
    const payload = (lengths[level] as number) + (before.length + after.length) / 2;
    lengths.push(payload + headOf(payload).length / 2);
  }
  let opening = "";
  for (let level = count; level > 0; level--) {
    opening += headOf((lengths[level - 1] as number) + (before.length + after.length) / 2) + before;
  }
  return opening + inner + after.repeat(count);
}

function headOf(payload: number): string {
  if (payload <= 55) return Buffer.of(192 + payload).toString("hex");
  const length: number[] = [];
  for (let rest = payload; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return Buffer.of(247 + length.length, ...length).toString("hex");
}

function expandOne(name: string, argument: Json): Json | undefined {
  const {
    seed,
    length,
    bytes,
    count,
    skip,
    reverse,
    shape,
    gindex,
    node,
    levels,
    root,
    depth,
    entries,
    before,
    after,
  } = (argument ?? {}) as Members;
  const number = BigInt((seed as number) ?? 0);
  switch (name) {
    case "random":
      return byteStream(number, length as number);
    case "concat":
      return `0x${(expandForConfirmation(argument) as Json[])
        .flat()
        .map((part) => (part as string).slice(2))
        .join("")}`;
    case "rlp": {
      const [inner, first, last] = [bytes, before ?? "0x", after ?? "0x"].map((part) =>
        (expandForConfirmation(part as Json) as string).slice(2),
      ) as [string, string, string];
      return `0x${nestedLists(inner, first, last, count as number)}`;
    }
    case "chain":
      return (expandForConfirmation(argument) as Json[][]).flat();
    case "subtrees":
      return (levels as number[]).map((count) => uniformRoot(node as string, count));
    case "sparse": {
      const pairs = (entries as string[][]).map(([key, value]) => [BigInt(key as string).toString(2), value] as const);
      return sparse(
        BigInt((root as string) ?? "0x1").toString(2),
        depth as number,
        node as string,
        pairs as [string, Json][],
      );
    }
    case "repeat":
      return `0x${(expandForConfirmation(bytes as Json) as string).slice(2).repeat(count as number)}`;
    case "nodes": {
      const nodes = Array.from({ length: count as number }, (_, i) => hexBlock(number, ((skip as number) ?? 0) + i));
      return reverse === true ? nodes.reverse() : nodes;
    }
    case "tree":
      return randomEntries(number, grow(number, count as number, (shape as string) ?? "random"));
    case "path":
      return randomEntries(number, besidePath(BigInt(gindex as string).toString(2)));
    case "leaves":
      return Array.from({ length: count as number }, (_, i) => [
        keyBlock(number, i, (depth as number) ?? 256),
        hexBlock(number + 2n ** 33n, i),
      ]);
    default:
      return undefined;
  }
}

export function expandForConfirmation(value: Json): Json {
  if (Array.isArray(value)) return value.map(expandForConfirmation);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value as Members);
  const expanded = members.length === 1 ? expandOne(...members[0]) : undefined;
  return expanded ?? Object.fromEntries(members.map(([name, member]) => [name, expandForConfirmation(member)]));
}
