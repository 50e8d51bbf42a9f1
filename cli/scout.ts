/** `proofhouse scout`: the test files of Scout, as they are. */
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
/** What a module may state at most: chapter 17. */
const MOST_PAGES = 1024;

const NOTES = `
Modules are looked for relative to the test file. Scout asked only that each expected deposit be among those that were
pushed, and its published files rely on that; so does this, with a warning where the lists differ.

Examples:
  proofhouse scout test.yaml
  proofhouse scout test.yaml --script scripts/hello.wasm=hello.wasm
  proofhouse scout test.yaml --set-maximum 256

Exit codes: 0 as expected, 1 another state, a deposit that is missing or a block that was rejected, 2 wrong use (a module
            that is refused too), 3 this machine could not carry it out.`;

export function addScout(program: Command): void {
  program
    .command("scout")
    .summary("run a test file of Scout")
    .description("Runs the blocks of a Scout test file and compares states and deposits with what it says.")
    .argument("<file>", "the test file, YAML")
    .option("--script <path=module>", "the module for a path that the file names; may be repeated", readScript)
    .option(
      "--set-maximum <pages>",
      "give modules that state no maximum of their memory this one, of 64 KiB each",
      wholeNumber(0, MOST_PAGES),
    )
    .option("--exact-deposits", "fail unless the deposits are those of the file, all of them and in their order")
    .addOption(gasOption())
    .addOption(executionTimeout())
    .option("--json", "the result as JSON")
    .addHelpText("after", NOTES)
    .action(scout);
}

/** The last `=` separates: paths in the files of others may hold one. */
function readScript(text: string, previous: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("Expected <path in the file>=<module.wasm>.");
  const path = text.slice(0, at);
  if (previous.has(path)) throw new InvalidArgumentError(`${path} is given twice.`);
  return new Map([...previous, [path, text.slice(at + 1)]]);
}

async function scout(path: string, options: Options): Promise<void> {
  const { gas, json, exactDeposits = false, script = new Map(), setMaximum } = options;
  const { runApart } = await import("../workbench/execution/apart.ts");
  const task = {
    module: new URL("../workbench/scout/run-scout-file.js", import.meta.url).href,
    name: "runScoutFile",
    args: [path, script, setMaximum, { gasLimit: gas, exactDeposits }],
  };
  const result = (await runApart(task, options.timeoutMs)) as ScoutResult;
  process.exitCode = result.passed ? 0 : FAILED;
  if (json) {
    const { scoutJson } = await import("../report/json/execution.ts");
    return print(`${JSON.stringify(scoutJson(result), null, 2)}\n`);
  }
  const { scoutText } = await import("../report/text/scout.ts");
  const { terminalStyle } = await import("./terminal.ts");
  await printLines(scoutText(path, result, exactDeposits, terminalStyle()));
}
