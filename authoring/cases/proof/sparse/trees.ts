/** Trees for the sparse generators. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import type { Subject } from "../../kit/binary/broken.ts";
import { compactHex, hashPair, type Pruned, prunedOf, randomNode, rootOf } from "../../kit/binary/pruned.ts";
import { ask } from "../../kit/draft.ts";

export const ENCODINGS = ["compact", "offsets64", "offsets16"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

export const NAIVE = "test/confirm/sparse/sparse.ts";
export const ZERO = `0x${"00".repeat(32)}`;

const MAX_DEPTH = 256;

/** A tree and the requested keys. */
export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly depth: number;
  /** Wire form, with recipes. */
  readonly entries: Json;
  readonly keys: readonly string[];
}

/** The key whose first `depth` bits are those of `index`. */
export function keyAt(index: number, depth: number): string {
  const bits = index.toString(2).padStart(depth, "0").padEnd(MAX_DEPTH, "0");
  return `0x${BigInt(`0b${bits}`).toString(16).padStart(64, "0")}`;
}

/** The value at `index` in a small tree. */
export function valueAt(index: number): string {
  return randomNode(200, index);
}

/** A small tree: leaves at the indices of `present`, keys at those of `requested`. */
export function smallScenario(
  id: string,
  about: string,
  depth: number,
  present: readonly number[],
  requested: readonly number[],
): Scenario {
  const entries = present.map((index) => [keyAt(index, depth), valueAt(index)]);
  return { id, about, depth, entries, keys: requested.map((index) => keyAt(index, depth)) };
}

/** Backend, encoding and depth of a request. The default depth is left out. */
export function baseOf(encoding: EncodingName, depth: number): JsonObject {
  return { backend: "sparse", encoding, ...optionsOf(depth) };
}

export function optionsOf(depth: number, others: JsonObject = {}): JsonObject {
  const options = { ...(depth === MAX_DEPTH ? {} : { depth }), ...others };
  return Object.keys(options).length === 0 ? {} : { options };
}

/** The honest root and proof of a scenario. */
export function prove({ depth, entries, keys }: Scenario, encoding: EncodingName): { root: string; proof: string } {
  return ask("proof/prove", { ...baseOf(encoding, depth), entries, keys }) as { root: string; proof: string };
}

export function prunedScenario(scenario: Scenario): { root: string; pruned: Pruned } {
  const { root, proof } = prove(scenario, "compact");
  return { root, pruned: prunedOf(proof) };
}

/** A pruned tree, honest or forged, canonical or not, in any encoding. */
export function encodePruned(pruned: Pruned, encoding: EncodingName): string {
  const proof = compactHex(pruned);
  const request = { backend: "ssz", from: "compact", to: encoding, root: rootOf(pruned), proof };
  return ask("proof/convert", request).proof as string;
}

/** Z[height], the root of an empty subtree, by its definition. */
export function zeroNode(height: number): string {
  let node = ZERO;
  for (let level = 0; level < height; level++) node = hashPair(node, node);
  return node;
}

/** The honest proof of a scenario, to be broken. */
export function subjectOf(encoding: EncodingName, scenario: Scenario): Subject {
  const { id, about, keys, depth } = scenario;
  const { pruned } = prunedScenario(scenario);
  return { id, about, keys, pruned, base: baseOf(encoding, depth), ...prove(scenario, encoding) };
}

/** The levels of the bottom nodes of a pruned tree, left to right. */
export function bottomLevels({ shape }: Pruned): number[] {
  const pending = [0];
  return [...shape].flatMap((bit) => {
    const level = pending.pop() as number;
    if (bit === "1") return [level];
    pending.push(level + 1, level + 1);
    return [];
  });
}

/** The pruned tree with the bottom node `rank` opened into two. */
export function openBottom({ shape, bottoms }: Pruned, rank: number, children: readonly [string, string]): Pruned {
  const at = [...shape].flatMap((bit, index) => (bit === "1" ? [index] : []))[rank];
  return {
    shape: `${shape.slice(0, at)}011${shape.slice(at + 1)}`,
    bottoms: bottoms.flatMap((node, index) => (index === rank ? children : [node])),
  };
}
