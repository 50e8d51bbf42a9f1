/** Options that several commands share. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Selection } from "../harness/cases/select.ts";
import type { CheckOptions } from "../harness/run/run-manifest.ts";

export interface SelectionOptions {
  readonly case?: string[];
  readonly requirement?: string[];
  readonly flag?: string[];
  readonly role?: string[];
  readonly kind?: string[];
  readonly profile?: "lenient" | "strict";
  readonly vectors?: string;
}

export interface RunOptions extends SelectionOptions {
  readonly minExecuted?: number;
  readonly window?: number;
  readonly timeoutMs?: number;
  readonly maxRestarts?: number;
  readonly json?: true;
  readonly report?: string[];
  readonly expectations?: string | false;
  readonly allFailures?: true;
}

/** Returns a parser for a whole number in the given range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** A parser for an option that may be repeated. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** Default gas of a block: an engine spends it within seconds. */
const DEFAULT_GAS = 1_000_000_000n;

/** A parser for an amount of gas, which is below 2^63. */
function gasAmount(text: string): bigint {
  if (/^[0-9]{1,19}$/.test(text) && BigInt(text) < 2n ** 63n) return BigInt(text);
  throw new InvalidArgumentError("Expected a whole number below 2^63.");
}

export function gasOption(): Option {
  return new Option("--gas <n>", "gas limit of each block").argParser(gasAmount).default(DEFAULT_GAS, `${DEFAULT_GAS}`);
}

export function executionTimeout(): Option {
  return new Option("--timeout-ms <n>", "time limit for all blocks; when it expires, the exit code is 3")
    .argParser(wholeNumber(1, 2 ** 31 - 1))
    .default(600_000, "600000");
}

const SELECTION = "Which cases:";
const RUNNING = "How they run:";
const REPORTING = "What is shown:";

/** Options that select cases. Each may be repeated; a case must match one value of every option. */
export function addSelectionOptions(command: Command): Command {
  return command
    .optionsGroup(SELECTION)
    .option("--case <glob>", "a case id, or a glob over ids in which ** matches slashes", collect)
    .option("--requirement <id>", "cases of a requirement of the specification", collect)
    .option("--flag <name>", "cases with a flag of vectors/flags.yaml", collect)
    .option("--role <role>", "producer, verifier, updater or runtime", collect)
    .option("--kind <kind>", "soundness, canonicality, completeness, dos or agreement", collect)
    .addOption(
      new Option("--profile <profile>", "strict adds the cases of the strict profile").choices(["strict", "lenient"]),
    )
    .option("--vectors <folder>", "a folder of vectors instead of the canonical ones");
}

/** All options of the commands that run implementations. */
export function addRunOptions(command: Command): Command {
  return addSelectionOptions(command)
    .optionsGroup(RUNNING)
    .option(
      "--window <n>",
      "maximum number of requests in flight (default: the manifest's, or 64)",
      wholeNumber(1, 1024),
    )
    .option("--timeout-ms <n>", "time limit for one case (default: the manifest's, or 10000)", wholeNumber(1, 600_000))
    .option(
      "--max-restarts <n>",
      "maximum number of restarts of a process that ended (default: 100)",
      wholeNumber(0, 100_000),
    )
    .option("--min-executed <n>", "fail when fewer cases are executed (default: 1)", wholeNumber(1, 2 ** 31))
    .option("--expectations <file>", "a file of known failures instead of the manifest's")
    .option("--no-expectations", "ignore known failures: report each of them as a failure")
    .optionsGroup(REPORTING)
    .option("--all-failures", "print every failure in full, not only the first 10")
    .option("--json", "print the JSON report on stdout instead of text")
    .option("--report <file>", "write a report: .json, .xml (JUnit) or .md (Markdown); may be repeated", collect);
}

export function toSelection(options: SelectionOptions): Selection {
  const { case: cases = [], requirement = [], flag = [], role = [], kind = [], profile = "lenient" } = options;
  return { cases, requirements: requirement, flags: flag, roles: role, kinds: kind, profile };
}

export function toCheckOptions(options: RunOptions): CheckOptions {
  const { expectations, minExecuted, window, timeoutMs, maxRestarts } = options;
  return { selection: toSelection(options), expectations, minExecuted, window, timeoutMs, maxRestarts };
}

/** A module, and the name under which another module imports from it. */
export interface NamedModule {
  readonly name: string;
  readonly file: string;
}

/** Collects `<name>=<module.wasm>`. */
export function namedModule(text: string, previous: readonly NamedModule[] = []): NamedModule[] {
  const separator = text.indexOf("=");
  if (separator < 1 || separator === text.length - 1) throw new InvalidArgumentError("Expected <name>=<module.wasm>.");
  return [...previous, { name: text.slice(0, separator), file: text.slice(separator + 1) }];
}
