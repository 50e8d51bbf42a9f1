/** A case that occurs in two files of a backend tests nothing more than in one file. */

import type { CaseText, VectorFile } from "../../../harness/cases/vector.ts";
import { canonicalJson } from "../../../harness/json/canonical-json.ts";

/** Drops every case that an earlier file contains. Controls repeat an honest request on purpose. */
export function withoutRepeats(files: readonly VectorFile[]): VectorFile[] {
  const seen = new Set<string>();
  const isNew = ({ id, call, params, expect }: CaseText): boolean => {
    const content = canonicalJson({ call, params, expect });
    if (seen.has(content) && !id.includes("-untouched")) return false;
    seen.add(content);
    return true;
  };
  return files.map((file) => ({ ...file, cases: file.cases.filter(isNew) }));
}
