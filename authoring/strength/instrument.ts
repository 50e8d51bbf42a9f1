/**
 * Machine-made mutants: every change that Stryker's instrumenter makes in the compiled files of the reference.
 *
 * The instrumenter writes code with all mutants at once, each behind a call of a helper function. These calls are rewritten to
 * comparisons and counters, because the helpers would take most of the time of a hot loop.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { packagePath } from "../../harness/files/package-root.ts";
import { Declarations, type NodePath } from "./declarations.ts";
import type { Range } from "./edit.ts";
import { excludedMutators, ruleFor } from "./exclusions.ts";
import { keysOf, type MachineMutant } from "./mutant-key.ts";

export interface Instrumented {
  readonly mutants: readonly MachineMutant[];
  /** Sources by compiled file: one build counts the mutants that are reached, the other switches the active mutant. */
  readonly coverage: ReadonlyMap<string, string>;
  readonly switched: ReadonlyMap<string, string>;
  /** The ranges of functions, by file. */
  readonly functions: ReadonlyMap<string, readonly Range[]>;
}

/** The folder of the compiled reference. */
const REFERENCE = new URL("../../reference/", import.meta.url);

/** The compiled files of the reference, sorted. */
function referenceFiles(): string[] {
  return readdirSync(fileURLToPath(REFERENCE), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".js") && existsAsSource(name))
    .sort();
}

/** `dist` can still hold files whose source was renamed or deleted. */
function existsAsSource(name: string): boolean {
  return SOURCES.has(name.replace(/\.js$/, ".ts"));
}

const SOURCES: ReadonlySet<string> = new Set(
  readdirSync(packagePath("reference"), {
    recursive: true,
    encoding: "utf8",
  }).map((name) => name.replaceAll("\\", "/")),
);

export function readReference(file: string): string {
  return readFileSync(new URL(file, REFERENCE), "utf8");
}

const SILENT = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };

/** Input: the files of the reference by path, by default all compiled files. */
export async function instrumentReference(
  sources: ReadonlyMap<string, string> = new Map(referenceFiles().map((file) => [file, readReference(file)])),
): Promise<Instrumented> {
  const instrumented = new Map<string, string>();
  const mutants: Omit<MachineMutant, "key" | "nth">[] = [];
  const ids: string[] = [];
  const functions = new Map<string, readonly Range[]>();
  for (const [file, source] of sources) {
    const declarations = new Declarations();
    const ignorer = {
      shouldIgnore(path: unknown): string | undefined {
        declarations.visit(path as NodePath);
        return ruleFor(path as NodePath);
      },
    };
    const instrumenter = new Instrumenter(SILENT as never);
    const result = await instrumenter.instrument([{ name: file, mutate: true, content: source }], {
      excludedMutations: excludedMutators(),
      ignorers: [ignorer],
      noHeader: true,
      plugins: null,
    });
    const lines = lineStarts(source);
    const kept = result.mutants.filter(({ status }) => status !== "Ignored");
    // The instrumenter also numbers the mutants that it ignores.
    const numbers = new Map(kept.map(({ id }, index) => [id, ids.length + index]));
    for (const { id, location, mutatorName, replacement } of kept) {
      const start = lines[location.start.line] + location.start.column;
      const end = lines[location.end.line] + location.end.column;
      mutants.push({
        file,
        start,
        end,
        replacement,
        mutator: mutatorName,
        original: source.slice(start, end),
        declaration: declarations.around(start, end),
        line: location.start.line + 1,
      });
      ids.push(id);
    }
    functions.set(file, declarations.functions);
    instrumented.set(file, renumber(result.files[0].content, numbers));
  }
  return {
    mutants: keysOf(mutants),
    coverage: new Map([...instrumented].map(([file, code]) => [file, inlineCounters(code)])),
    switched: new Map([...instrumented].map(([file, code]) => [file, inlineChecks(code)])),
    functions,
  };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

const CALL = /stry(MutAct|Cov)_9fa48\(([^)]*)\)/g;

/** Replaces the numbers, which the instrumenter starts again for each file. */
function renumber(code: string, numbers: ReadonlyMap<string, number>): string {
  return code.replace(CALL, (_, helper: string, args: string) => {
    const renamed = args.split(", ").map((quoted) => {
      const number = numbers.get(JSON.parse(quoted));
      if (number === undefined) throw new Error(`the instrumented code names a mutant ${quoted} that is not listed`);
      return `"${number}"`;
    });
    return `stry${helper}_9fa48(${renamed.join(", ")})`;
  });
}

function inlineCounters(code: string): string {
  const inlined = code.replace(CALL, (_, helper: string, args: string) => {
    if (helper === "MutAct") return "false";
    const counters = args.split(", ").map((quoted) => `$hits[${JSON.parse(quoted)}]++`);
    return `(${counters.join(", ")})`;
  });
  return withSwitch("hits as $hits", inlined);
}

function inlineChecks(code: string): string {
  const inlined = code.replace(CALL, (_, helper: string, args: string) =>
    helper === "MutAct" ? `($active === ${JSON.parse(args)} && $hit())` : "0",
  );
  return withSwitch("active as $active, hit as $hit", inlined);
}

function withSwitch(names: string, code: string): string {
  return `import { ${names} } from ${JSON.stringify(new URL("./switch.js", import.meta.url).href)};\n${code}`;
}
