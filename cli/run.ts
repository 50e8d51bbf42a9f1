/** `proofhouse run`: executes blocks in one execution environment. */
import { type Command, Option } from "commander";
import type { EngineName } from "../workbench/execution/observed-engine.ts";
import type { RunInput } from "../workbench/execution/prepare-sequence.ts";
import type { BlockReport } from "../workbench/execution/run-sequence.ts";
import { collect, executionTimeout, gasOption, namedModule } from "./options.ts";
import { print, printLines, warn } from "./output.ts";

interface Options {
  readonly data?: string[];
  readonly preStateRoot?: string;
  readonly state?: string;
  readonly saveProof?: string;
  readonly library?: { readonly name: string; readonly file: string }[];
  readonly gas: bigint;
  readonly timeoutMs: number;
  readonly engine?: EngineName;
  readonly profile?: true;
  readonly json?: true;
}

const FAILED = 1;

const NOTES = `
Repeat --data for each block. Each block starts from the post-state of the previous block, and a rejected block ends
the run. docs/runtime.md shows how to write and run your own environment.

Examples:
  proofhouse run counter.wasm --data 0x0500000000000000 --data 0x0700000000000000
  proofhouse run my.wasm --data @block.bin --profile
  proofhouse run token.wasm --state accounts.yaml --data @transfers.bin --save-proof proof.yaml

Exit codes: 0 every block was executed, 1 a block was rejected, 2 usage error (including a rejected module),
            3 this machine could not complete the run.`;

export function addRun(program: Command): void {
  program
    .command("run")
    .summary("execute blocks in an execution environment")
    .description(
      "Executes blocks in an execution environment, and prints roots, deposits, gas, host calls and the log.",
    )
    .argument("<module>", "the environment, a WebAssembly module")
    .option(
      "--data <hex>",
      "the data of a block, or @file for the bytes of a file; may be repeated (default: one empty block)",
      collect,
    )
    .option("--pre-state-root <hex>", "32 bytes (default: zeros, or the root of the entries of --state)")
    .option("--state <file>", "the state for `proof.*`: a YAML file with backend, encoding, and entries or a proof")
    .option("--save-proof <file>", "write a state file with the proof that the block needs from the entries of --state")
    .option("--library <name=module>", "a module that the environment may import from; may be repeated", namedModule)
    .addOption(gasOption())
    .addOption(executionTimeout())
    .addOption(new Option("--engine <name>", "the engine, v8 by default").choices(["v8", "interpreter"]))
    .option("--profile", "print the gas of each function; uses the interpreter, which is slower")
    .option("--json", "print the result as JSON")
    .addHelpText("after", NOTES)
    .action(run);
}

async function run(module: string, options: Options, command: Command): Promise<void> {
  const { data = [], gas: gasLimit, library = [], preStateRoot, profile, json } = options;
  if (profile && options.engine === "v8") {
    command.error("error: --profile with --engine v8: only the interpreter measures the gas of a function");
  }
  const { runInThread } = await import("../workbench/execution/thread.ts");
  const engine = profile ? "interpreter" : (options.engine ?? "v8");
  const input: RunInput = { module, libraries: library, data, preStateRoot, state: options.state };
  const task = {
    module: new URL("../workbench/execution/run-input.js", import.meta.url).href,
    name: "runInput",
    args: [input, { gasLimit, engine }, options.saveProof],
  };
  const reports = (await runInThread(task, options.timeoutMs)) as readonly BlockReport[];
  const isExecuted = reports.every(({ outcome }) => outcome.kind === "executed");
  process.exitCode = isExecuted ? 0 : FAILED;
  if (options.saveProof !== undefined && !isExecuted) {
    warn(`${options.saveProof}: not written, because the block is rejected`);
  }
  if (json) {
    const { blockJson } = await import("../report/json/execution.ts");
    return print(`${JSON.stringify({ blocks: reports.map(blockJson) }, null, 2)}\n`);
  }
  const { blockText } = await import("../report/text/execution.ts");
  const { terminalStyle } = await import("./terminal.ts");
  const style = terminalStyle();
  await printLines(reports.flatMap((report, index) => blockText(report, index, gasLimit, style)));
}
