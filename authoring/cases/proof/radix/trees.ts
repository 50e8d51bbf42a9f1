/** Maps that the radix generators start from, and the keys to prove in them. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft, rejected } from "../../kit/draft.ts";

export const ENCODINGS = ["kmm", "nodes"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

export const NAIVE = "test/confirm/radix/radix.ts";

/** The root of the empty tree. */
export const EMPTY = `0x${"00".repeat(32)}`;

export interface Scenario {
  readonly id: string;
  readonly about: string;
  /** Wire form, with recipes. */
  readonly entries: Json;
  readonly keys: readonly string[];
  readonly deletes?: readonly string[];
  readonly flag?: string;
}

export interface Proven {
  readonly root: string;
  readonly proof: string;
}

export const valueAt = (index: number): string => randomNode(400, index);

/** Pairs of keys and values. Keys are digits without `0x`; the index of a key determines its value. */
export function entriesOf(keys: readonly string[]): [string, string][] {
  return keys.map((key, index) => [`0x${key}`, valueAt(index)]);
}

export const hex = (keys: readonly string[]): string[] => keys.map((key) => `0x${key}`);

export function scenario(
  id: string,
  about: string,
  present: readonly string[],
  asked: readonly string[],
  flag?: string,
): Scenario {
  return { id, about, entries: entriesOf(present), keys: hex(asked), ...(flag === undefined ? {} : { flag }) };
}

/**
 * Keys of one to three bytes. The nodes between bit 0 and the leaves:
 *
 *   bit 0 ─ 0 ─ 00100, bit 6 ─ 10, 13
 *         └ 1 ─ bit 1 ─ 0 ─ 00000, bit 7 ─ 80
 *                     │                  └ bit 8 ─ 8100, 81ff01
 *                     └ 1 ─ c0ffee
 */
export const MIXED_KEYS = ["10", "13", "80", "8100", "81ff01", "c0ffee"] as const;

/** 13 and 81ff01 are present; 18 parts from a prefix, 81 runs out. */
export const MIXED = scenario("mixed", "keys of one to three bytes, present and absent", MIXED_KEYS, [
  "13",
  "18",
  "81",
  "81ff01",
]);

/** A key of 32 bytes. `partingAt` returns keys that part from it at a given bit and are random after that bit. */
export const DEEP_KEY = randomNode(401);

export function partingAt(bit: number): string {
  const bytes = Buffer.from(DEEP_KEY.slice(2), "hex");
  const other = Buffer.from(randomNode(402, bit).slice(2), "hex");
  const at = bit >> 3;
  const kept = 0xff00 >> (bit & 7);
  const flipped = 0x80 >> (bit & 7);
  const below = flipped - 1;
  const parted = (bytes[at] & kept & 0xff) | (~bytes[at] & flipped) | (other[at] & below);
  return `0x${Buffer.concat([bytes.subarray(0, at), Buffer.of(parted), other.subarray(at + 1)]).toString("hex")}`;
}

export function baseOf(encoding: EncodingName, options: JsonObject = {}): JsonObject {
  return { backend: "radix", encoding, ...optionsOf(options) };
}

export function optionsOf(options: JsonObject): JsonObject {
  return Object.keys(options).length === 0 ? {} : { options };
}

/** The backend and encoding parameters of a method. */
export function whereOf(method: string, encoding: EncodingName, options: JsonObject = {}): JsonObject {
  if (method !== "convert") return baseOf(encoding, options);
  return { backend: "radix", from: encoding, to: encoding, ...optionsOf(options) };
}

/** The honest root and proof of a scenario. */
export function prove({ entries, keys, deletes }: Scenario, encoding: EncodingName): Proven {
  const request = { ...baseOf(encoding), entries, keys, ...(deletes === undefined ? {} : { deletes }) };
  return ask("proof/prove", request) as unknown as Proven;
}

export type Text = Omit<Draft, "expect" | "kind">;

export const take = (text: Text): Draft => accepted({ ...text, kind: "completeness" });
export const refuse = (text: Text, ...classes: string[]): Draft => rejected({ ...text, kind: "soundness" }, ...classes);

/** The member `flags`, when there is a flag. */
export const flagged = (flag: string | undefined): { flags?: string[] } =>
  flag === undefined ? {} : { flags: [flag] };

/** One scenario in every legal role: producer, then verifier. */
export function rolesOf(of: Scenario, encoding: EncodingName): Draft[] {
  const { id, about, entries, keys, deletes, flag } = of;
  const { root, proof } = prove(of, encoding);
  const base = baseOf(encoding);
  const role = (call: string, what: string, params: JsonObject): Draft =>
    take({ ...flagged(flag), id: `${id}-${call}`, about: `${what}: ${about}`, call: `proof/${call}`, params });
  return [
    role("prove", "build a proof", { ...base, entries, keys, ...(deletes === undefined ? {} : { deletes }) }),
    ...(encoding === "kmm" ? [role("root", "compute the root", { ...base, proof })] : []),
    role("get", "read the keys", { ...base, root, proof, keys }),
    role("cost", "state the cost", { ...base, root, proof }),
  ];
}
