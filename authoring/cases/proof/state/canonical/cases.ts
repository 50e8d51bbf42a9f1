/** A proof that is not canonical, in every method and both profiles. */
import type { JsonObject } from "../../../../../runners/lane.ts";
import { accepted, type Draft, rejected } from "../../../kit/draft.ts";
import { baseOf, type EncodingName } from "../scenarios.ts";

/** A proof that is not canonical. */
export interface Other {
  readonly id: string;
  readonly about: string;
  readonly proof: unknown;
  readonly flag: string;
  /** The classes in the strict profile; by default `non-canonical`. */
  readonly strict?: readonly string[];
  /** Whether its lists begin with different nodes, so that it has no root. */
  readonly isWithoutRoot?: boolean;
}

export interface Subject {
  readonly encoding: EncodingName;
  readonly root: string;
  readonly keys: readonly string[];
  /** Whether the proof can be written to: its nodes are canonical. */
  readonly isWritable: boolean;
}

/** Each method in the lenient profile, and in the strict one. */
export function casesOf(
  { encoding, root, keys, isWritable }: Subject,
  { id, about, proof, flag, strict, isWithoutRoot = false }: Other,
): Draft[] {
  const methods: Readonly<Record<string, object>> = {
    get: { root, proof, keys },
    cost: { root, proof },
    ...(encoding === "eip1186" && !isWithoutRoot ? { root: { proof } } : {}),
    ...(isWritable
      ? { update: { root, proof, writes: [] }, transact: { root, proof, steps: [{ get: keys[0] }, { root: true }] } }
      : {}),
  };
  return Object.entries(methods).flatMap(([method, own]) => {
    const text = {
      id: `${id}-${method}`,
      about: `${method}: ${about}`,
      kind: "canonicality" as const,
      flags: [flag],
      call: `proof/${method}`,
      params: { ...baseOf(encoding), ...own } as JsonObject,
    };
    const inStrict = {
      ...text,
      id: `${text.id}-strict`,
      about: `${text.about}; in the strict profile`,
      profile: "strict" as const,
      params: { ...text.params, ...baseOf(encoding, true) },
    };
    return [accepted(text), rejected(inStrict, ...(strict ?? ["non-canonical"]))];
  });
}
