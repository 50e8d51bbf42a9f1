/** States and the keys to prove in them. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, ask, type Draft, rejected } from "../../kit/draft.ts";
import { ENTRIES, type Entries } from "./world.ts";

export const NAIVE = "test/confirm/state/state.ts";

export const ENCODINGS = ["witness", "eip1186"] as const;
export type EncodingName = (typeof ENCODINGS)[number];

export interface Witness {
  readonly state: readonly string[];
  readonly codes: readonly string[];
  readonly headers: readonly string[];
}

export interface SlotProof {
  readonly key: string;
  readonly value: string;
  readonly proof: readonly string[];
}

export interface AccountProof {
  readonly address: string;
  readonly accountProof: readonly string[];
  readonly balance: string;
  readonly codeHash: string;
  readonly nonce: string;
  readonly storageHash: string;
  readonly storageProof: readonly SlotProof[];
}

export interface Proven<Proof = Json> {
  readonly root: string;
  readonly proof: Proof;
}

export interface Scenario {
  readonly id: string;
  readonly about: string;
  /** By default the whole world. */
  readonly entries?: Entries;
  readonly keys: readonly string[];
  readonly deletes?: readonly string[];
  readonly flag?: string;
}

export function baseOf(encoding: EncodingName, isStrict = false): JsonObject {
  return { backend: "state", encoding, ...(isStrict ? { options: { profile: "strict" } } : {}) };
}

/** The honest root and proof of a scenario. */
export function prove(scenario: Pick<Scenario, "entries" | "keys" | "deletes">, encoding: EncodingName): Proven {
  const { entries = ENTRIES, keys, deletes } = scenario;
  const request = { ...baseOf(encoding), entries, keys, ...(deletes === undefined ? {} : { deletes }) };
  return ask("proof/prove", request as unknown as JsonObject) as unknown as Proven;
}

export function proveWitness(keys: readonly string[], deletes: readonly string[] = []): Proven<Witness> {
  return prove({ keys, deletes }, "witness") as unknown as Proven<Witness>;
}

/** Results of `eth_getProof`, one for each account that the keys name. */
export function proveAccounts(keys: readonly string[]): Proven<{ readonly accounts: readonly AccountProof[] }> {
  return prove({ keys }, "eip1186") as unknown as Proven<{ readonly accounts: readonly AccountProof[] }>;
}

/** Whether an encoding can hold the proof: `eip1186` needs a key, and holds no codes and no nodes besides the paths. */
export function isExpressible({ keys, deletes }: Pick<Scenario, "keys" | "deletes">, encoding: EncodingName): boolean {
  if (encoding === "witness") return true;
  return keys.length > 0 && deletes === undefined && !keys.some((key) => key.length === 44 && key.endsWith("04"));
}

/** One scenario in every legal role: producer, then verifier. */
export function rolesOf(scenario: Scenario, encoding: EncodingName): Draft[] {
  if (!isExpressible(scenario, encoding)) return [];
  const { id, about, entries = ENTRIES, keys, deletes, flag } = scenario;
  const { root, proof } = prove(scenario, encoding);
  const common = { kind: "completeness" as const, ...flagsOf(flag) };
  const base = baseOf(encoding);
  const role = (call: string, what: string, params: object, profile?: "strict"): Draft =>
    accepted({
      ...common,
      ...(profile === undefined ? {} : { profile }),
      id: `${id}-${call}${profile === undefined ? "" : "-strict"}`,
      about: `${what}: ${about}${profile === undefined ? "" : "; in the strict profile"}`,
      call: `proof/${call}`,
      params: { ...base, ...params } as JsonObject,
    });
  const proving = deletes === undefined ? { entries, keys } : { entries, keys, deletes };
  return [
    role("prove", "build a proof", proving),
    ...(encoding === "witness" ? [] : [role("root", "compute the root", { proof })]),
    role("get", "read the keys", { root, proof, keys }),
    role("get", "read the keys", { root, proof, keys, ...baseOf(encoding, true) }, "strict"),
    role("cost", "state the cost", { root, proof }),
  ];
}

export const flagsOf = (flag: string | undefined): { flags?: string[] } =>
  flag === undefined ? {} : { flags: [flag] };

/** A rejected `get`. */
export function refusedRead(
  text: { readonly id: string; readonly about: string; readonly flag: string; readonly isStrict?: boolean },
  encoding: EncodingName,
  own: object,
  ...classes: string[]
): Draft {
  const { id, about, flag, isStrict = false } = text;
  const base = baseOf(encoding, isStrict);
  return rejected(
    {
      id: isStrict ? `${id}-strict` : id,
      about: isStrict ? `${about}; in the strict profile` : about,
      kind: isStrict ? "canonicality" : "soundness",
      ...(isStrict ? { profile: "strict" as const } : {}),
      flags: [flag],
      call: "proof/get",
      params: { ...base, ...own } as JsonObject,
    },
    ...classes,
  );
}

/** A `get` with a result that a faulty program may reject. */
export function answeredRead(
  text: { readonly id: string; readonly about: string; readonly flag?: string; readonly isStrict?: boolean },
  encoding: EncodingName,
  own: object,
): Draft {
  const { id, about, flag, isStrict = false } = text;
  return accepted({
    id: isStrict ? `${id}-strict` : id,
    about: isStrict ? `${about}; in the strict profile` : about,
    kind: "completeness",
    ...(isStrict ? { profile: "strict" as const } : {}),
    ...flagsOf(flag),
    call: "proof/get",
    params: { ...baseOf(encoding, isStrict), ...own } as JsonObject,
  });
}
