/** Trees and pruned trees that the ssz generators start from. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Json, JsonObject } from "../../../runners/runner.ts";
import { randomBytes, type TreeShape, treeBottoms } from "../../recipes.ts";
import { ask } from "../draft.ts";

export const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** A full tree by recipe, and the nodes that are claimed in it. */
export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly seed: number;
  /** Wire form, with recipes. */
  readonly entries: Json;
  readonly keys: readonly string[];
}

export const quantity = (value: bigint | number): string => `0x${value.toString(16)}`;

export function treeScenario(
  id: string,
  about: string,
  tree: { readonly seed: number; readonly count: number; readonly shape?: TreeShape },
  keys: readonly bigint[] | ((bottoms: readonly bigint[]) => readonly bigint[]),
): Scenario {
  const bottoms = treeBottoms(BigInt(tree.seed), tree.count, tree.shape ?? "random");
  const claimed = [...(typeof keys === "function" ? keys(bottoms) : keys)].sort((a, b) => (a < b ? -1 : 1));
  return { id, about, seed: tree.seed, entries: { tree }, keys: claimed.map(quantity) };
}

export function pathScenario(id: string, about: string, seed: number, gindex: bigint): Scenario {
  return { id, about, seed, entries: { path: { seed, gindex: quantity(gindex) } }, keys: [quantity(gindex)] };
}

/** The honest root and proof of a scenario. */
export function prove({ entries, keys }: Scenario, encoding: EncodingName): { root: string; proof: Json } {
  const answer = ask("proof/prove", { backend: "ssz", encoding, entries, keys });
  return answer as unknown as { root: string; proof: Json };
}

/** A pruned tree spelled out: pre-order shape, `1` a bottom and `0` an inner node, and the bottoms in hex. */
export interface Pruned {
  readonly shape: string;
  readonly bottoms: readonly string[];
}

/** A pruned tree as the compact encoding; `shape` need not make sense. */
export function compactHex({ shape, bottoms }: Pruned): string {
  const padded = shape.padEnd(8 * Math.ceil(shape.length / 8), "0");
  const bytes = (padded.match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2).toString(16).padStart(2, "0"));
  return `0x${bytes.join("")}${bottoms.map((bottom) => bottom.slice(2)).join("")}`;
}

/** Reads an honest compact proof back. */
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

export function prunedScenario(scenario: Scenario): { root: string; pruned: Pruned } {
  const { root, proof } = prove(scenario, "compact");
  return { root, pruned: prunedOf(proof as string) };
}

/** A pruned tree, honest or forged, in any encoding. `keys` are the claims where the encoding names them. */
export function encodePruned(pruned: Pruned, encoding: EncodingName, keys: readonly string[]): Json {
  const proof = compactHex(pruned);
  const { root } = ask("proof/root", { backend: "ssz", encoding: "compact", proof });
  const claims: JsonObject = encoding === "helpers" ? { keys } : {};
  return ask("proof/convert", { backend: "ssz", from: "compact", to: encoding, root, proof, ...claims }).proof;
}

export function rootOf(pruned: Pruned): string {
  return ask("proof/root", { backend: "ssz", encoding: "compact", proof: compactHex(pruned) }).root as string;
}

/** SHA-256 of two nodes in hex. */
export function hashPair(left: string, right: string): string {
  return `0x${Buffer.from(sha256(Buffer.from(left.slice(2) + right.slice(2), "hex"))).toString("hex")}`;
}

/** A node of the random stream: block number `index` of `seed`. */
export function randomNode(seed: number, index = 0): string {
  return `0x${randomBytes(BigInt(seed), 32 * (index + 1))
    .subarray(32 * index)
    .toString("hex")}`;
}

/** `hex` with bit `index`, counted from the most significant one, inverted. */
export function flipBit(hex: string, index: number): string {
  const bytes = Buffer.from(hex.slice(2), "hex");
  bytes[index >> 3] ^= 0x80 >> (index & 7);
  return `0x${bytes.toString("hex")}`;
}

/** `list` with the item at `index` replaced. */
export function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, i) => (i === index ? item : old));
}
