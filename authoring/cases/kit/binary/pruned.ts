/** Pruned trees, which the generators of binary proofs decode, change and encode again. */
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "../../../../harness/cases/recipes.ts";
import { ask } from "../draft.ts";

/** A pruned tree: the shape in pre-order (`1` for a bottom node, `0` for an inner node), and the bottom nodes in hex. */
export interface Pruned {
  readonly shape: string;
  readonly bottoms: readonly string[];
}

/** Returns a pruned tree in the compact encoding. The shape may be invalid. */
export function compactHex({ shape, bottoms }: Pruned): string {
  const padded = shape.padEnd(8 * Math.ceil(shape.length / 8), "0");
  const bytes = (padded.match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2).toString(16).padStart(2, "0"));
  return `0x${bytes.join("")}${bottoms.map((bottom) => bottom.slice(2)).join("")}`;
}

/** Decodes an honest compact proof. */
export function prunedOf(compact: string): Pruned {
  const digits = compact.slice(2);
  let shape = "";
  for (let missing = 1; missing > 0; ) {
    const byte = Number.parseInt(digits.slice(2 * (shape.length >> 3), 2 * (shape.length >> 3) + 2), 16);
    const bit = (byte >> (7 - (shape.length & 7))) & 1;
    missing += bit === 1 ? -1 : 1;
    shape += bit;
  }
  const nodes = digits.slice(2 * Math.ceil(shape.length / 8)).match(/.{64}/g) ?? [];
  return { shape, bottoms: nodes.map((node) => `0x${node}`) };
}

export function rootOf(pruned: Pruned): string {
  return ask("proof/root", { backend: "ssz", encoding: "compact", proof: compactHex(pruned) }).root as string;
}

export const quantity = (value: bigint | number): string => `0x${value.toString(16)}`;

/** Returns SHA-256 of two nodes in hex. */
export function hashPair(left: string, right: string): string {
  return `0x${Buffer.from(sha256(Buffer.from(left.slice(2) + right.slice(2), "hex"))).toString("hex")}`;
}

/** Returns block `index` of the random stream of `seed`. */
export function randomNode(seed: number, index = 0): string {
  return `0x${randomBytes(BigInt(seed), 32 * (index + 1))
    .subarray(32 * index)
    .toString("hex")}`;
}

/** Inverts bit `index` of `hex`, counted from the most significant bit. */
export function flipBit(hex: string, index: number): string {
  const bytes = Buffer.from(hex.slice(2), "hex");
  bytes[index >> 3] ^= 0x80 >> (index & 7);
  return `0x${bytes.toString("hex")}`;
}

/** Returns a copy of `list` with the item at `index` replaced. */
export function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, i) => (i === index ? item : old));
}
