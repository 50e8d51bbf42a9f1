/** The content address of a case. */
import { canonicalJson, sha256Hex } from "../json/canonical-json.ts";
import type { VectorCase } from "./vector.ts";

/** The content address of a case: it survives a change of its id. */
export function caseDigest({ call, params, expect }: VectorCase): string {
  return sha256Hex(canonicalJson({ call, params, expect }));
}
