/** Brings the record up to date with a run. */
import { readKillers, writeKillers, writeSurvivors } from "./record.ts";
import type { StrengthReport } from "./strength.ts";

/** Records the killers that were found, and drops what is known of mutants that are gone or killed now. */
export function updateRecord({ all, killers, survivors, stale, killedThough }: StrengthReport): void {
  const known = readKillers();
  const keys = new Set(all.map(({ key }) => key));
  const machine = new Map([...known.machine, ...killers].filter(([key]) => keys.has(key)));
  writeKillers({ machine, named: known.named });
  const dropped = new Set([...stale, ...killedThough.map(([survivor]) => survivor)]);
  if (dropped.size > 0) writeSurvivors([...survivors.values()].filter((survivor) => !dropped.has(survivor)));
}
