/** `proofhouse check`: one implementation. */
import type { Command } from "commander";
import type { VectorSet } from "../harness/cases/load.ts";
import type { LoadedManifest } from "../harness/subject/manifest.ts";
import { addRunOptions, collect, type RunOptions, toCheckOptions } from "./options.ts";

interface Options extends RunOptions {
  readonly command?: string;
  readonly module?: string;
  readonly reference?: true;
  readonly watch?: true;
  readonly watchPath?: string[];
}

const EXAMPLES = `
Examples:
  proofhouse check implementations/chainsafe-persistent-merkle-tree
  proofhouse check --command "./target/release/my-impl --stdio" --case "proof/ssz/compact/**"
  proofhouse check my-impl/proofhouse.yaml --report report.json --report junit.xml
  proofhouse check my-impl --watch
  proofhouse check --module ./my-impl.mjs

Exit codes: 0 all good, 1 a conformance failure, 2 wrong use, 3 could not be started or broke the protocol,
            4 over budget only, 130 interrupted, 70 a bug in proofhouse.
            A watch that is stopped while it waits for a change returns the exit code of its last run.`;

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .summary("run the vectors against one implementation")
    .description(
      "Runs the vectors against one implementation, and prints the request, the expectation and the answer of each failure.",
    )
    .argument("[manifest]", "a proofhouse.yaml, or the folder that contains one")
    .option(
      "--command <line>",
      "start this program instead, in the current folder; quotes are honoured, nothing is expanded",
    )
    .option("--module <file>", "import this JavaScript module instead; it runs in this process and cannot be stopped")
    .option("--reference", "check the executable specification itself, and count every hash");
  addRunOptions(command)
    .optionsGroup("Watch mode:")
    .option("--watch", "after each change, run the failed cases, then all cases; reports cover all cases")
    .option(
      "--watch-path <path>",
      "a file or folder to watch instead of the paths that the manifest or command implies; may be repeated",
      collect,
    )
    .addHelpText("after", EXAMPLES)
    .action(check);
}

async function check(path: string | undefined, options: Options, command: Command): Promise<void> {
  const count = [path, options.command, options.module, options.reference].filter((one) => one !== undefined).length;
  if (count !== 1) {
    command.error(
      `error: ${count === 0 ? "nothing" : "more than one thing"} to check; expected a manifest, --command, --module or --reference`,
    );
  }
  if (options.watch && (options.module !== undefined || options.reference)) {
    command.error("error: --watch: an imported module cannot be reloaded; expected a manifest or --command");
  }
  if (options.watch && options.json) {
    command.error("error: --json with --watch: expected --report <file>.json, rewritten after each run of all cases");
  }
  if (options.watchPath !== undefined && !options.watch) command.error("error: --watch-path: expected --watch as well");
  // Loads first only the code that starts the implementation, so that it starts as early as possible.
  const { runManifest } = await import("../harness/run/run-manifest.ts");
  const { loadManifest, manifestOfCommand, manifestOfModule, manifestOfReference } = await import(
    "../harness/subject/manifest.ts"
  );
  const { listenForInterruption } = await import("./interruption.ts");
  const { createProgressBar } = await import("./progress-bar.ts");
  const { quoteWord, splitCommandLine } = await import("./command-line.ts");
  const { report: paths = [] } = options;
  const targets = paths.length === 0 ? [] : (await import("../report/write-reports.ts")).checkTargets(paths);

  const { command: line, module } = options;
  const target =
    path !== undefined
      ? quoteWord(path)
      : line !== undefined
        ? `--command ${quoteWord(line)}`
        : module !== undefined
          ? `--module ${quoteWord(module)}`
          : "--reference";
  const load = async (): Promise<LoadedManifest> => {
    if (path !== undefined) return loadManifest(path);
    if (line !== undefined) return manifestOfCommand(splitCommandLine(line));
    return module === undefined ? manifestOfReference() : manifestOfModule(module);
  };
  if (options.watch) {
    const { watchAndReport } = await import("./watch.ts");
    return watchAndReport({ target, targets, paths: options.watchPath ?? [], loadManifest: load }, options);
  }
  const manifest = await load();
  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear);
  let flags: VectorSet["flags"] = {};
  const loadVectorsLate = async (): Promise<VectorSet> => {
    const { loadVectors } = await import("../harness/cases/load.ts");
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
  const { runText } = await import("../report/text/run.ts");
  const { terminalStyle } = await import("./terminal.ts");
  const showAll = "--all-failures prints all of them in full";
  const text = () =>
    runText(named, failureContext(target, options, flags), terminalStyle(), {
      maxFailures: options.allFailures ? Number.POSITIVE_INFINITY : 10,
      showAll,
    });
  await deliver({ runs: [named], targets, json: options.json === true, text });
}
