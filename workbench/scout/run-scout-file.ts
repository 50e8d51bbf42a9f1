/** The part of `proofhouse scout` that runs in a separate thread. */
import { withMaximum } from "../execution/with-maximum.ts";
import { runScout, type ScoutOptions, type ScoutResult } from "./run-scout.ts";
import { loadScoutTest } from "./scout-file.ts";

/**
 * Input:  `scripts` as for `loadScoutTest`; `pages`, the maximum for memories that state none.
 * Errors: UsageError; NodeFault.
 */
export async function runScoutFile(
  path: string,
  scripts: ReadonlyMap<string, string>,
  pages: number | undefined,
  options: ScoutOptions,
): Promise<ScoutResult> {
  const edit = (code: Uint8Array): Uint8Array => (pages === undefined ? code : withMaximum(code, pages));
  return runScout(await loadScoutTest(path, { scripts, edit }), options);
}
