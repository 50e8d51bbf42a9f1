/** Writes reports to files: completely or not at all. A report that cannot be written is kept elsewhere. */

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

export interface ReportTarget {
  /** As the user typed it. */
  readonly path: string;
  readonly format: ReportFormat;
}

/** A report that could not be written to its target. */
export interface LostReport {
  readonly target: ReportTarget;
  /** The message of the system. */
  readonly error: string;
  readonly text: string;
  /** The file that contains it instead, if any. */
  readonly rescuedTo: string | undefined;
}

/** Checks that each report can be written, before any case runs. Throws `UsageError`. */
export function checkTargets(paths: readonly string[]): ReportTarget[] {
  const targets = paths.map((path): ReportTarget => {
    const extension = extname(path).toLowerCase();
    const format = FORMATS[extension];
    if (format === undefined) {
      const [similar] = nearest(extension, Object.keys(FORMATS), 1);
      const hint = similar === undefined ? "" : `; did you mean ${similar}?`;
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

/** Writes every report. Returns those that could not be written, each kept elsewhere if possible. */
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
