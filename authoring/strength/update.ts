/** Updates the record after a run. The results of an interrupted run are correct, and recorded as well. */
import { MUTANTS } from "./mutants/list.ts";
import type { MutantReport } from "./named.ts";
import { readKillers, writeKillers, writeSurvivors } from "./record.ts";
import type { StrengthReport } from "./strength.ts";

/** Records the killers that a run has found, and removes mutants that no longer exist and survivors that are killed. */
export function updateRecord({ all, killers, survivors, stale, wronglyListed }: StrengthReport): void {
  const known = readKillers();
  const keys = new Set(all.map(({ key }) => key));
  const machine = new Map([...known.machine, ...killers].filter(([key]) => keys.has(key)));
  writeKillers({ machine, named: known.named });
  const dropped = new Set([...stale, ...wronglyListed.map(([survivor]) => survivor)]);
  if (dropped.size > 0) writeSurvivors([...survivors.values()].filter((survivor) => !dropped.has(survivor)));
}

/** Records the killers of named mutants, so that the next quick run starts with them. */
export function updateNamed({ mutants }: MutantReport): void {
  const known = readKillers();
  const killed = mutants.filter(({ status }) => status === "killed");
  const found = killed.map(({ name, killedBy }) => [name, killedBy[0]] as const);
  const names = new Set(MUTANTS.map(({ name }) => name));
  const named = new Map([...known.named, ...found].filter(([name]) => names.has(name)));
  writeKillers({ machine: known.machine, named });
}
