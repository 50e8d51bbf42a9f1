/** Writes reports to files: whole or not at all, and never lost. */

import type { Stats } from "node:fs";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
import { nearest } from "../harness/usage/nearest.ts";
import { UsageError } from "../harness/usage/usage-error.ts";
import { displayPath } from "../harness/files/yaml-file.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import { buildReport, type NamedRun } from "./json/report.ts";

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

/** Checks that a file can be written. Throws `UsageError`, in which `name` stands for the file. */
export function checkWritable(path: string, name: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw new UsageError(`${name}: is a folder; expected a file`);
    if (existing !== undefined) accessSync(path, constants.W_OK);
    if (isWrittenDirectly(path, existing)) return;
    const folder = statSync(dirname(path), { throwIfNoEntry: false });
    if (!folder?.isDirectory())
      throw new UsageError(`${name}: there is no folder ${displayPath(resolve(dirname(path)))}`);
    // Permission bits do not tell of a read-only disk, and not everything to someone who may do anything.
    const probe = temporaryFor(path);
    closeSync(openSync(probe, "wx"));
    rmSync(probe);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: cannot be written: ${systemMessage(error)}`);
  }
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

/** Writes a file so that nobody ever sees a part of it. What is no plain file, say a pipe, is written to directly. */
export function writeWhole(path: string, pieces: Iterable<string | Uint8Array>): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (isWrittenDirectly(path, existing)) {
    writePieces(path, "w", pieces);
    return;
  }
  const partial = temporaryFor(path);
  try {
    writePieces(partial, "wx", pieces);
    if (existing !== undefined) chmodSync(partial, existing.mode);
    renameSync(partial, targetOf(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function writePieces(path: string, flag: "w" | "wx", pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(path, flag);
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** A file that is open already, such as /dev/stdout, must not be replaced by another one of its name. */
function isWrittenDirectly(path: string, existing: Stats | undefined): boolean {
  if (existing === undefined) return false;
  return !existing.isFile() || /^\/(?:dev\/(?:fd\/|std)|proc\/)/.test(resolve(path));
}

/** What a link stands for: it stays, and the file behind it is replaced. */
function targetOf(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? realpathSync(path) : path;
}

/** In the same folder, for a rename does not cross from one disk to another. */
function temporaryFor(path: string): string {
  const target = targetOf(path);
  return join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
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

/** What the system said, without the file's name. */
export function systemMessage(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, words] = /^[A-Z0-9]+: ([^,]+)/.exec(message) ?? [];
  return words === undefined ? message : `${words} (${code})`;
}
