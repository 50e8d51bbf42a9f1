import { canonicalJson, sha256Hex } from "../json/canonical-json.ts";
import type { VectorCase } from "./vector.ts";

/** Returns the content address of a case, which does not depend on its id. */
export function caseDigest({ call, params, expect }: VectorCase): string {
  return sha256Hex(canonicalJson({ call, params, expect }));
}
