/** The vector file as data, and a case as the harness uses it. */
import { METHODS, type Role } from "../../reference/wire/methods.ts";
import type { JsonObject } from "../../runners/lane.ts";

export type Kind = "soundness" | "canonicality" | "completeness" | "dos" | "agreement";
export type Profile = "lenient" | "strict";

export type Expectation = { readonly result: JsonObject } | Rejection;

/** Classes that reject rightly, the preferred one first, and what the details of that one must hold at least. */
export interface Rejection {
  readonly error: readonly string[];
  readonly details?: JsonObject;
}

/** A case as the file states it; see `schemas/vector.schema.json`. */
export interface CaseText {
  readonly id: string;
  readonly about: string;
  readonly kind: Kind;
  readonly profile?: Profile;
  readonly flags?: readonly string[];
  readonly requirements?: readonly string[];
  /** The module of `params.code` in the text format, where an assembler has made it. */
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

/** A case with what its file and its call say of it. `params` and `expect` still hold their recipes. */
export interface VectorCase extends CaseText {
  /** suite/theme/case */
  readonly id: string;
  readonly suite: string;
  readonly theme: string;
  /** Path within `vectors/`. */
  readonly file: string;
  readonly role: Role;
  readonly profile: Profile;
  readonly flags: readonly string[];
  /** The file's and the case's own. */
  readonly requirements: readonly string[];
}

/** Input: a method of the interface; the schema has seen that `call` is one. */
export function roleOf(call: string): Role {
  const method = METHODS.get(call);
  if (method === undefined) throw new Error(`no method ${call}`);
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
 * Honest cases are those that any working implementation was written for: a result is expected and no flag points at a
 * known kind of bug. A mutant has to pass them all.
 */
export function isHonest({ expect, flags }: Pick<VectorCase, "expect" | "flags">): boolean {
  return expectsResult(expect) && flags.length === 0;
}
