/** Maps, and the keys that are requested. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft } from "../../kit/draft.ts";
import { baseOf, type EncodingName } from "./proofs.ts";

export const NAIVE = "test/confirm/patricia/patricia.ts";

/** Keccak-256 of the RLP of the empty string. */
export const EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

export interface Scenario {
  readonly id: string;
  readonly about: string;
  readonly secure?: boolean;
  /** In wire form, with recipes. */
  readonly entries: Json;
  readonly keys: readonly string[];
  /** A known kind of mistake that the scenario finds, if any. */
  readonly flag?: string;
}

/** Values too long for an embedded node. */
export const valueAt = (index: number): string => randomNode(300, index);

/** A value of one byte. */
export const small = (index: number): string => `0x${(index + 1).toString(16).padStart(2, "0")}`;

/** A key of 32 bytes, and others that part from it at a given nibble and are otherwise random. */
export const DEEP_KEY = randomNode(301);

export function partingAt(nibble: number): string {
  const digits = DEEP_KEY.slice(2);
  const other = (Number.parseInt(digits[nibble], 16) ^ 8).toString(16);
  return `0x${digits.slice(0, nibble)}${other}${randomNode(302, nibble).slice(3 + nibble)}`;
}

export { flipBit };

/** Pairs of keys and values; keys are digits without `0x`. */
export function entriesOf(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).map(([key, value]) => [`0x${key}`, value]);
}

export function optionsFor({ secure }: Pick<Scenario, "secure">, others: JsonObject = {}): JsonObject {
  return { ...(secure === undefined ? {} : { secure }), ...others };
}

export interface Proven {
  readonly root: string;
  readonly proof: Json;
}

/** The honest root and proof of a scenario. */
export function prove(scenario: Scenario, encoding: EncodingName): Proven {
  const { entries, keys } = scenario;
  const request = { ...baseOf(encoding, optionsFor(scenario)), entries, keys };
  return ask("proof/prove", request) as unknown as Proven;
}

/** Whether an encoding can express the scenario: `eip1186` needs at least one key. */
export function isExpressible({ keys }: Pick<Scenario, "keys">, encoding: EncodingName): boolean {
  return keys.length > 0 || encoding !== "eip1186";
}

/** A scenario in every legal role: producer, then verifier. */
export function rolesOf(scenario: Scenario, encoding: EncodingName): Draft[] {
  if (!isExpressible(scenario, encoding)) return [];
  const { id, about, entries, keys, flag } = scenario;
  const { root, proof } = prove(scenario, encoding);
  const common = { kind: "completeness" as const, ...(flag === undefined ? {} : { flags: [flag] }) };
  const base = baseOf(encoding, optionsFor(scenario));
  const role = (call: string, what: string, params: Draft["params"]): Draft =>
    accepted({ ...common, id: `${id}-${call}`, about: `${what}: ${about}`, call: `proof/${call}`, params });
  return [
    role("prove", "build a proof", { ...base, entries, keys }),
    ...(encoding === "witness" ? [] : [role("root", "compute the root", { ...base, proof })]),
    role("get", "read the keys", { ...base, root, proof, keys }),
    role("cost", "state the cost", { ...base, root, proof }),
  ];
}
