/** `proofhouse check`: one implementation. */
import type { Command } from "commander";
import type { VectorSet } from "../harness/load.ts";
import type { LoadedManifest } from "../harness/manifest.ts";
import { addRunOptions, collect, type RunOptions, toCheckOptions } from "./options.ts";

interface Options extends RunOptions {
  readonly command?: string;
  readonly watch?: true;
  readonly watchPath?: string[];
}

const EXAMPLES = `
Examples:
  proofhouse check implementations/chainsafe-persistent-merkle-tree
  proofhouse check --command "./target/release/my-impl --stdio" --case "proof/ssz/compact/**"
  proofhouse check my-impl/proofhouse.yaml --report report.json --report junit.xml
  proofhouse check my-impl --watch

Exit codes: 0 all good, 1 a conformance failure, 2 wrong use, 3 could not be started or broke the protocol,
            4 over budget only, 130 interrupted, 70 a fault of proofhouse itself.
            A watch that is ended while it waits has the exit code of its last run.`;

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .summary("run the vectors on one implementation")
    .description(
      "Runs the vectors on one implementation, and shows each failure with what was asked, expected and answered.",
    )
    .argument("[manifest]", "a proofhouse.yaml, or the folder that holds one")
    .option(
      "--command <line>",
      "start this program instead, in the current folder; quotes are read, nothing is expanded",
    );
  addRunOptions(command)
    .optionsGroup("Again and again:")
    .option("--watch", "after each change of its files run what failed, then everything; reports are of everything")
    .option(
      "--watch-path <path>",
      "a file or folder to watch in place of those that seem meant; may be repeated",
      collect,
    )
    .addHelpText("after", EXAMPLES)
    .action(check);
}

async function check(path: string | undefined, options: Options, command: Command): Promise<void> {
  if ((path === undefined) === (options.command === undefined)) {
    command.error(
      `error: ${path === undefined ? "nothing to check" : "two things to check"}; expected a manifest or --command`,
    );
  }
  if (options.watch && options.json) {
    command.error(
      "error: --json with --watch: expected --report <file>.json, written anew after each run of everything",
    );
  }
  if (options.watchPath !== undefined && !options.watch)
    command.error("error: --watch-path: expected --watch beside it");
  // Everything that is not needed to start the implementation waits until it has been started.
  const { runManifest } = await import("../harness/check.ts");
  const { loadManifest, manifestOfCommand } = await import("../harness/manifest.ts");
  const { listenForInterruption } = await import("./interruption.ts");
  const { createProgressBar } = await import("./progress-bar.ts");
  const { quoteWord, splitCommandLine } = await import("./command-line.ts");
  const { report: paths = [] } = options;
  const targets = paths.length === 0 ? [] : (await import("../harness/report/write-reports.ts")).checkTargets(paths);

  const target = path === undefined ? `--command ${quoteWord(options.command ?? "")}` : quoteWord(path);
  const load = async (): Promise<LoadedManifest> =>
    path === undefined ? manifestOfCommand(splitCommandLine(options.command ?? "")) : loadManifest(path);
  if (options.watch) {
    const { watchAndTell } = await import("./watch.ts");
    return watchAndTell({ target, targets, paths: options.watchPath ?? [], loadManifest: load }, options);
  }
  const manifest = await load();
  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear);
  let flags: VectorSet["flags"] = {};
  const loadVectorsLate = async (): Promise<VectorSet> => {
    const { loadVectors } = await import("../harness/load.ts");
    const vectors = await loadVectors(options.vectors);
    ({ flags } = vectors);
    return vectors;
  };
  const named = await runManifest(manifest, loadVectorsLate, {
    ...toCheckOptions(options),
    signal,
    onProgress: bar.show,
  }).finally(bar.clear);

  const { deliver, failureContext } = await import("./deliver.ts");
  const { runText } = await import("../harness/report/run-text.ts");
  const { terminalStyle } = await import("./terminal.ts");
  const showAll = "--all-failures shows every one in full";
  const text = () =>
    runText(named, failureContext(target, options, flags), terminalStyle(), {
      maxFailures: options.allFailures ? Number.POSITIVE_INFINITY : 10,
      showAll,
    });
  await deliver({ runs: [named], targets, json: options.json === true, text });
}
