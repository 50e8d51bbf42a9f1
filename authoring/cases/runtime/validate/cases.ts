/** Cases of `runtime/validate`. */

import type { Kind, VectorFile } from "../../../../harness/cases/vector.ts";
import type { ModuleReason } from "../../../../reference/runtime/faults.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, rejected, rejectedWith, stated, vectorFile } from "../../kit/draft.ts";
import { assemble } from "../../kit/wat.ts";
import { type Bytes, toJson } from "./bytes.ts";

/** A module, as text or as bytes, and the expected verdict. */
export interface ModuleCase {
  readonly id: string;
  readonly about: string;
  readonly wat?: string;
  readonly code?: Bytes;
  /** The expected reason; `any` if several faults may be reported. Left out if the module is accepted. */
  readonly reason?: ModuleReason | "any";
  /** Of the error, besides the reason. */
  readonly details?: JsonObject;
  readonly role?: string;
  readonly libraries?: Json;
  readonly kind?: Kind;
  readonly flags?: readonly string[];
  readonly requirements?: readonly string[];
}

export const CONFIRMED_BY = ["WebAssembly.validate", "wabt"];

async function toDraft(text: ModuleCase): Promise<Draft> {
  const { id, about, wat, code, reason, details = {}, role, libraries, flags, requirements } = text;
  const params = {
    code: wat === undefined ? toJson(code ?? []) : `0x${Buffer.from(await assemble(wat)).toString("hex")}`,
    ...(role === undefined ? {} : { role }),
    ...(libraries === undefined ? {} : { libraries }),
  };
  const kind = text.kind ?? (reason === undefined ? "completeness" : "soundness");
  const draft = {
    id,
    about,
    kind,
    ...(flags === undefined ? {} : { flags }),
    ...(requirements === undefined ? {} : { requirements }),
    ...(wat === undefined ? {} : { wat }),
    call: "runtime/validate",
    params,
  };
  if (reason === undefined) return stated(draft, {});
  if (reason === "any") return rejected(draft, "invalid-module");
  return rejectedWith(draft, "invalid-module", { reason, ...details });
}

export async function moduleFile(
  source: string,
  text: { readonly theme: string; readonly about: string; readonly requirements: readonly string[] },
  cases: readonly ModuleCase[],
): Promise<VectorFile> {
  const drafts = await Promise.all(cases.map(toDraft));
  return vectorFile(`authoring/cases/runtime/${source}`, CONFIRMED_BY, { suite: "runtime/validate", ...text }, drafts);
}

/** Adds flags to the cases that have none. */
export function flagged(flags: readonly string[], cases: readonly ModuleCase[]): ModuleCase[] {
  return cases.map((one) => ({ flags, ...one }));
}

/** An environment in the text format: a memory of one page, an empty `main`, and these fields. */
export function environment(fields: string): string {
  return `(module (memory (export "memory") 1 1) (func (export "main")) ${fields})`;
}
