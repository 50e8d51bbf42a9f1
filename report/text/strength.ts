/** The strength of the vectors, as a table and as JSON. */
import { REASONS, survivorsText } from "../../authoring/strength/record.ts";
import { isGood, type StrengthReport } from "../../authoring/strength/strength.ts";
import { numberOf, type Style, table } from "./layout.ts";

/** The part of the reference that a file belongs to; each part has a row. */
function partOf(file: string): string {
  const [area, folder, ...rest] = file.split("/");
  return rest.length === 0 ? area : `${area}/${folder}`;
}

interface Row {
  readonly part: string;
  mutants: number;
  killed: number;
  listed: number;
  unlisted: number;
}

function rowsOf({ mutants, killers, survivors }: StrengthReport): Row[] {
  const rows = new Map<string, Row>();
  for (const { file, key } of mutants) {
    const part = partOf(file);
    const row = rows.get(part) ?? { part, mutants: 0, killed: 0, listed: 0, unlisted: 0 };
    rows.set(part, row);
    row.mutants += 1;
    if (killers.has(key)) row.killed += 1;
    else if (survivors.has(key)) row.listed += 1;
    else row.unlisted += 1;
  }
  return [...rows.values()].sort((a, b) => (a.part < b.part ? -1 : 1));
}

function reasonCounts({ mutants, killers, survivors }: StrengthReport): [string, number][] {
  const counts = new Map<string, number>(Object.keys(REASONS).map((reason) => [reason, 0]));
  for (const { key } of mutants) {
    const reason = killers.has(key) ? undefined : survivors.get(key)?.reason;
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 0);
}

/** The share of killed mutants, rounded down to one decimal: 0.939 is 93.9 %. */
function percent(killed: number, mutants: number): string {
  return mutants === 0 ? "100 %" : `${Math.floor((1000 * killed) / mutants) / 10} %`;
}

export function strengthText(report: StrengthReport, style: Style): string[] {
  const { paint } = style;
  const rows = rowsOf(report);
  const header = ["part of reference", "mutants", "killed", "score", "listed"].map((text) => ({
    text,
    paint: paint.dim,
  }));
  const cells = rows.map(({ part, mutants, killed, listed }) =>
    [part, String(mutants), String(killed), percent(killed, mutants), String(listed)].map((text) => ({ text })),
  );
  const reasons = reasonCounts(report).map(([reason, count]) => `  ${String(count).padStart(5)}  ${reason}`);
  return [
    ...table([header, ...cells], { left: [0] }),
    "",
    ...(reasons.length > 0 ? ["listed as survivors, because:", ...reasons, ""] : []),
    // After an interruption, nothing is known about the mutants that did not run.
    ...(report.isInterrupted ? [] : problemLines(report, style)),
    verdictLine(report, style),
  ];
}

function problemLines({ unlisted, wronglyListed, stale }: StrengthReport, { paint }: Style): string[] {
  const lines: string[] = [];
  if (unlisted.length > 0) {
    lines.push(
      paint.bold(
        `${numberOf(unlisted.length, "mutant")} not killed by any vector and not listed in authoring/strength/survivors.yaml:`,
      ),
    );
    lines.push(...survivorsText(unlisted.map((mutant) => ({ ...mutant, reason: "…" }))).split("\n"));
    lines.push(...unlisted.map(({ file, line }) => `  reference/${file}:${line}`), "");
  }
  for (const [{ declaration, original, replacement }, killer] of wronglyListed)
    lines.push(`${paint.red("✗")} listed, but ${killer} kills it: ${declaration}: ${original} → ${replacement}`);
  for (const { declaration, original, replacement } of stale)
    lines.push(`${paint.red("✗")} listed, but no longer a mutant: ${declaration}: ${original} → ${replacement}`);
  return lines.length === 0 ? [] : [...lines, ""];
}

function verdictLine(report: StrengthReport, { paint }: Style): string {
  const { mutants, killers, found, isInterrupted } = report;
  const killed = mutants.filter(({ key }) => killers.has(key)).length;
  const score = `${killed} of ${mutants.length} mutants killed (${percent(killed, mutants.length)})`;
  const searched = found.length > 0 ? `; ${found.length} by a vector that is not recorded (--update records it)` : "";
  if (isInterrupted) return `${paint.red("✗")} ${paint.bold(`interrupted: ${score} so far`)}`;
  if (!isGood(report)) return `${paint.red("✗")} ${paint.bold(score)}${searched}`;
  return `${paint.green("✓")} ${paint.bold(`${score}, all others are listed with a reason`)}${searched}`;
}

export function strengthJson(report: StrengthReport): object {
  const { mutants, killers, unlisted, wronglyListed, stale, isInterrupted } = report;
  return {
    mutants: mutants.length,
    killed: mutants.filter(({ key }) => killers.has(key)).length,
    listed: Object.fromEntries(reasonCounts(report)),
    unlisted: unlisted.map(({ declaration, mutator, original, replacement, nth, file, line }) => ({
      in: declaration,
      mutator,
      original,
      replacement,
      nth,
      place: `reference/${file}:${line}`,
    })),
    wronglyListed: wronglyListed.map(([{ declaration, original, replacement }, killer]) => ({
      in: declaration,
      original,
      replacement,
      killer,
    })),
    stale: stale.map(({ declaration, original, replacement }) => ({ in: declaration, original, replacement })),
    parts: rowsOf(report),
    isInterrupted,
  };
}
