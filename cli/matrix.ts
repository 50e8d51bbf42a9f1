/** `proofhouse matrix`: a table of implementations and suites. */
import type { Command } from "commander";
import type { NamedRun } from "../harness/run/outcome.ts";
import { addRunOptions, type RunOptions, toCheckOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  proofhouse matrix implementations/*
  proofhouse matrix implementations/* --case "proof/ssz/helpers/**" --report matrix.md --report matrix.json

Exit codes: as for check. An implementation whose toolchain is missing is skipped and reported as skipped.`;

/** The number of failures that are printed in full for each implementation. */
const SHOWN_FAILURES = 3;

export function addMatrix(program: Command): void {
  const command = program
    .command("matrix")
    .summary("run the vectors against several implementations, and print a table")
    .description(
      "Runs the vectors against several implementations, one after another, and prints a table of implementations and suites.",
    )
    .argument("<manifest...>", "proofhouse.yaml files, or the folders that contain them");
  addRunOptions(command).addHelpText("after", EXAMPLES).action(matrix);
}

async function matrix(paths: readonly string[], options: RunOptions): Promise<void> {
  const { planRun, runManifest } = await import("../harness/run/run-manifest.ts");
  const { loadManifest } = await import("../harness/subject/manifest.ts");
  const { loadVectors } = await import("../harness/cases/load.ts");
  const { checkTargets } = await import("../report/write-reports.ts");
  const { matrixText } = await import("../report/text/matrix.ts");
  const { quoteWord } = await import("./command-line.ts");
  const { deliver, failureContext } = await import("./deliver.ts");
  const { listenForInterruption } = await import("./interruption.ts");
  const { createProgressBar } = await import("./progress-bar.ts");
  const { terminalStyle } = await import("./terminal.ts");

  const targets = checkTargets(options.report ?? []);
  const manifests = await Promise.all(paths.map(loadManifest));
  const vectors = await loadVectors(options.vectors);
  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear);
  const checkOptions = { ...toCheckOptions(options), signal, onProgress: bar.show };
  // Reports an error in any manifest before hours are spent on the others.
  for (const manifest of manifests) await planRun(manifest, vectors, checkOptions);

  const runs: NamedRun[] = [];
  for (const manifest of manifests) {
    if (signal.aborted) break;
    runs.push(await runManifest(manifest, vectors, checkOptions).finally(bar.clear));
  }

  const maxFailures = options.allFailures ? Number.POSITIVE_INFINITY : SHOWN_FAILURES;
  const target = ({ manifest = "" }: NamedRun): string => quoteWord(manifest);
  const text = (): string[] =>
    matrixText(
      runs,
      (named) => failureContext(target(named), options, vectors.flags),
      terminalStyle(),
      (named) => ({ maxFailures, showAll: `npx proofhouse check ${target(named)} --all-failures prints all of them` }),
    );
  await deliver({ runs, targets, json: options.json === true, text });
}
