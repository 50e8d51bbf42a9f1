/** Writes reports to files: whole or not at all, and never lost. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { checkWritable, systemMessage, writeWhole } from "../harness/files/write-file.ts";
import type { NamedRun } from "../harness/run/outcome.ts";
import { nearest } from "../harness/usage/nearest.ts";
import { UsageError } from "../harness/usage/usage-error.ts";
import { buildReport } from "./json/report.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";

export type ReportFormat = "json" | "junit" | "markdown";

const FORMATS: Readonly<Record<string, ReportFormat>> = { ".json": "json", ".xml": "junit", ".md": "markdown" };

/** Where a report goes. */
export interface ReportTarget {
  /** As the user gave it. */
  readonly path: string;
  readonly format: ReportFormat;
}

/** A report that could not be written where it should be. */
export interface LostReport {
  readonly target: ReportTarget;
  /** What the system said. */
  readonly error: string;
  readonly text: string;
  /** The file that holds it instead, if there is one. */
  readonly rescuedTo: string | undefined;
}

/** Checks, before anything is run, that each report can be written. Throws `UsageError`. */
export function checkTargets(paths: readonly string[]): ReportTarget[] {
  const targets = paths.map((path): ReportTarget => {
    const extension = extname(path).toLowerCase();
    const format = FORMATS[extension];
    if (format === undefined) {
      const [meant] = nearest(extension, Object.keys(FORMATS), 1);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      throw new UsageError(
        `--report ${path}: expected a name that ends in .json, .xml (JUnit) or .md (Markdown)${hint}`,
      );
    }
    return { path, format };
  });
  const seen = new Set<string>();
  for (const { path } of targets) {
    if (seen.has(resolve(path))) throw new UsageError(`--report ${path}: given twice`);
    seen.add(resolve(path));
    checkWritable(path, `--report ${path}`);
  }
  return targets;
}

/** Writes every report. What could not be written is returned, and kept elsewhere if at all possible. */
export function writeReports(targets: readonly ReportTarget[], runs: readonly NamedRun[]): LostReport[] {
  return targets.flatMap((target) => {
    const text = reportText(target.format, runs);
    try {
      writeWhole(target.path, [text]);
      return [];
    } catch (error) {
      return [{ target, error: systemMessage(error), text, rescuedTo: rescue(target.path, text) }];
    }
  });
}

/** The report in one of its formats. */
export function reportText(format: ReportFormat, runs: readonly NamedRun[]): string {
  if (format === "junit") return junitReport(runs);
  if (format === "markdown") return markdownReport(runs);
  return `${JSON.stringify(buildReport(runs), null, 2)}\n`;
}

function rescue(path: string, text: string): string | undefined {
  try {
    const file = join(mkdtempSync(join(tmpdir(), "proofhouse-report-")), basename(path));
    writeFileSync(file, text);
    return file;
  } catch {
    return undefined;
  }
}
