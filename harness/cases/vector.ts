/** The content of a vector file, and a case in the form that the harness uses. */
import { METHODS, type Role } from "../../reference/wire/methods.ts";
import type { JsonObject } from "../../runners/lane.ts";

export type Kind = "soundness" | "canonicality" | "completeness" | "dos" | "agreement";
export type Profile = "lenient" | "strict";

export type Expectation = { readonly result: JsonObject } | Rejection;

/** The accepted error classes, the preferred one first, and required members of the details of the preferred one. */
export interface Rejection {
  readonly error: readonly string[];
  readonly details?: JsonObject;
}

/** A case in a vector file; see `schemas/vector.schema.json`. */
export interface CaseText {
  readonly id: string;
  readonly about: string;
  readonly kind: Kind;
  readonly profile?: Profile;
  readonly flags?: readonly string[];
  readonly requirements?: readonly string[];
  /** The module of `params.code` in the text format, if an assembler produced it. */
  readonly wat?: string;
  readonly call: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
  readonly budget?: { readonly proofBytes?: number; readonly hashes?: number };
}

export interface VectorFile {
  readonly schema: "proofhouse/vector/1";
  readonly suite: string;
  readonly theme: string;
  readonly about: string;
  readonly requirements: readonly string[];
  readonly source: string;
  readonly "confirmed-by"?: readonly string[];
  readonly cases: readonly CaseText[];
}

/** A case with the data of its file and its method. The recipes in `params` and `expect` are not expanded. */
export interface VectorCase extends CaseText {
  /** suite/theme/case */
  readonly id: string;
  readonly suite: string;
  readonly theme: string;
  /** Path relative to `vectors/`. */
  readonly file: string;
  readonly role: Role;
  readonly profile: Profile;
  readonly flags: readonly string[];
  /** Those of the file and those of the case. */
  readonly requirements: readonly string[];
}

/** Input: `call`, a method of the interface, as the schema requires. */
export function roleOf(call: string): Role {
  const method = METHODS.get(call);
  if (method === undefined) throw new Error(`unknown method ${call}`);
  return method.role;
}

export function toCase(file: VectorFile, path: string, text: CaseText): VectorCase {
  return {
    ...text,
    id: `${file.suite}/${file.theme}/${text.id}`,
    suite: file.suite,
    theme: file.theme,
    file: path,
    role: roleOf(text.call),
    profile: text.profile ?? "lenient",
    flags: text.flags ?? [],
    requirements: [...new Set([...file.requirements, ...(text.requirements ?? [])])],
  };
}

export function expectsResult(expect: Expectation): expect is { readonly result: JsonObject } {
  return "result" in expect;
}

/**
 * Whether any working implementation should pass the case: it expects a result, and no flag names a known kind of bug. A
 * mutant must pass every honest case.
 */
export function isHonest({ expect, flags }: Pick<VectorCase, "expect" | "flags">): boolean {
  return expectsResult(expect) && flags.length === 0;
}
