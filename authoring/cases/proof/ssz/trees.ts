/** Trees and pruned trees for the ssz generators. */

import { type TreeShape, treeBottoms } from "../../../../harness/cases/recipes.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import type { Subject } from "../../kit/binary/broken.ts";
import { compactHex, type Pruned, prunedOf, quantity } from "../../kit/binary/pruned.ts";
import { ask } from "../../kit/draft.ts";

export const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** A full tree by recipe, and the claimed nodes. */
export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly seed: number;
  /** Wire form, with recipes. */
  readonly entries: Json;
  readonly keys: readonly string[];
}

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

export function prunedScenario(scenario: Scenario): { root: string; pruned: Pruned } {
  const { root, proof } = prove(scenario, "compact");
  return { root, pruned: prunedOf(proof as string) };
}

/** A pruned tree, honest or forged, in any encoding. `keys` are the claims if the encoding names them. */
export function encodePruned(pruned: Pruned, encoding: EncodingName, keys: readonly string[]): Json {
  const proof = compactHex(pruned);
  const { root } = ask("proof/root", { backend: "ssz", encoding: "compact", proof });
  const claims: JsonObject = encoding === "helpers" ? { keys } : {};
  return ask("proof/convert", { backend: "ssz", from: "compact", to: encoding, root, proof, ...claims }).proof;
}

/** The honest proof of a scenario, to be broken. */
export function subjectOf(encoding: EncodingName, scenario: Scenario): Subject {
  const { id, about, keys } = scenario;
  const { pruned } = prunedScenario(scenario);
  return { id, about, keys, pruned, base: { backend: "ssz", encoding }, ...prove(scenario, encoding) };
}
