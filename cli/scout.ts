/** `proofhouse scout`: runs the test files of Scout unchanged. */
import { type Command, InvalidArgumentError } from "commander";
import type { ScoutResult } from "../workbench/scout/run-scout.ts";
import { executionTimeout, gasOption, wholeNumber } from "./options.ts";
import { print, printLines } from "./output.ts";

interface Options {
  readonly script?: ReadonlyMap<string, string>;
  readonly setMaximum?: number;
  readonly exactDeposits?: true;
  readonly gas: bigint;
  readonly timeoutMs: number;
  readonly json?: true;
}

const FAILED = 1;
/** The largest memory maximum that docs/spec/modules.md allows. */
const MOST_PAGES = 1024;

const NOTES = `
Paths of modules are relative to the test file. Scout requires only that each expected deposit is among the pushed
deposits, and its published files rely on that. This command does the same, and warns when the lists differ.

Examples:
  proofhouse scout test.yaml
  proofhouse scout test.yaml --script scripts/hello.wasm=hello.wasm
  proofhouse scout test.yaml --set-maximum 256

Exit codes: 0 as expected, 1 a different state, a missing deposit or a rejected block, 2 wrong use (including a refused
            module), 3 this machine could not complete the run.`;

export function addScout(program: Command): void {
  program
    .command("scout")
    .summary("run a test file of Scout")
    .description("Executes the blocks of a Scout test file, and compares states and deposits with those of the file.")
    .argument("<file>", "the test file, YAML")
    .option("--script <path=module>", "the module for a path that the file names; may be repeated", readScript)
    .option(
      "--set-maximum <pages>",
      "memory maximum, in pages of 64 KiB, for modules that state none",
      wholeNumber(0, MOST_PAGES),
    )
    .option("--exact-deposits", "fail unless the pushed deposits equal the list of the file, in the same order")
    .addOption(gasOption())
    .addOption(executionTimeout())
    .option("--json", "print the result as JSON")
    .addHelpText("after", NOTES)
    .action(scout);
}

/** Splits at the last `=`, because a path in the test file may contain one. */
function readScript(text: string, previous: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const separator = text.lastIndexOf("=");
  if (separator < 1 || separator === text.length - 1) {
    throw new InvalidArgumentError("Expected <path in the file>=<module.wasm>.");
  }
  const path = text.slice(0, separator);
  if (previous.has(path)) throw new InvalidArgumentError(`${path} is given twice.`);
  return new Map([...previous, [path, text.slice(separator + 1)]]);
}

async function scout(path: string, options: Options): Promise<void> {
  const { gas, json, exactDeposits = false, script = new Map(), setMaximum } = options;
  const { runInThread } = await import("../workbench/execution/thread.ts");
  const task = {
    module: new URL("../workbench/scout/run-scout-file.js", import.meta.url).href,
    name: "runScoutFile",
    args: [path, script, setMaximum, { gasLimit: gas, exactDeposits }],
  };
  const result = (await runInThread(task, options.timeoutMs)) as ScoutResult;
  process.exitCode = result.passed ? 0 : FAILED;
  if (json) {
    const { scoutJson } = await import("../report/json/execution.ts");
    return print(`${JSON.stringify(scoutJson(result), null, 2)}\n`);
  }
  const { scoutText } = await import("../report/text/scout.ts");
  const { terminalStyle } = await import("./terminal.ts");
  await printLines(scoutText(path, result, exactDeposits, terminalStyle()));
}
