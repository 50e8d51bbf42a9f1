/** The vectors that kill each mutant, and the smallest set that kills all of them. */
import type { MutantReport } from "../../authoring/strength/named.ts";
import { numberOf, type Style, table, wrap } from "./layout.ts";

type Mutant = MutantReport["mutants"][number];

/** The table of mutants, the survivors in full, and the smoke set. Input: `withKills` lists every vector. */
export function mutantText(report: MutantReport, withKills: boolean, style: Style): string[] {
  const { paint, width } = style;
  const { mutants, unjudged, isQuick, smoke, smokeIsMinimal } = report;
  const notKilled = mutants.filter(({ status }) => status !== "killed");
  const smokeTitle = `smoke set: ${numberOf(smoke.length, "vector")} to kill every mutant${smokeIsMinimal ? "; no smaller set does" : ""}`;
  const smokeLines =
    isQuick || unjudged > 0 ? [] : [...wrap(smokeTitle, width).map(paint.bold), ...smoke.map((id) => `  ${id}`), ""];
  return [
    ...(withKills ? mutants.flatMap((mutant) => killLines(mutant, style)) : mutantTable(report, style)),
    "",
    ...notKilled.flatMap((mutant) => [...notKilledLines(mutant, style), ""]),
    ...smokeLines,
    verdictLine(report, style),
  ];
}

function mutantTable({ mutants, isQuick }: MutantReport, { paint, width }: Style): string[] {
  const header = ["mutant", isQuick ? "" : "killed by", isQuick ? "by" : "first"].map((text) => ({
    text,
    paint: paint.dim,
  }));
  const nameWidth = Math.max(...mutants.map(({ name }) => name.length), 6);
  const rows = mutants.map(({ name, status, killedBy }) => [
    { text: name },
    {
      text: status === "killed" && !isQuick ? String(killedBy.length) : status,
      paint: status === "killed" ? paint.green : paint.red,
    },
    { text: endOf(killedBy[0] ?? "", width - nameWidth - 13), paint: paint.dim },
  ]);
  return table([header, ...rows], { left: [0, 2] });
}

/** Cuts the beginning of an id, because its end says more. */
function endOf(id: string, columns: number): string {
  return id.length <= columns ? id : `…${id.slice(id.length - Math.max(8, columns - 1))}`;
}

function killLines({ name, about, killedBy }: Mutant, { paint, width }: Style): string[] {
  return [
    `${paint.bold(name)}  ${killedBy.length}`,
    ...wrap(about, width - 2).map((line) => `  ${paint.dim(line)}`),
    ...killedBy.map((id) => `  ${id}`),
  ];
}

function notKilledLines({ name, about, file, status, failedHonest }: Mutant, { paint, width }: Style): string[] {
  const problem =
    status === "survived" ? "survived: it fails no vector" : "is not a valid mutant: it fails honest cases";
  return [
    `${paint.red("✗")} ${paint.bold(name)} ${problem}`,
    ...wrap(about, width - 2).map((line) => `  ${line}`),
    `  ${paint.dim(file)}`,
    ...failedHonest.slice(0, 5).map((id) => `  ${id}`),
    ...(failedHonest.length > 5 ? [`  … ${failedHonest.length - 5} more`] : []),
  ];
}

function verdictLine({ mutants, unjudged, isQuick }: MutantReport, { paint }: Style): string {
  const count = (status: Mutant["status"]): number => mutants.filter((mutant) => mutant.status === status).length;
  const killed = count("killed");
  if (unjudged > 0) {
    const judged = `interrupted: ${mutants.length} of ${mutants.length + unjudged} mutants judged so far, ${killed} killed`;
    return `${paint.red("✗")} ${paint.bold(judged)}`;
  }
  if (killed === mutants.length)
    return `${paint.green("✓")} ${paint.bold(`all ${killed} mutants are killed and pass every ${isQuick ? "small " : ""}honest case`)}`;
  const others = [`${count("survived")} survived`, `${count("dishonest")} fail honest cases`];
  return `${paint.red("✗")} ${paint.bold(`${killed} of ${mutants.length} mutants are killed; ${others.join(", ")}`)}`;
}
