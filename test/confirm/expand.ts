/** Carries out the recipes of CONFORMANCE.md, chapter 12, from its text alone; shares no code with the harness. */
import { createHash } from "node:crypto";
import type { Json } from "./naive-values.ts";

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

/** A tree as nested pairs of path strings: "1" is the root, and "0" or "1" is added for each side taken. */
function grow(seed: bigint, count: number, shape: string): string[] {
  let bottoms = ["1"];
  for (let drawn = 0; bottoms.length < count; drawn++) {
    let at = 0;
    if (shape === "right") at = bottoms.length - 1;
    if (shape === "balanced") {
      bottoms.forEach((path, i) => {
        if (BigInt(`0b${path}`) < BigInt(`0b${bottoms[at]}`)) at = i;
      });
    }
    if (shape === "random") {
      const draw = block(seed + 2n ** 32n, Math.floor(drawn / 4)).readBigUInt64LE(8 * (drawn % 4));
      at = Number(draw % BigInt(bottoms.length));
    }
    bottoms = [...bottoms.slice(0, at), `${bottoms[at]}0`, `${bottoms[at]}1`, ...bottoms.slice(at + 1)];
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

/** The first `depth` bits of a block, the rest cleared. */
function keyBlock(seed: bigint, counter: number, depth: number): string {
  const cleared = BigInt(256 - depth);
  const bits = (BigInt(hexBlock(seed, counter)) >> cleared) << cleared;
  return `0x${bits.toString(16).padStart(64, "0")}`;
}

const entries = (seed: bigint, paths: readonly string[]): Json =>
  paths.map((path, i) => [`0x${BigInt(`0b${path}`).toString(16)}`, hexBlock(seed, i)]);

/** The roots of empty subtrees, from height 0 up to the highest asked for so far. */
const zeroNodes = [Buffer.alloc(32)];

function zeroNode(height: number): Buffer {
  while (zeroNodes.length <= height) {
    const below = zeroNodes[zeroNodes.length - 1];
    zeroNodes.push(createHash("sha256").update(Buffer.concat([below, below])).digest());
  }
  return zeroNodes[height];
}

function expandOne(name: string, argument: Json): Json | undefined {
  const { seed, length, bytes, count, skip, reverse, shape, gindex, depth } = (argument ?? {}) as Members;
  const number = BigInt((seed as number) ?? 0);
  switch (name) {
    case "random":
      return byteStream(number, length as number);
    case "concat":
      return `0x${(argument as Json[]).map((part) => (expandForConfirmation(part) as string).slice(2)).join("")}`;
    case "repeat":
      return `0x${(bytes as string).slice(2).repeat(count as number)}`;
    case "nodes": {
      const nodes = Array.from({ length: count as number }, (_, i) => hexBlock(number, ((skip as number) ?? 0) + i));
      return reverse === true ? nodes.reverse() : nodes;
    }
    case "zeros":
      return `0x${(argument as number[]).map((height) => zeroNode(height).toString("hex")).join("")}`;
    case "tree":
      return entries(number, grow(number, count as number, (shape as string) ?? "random"));
    case "path":
      return entries(number, besidePath(BigInt(gindex as string).toString(2)));
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
