/** `proofhouse scout`, from the path of a file to its result; it runs in a thread of its own. */
import { withMaximum } from "../execution/with-maximum.ts";
import { runScout, type ScoutOptions, type ScoutResult } from "./run-scout.ts";
import { loadScoutTest } from "./scout-file.ts";

/** Input: `scripts` as for `loadScoutTest`; `pages` is given to memories without a maximum. Errors: UsageError; NodeFault. */
export async function runScoutFile(
  path: string,
  scripts: ReadonlyMap<string, string>,
  pages: number | undefined,
  options: ScoutOptions,
): Promise<ScoutResult> {
  const mend = (code: Uint8Array): Uint8Array => (pages === undefined ? code : withMaximum(code, pages));
  return runScout(await loadScoutTest(path, { scripts, mend }), options);
}
