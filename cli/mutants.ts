/** `proofhouse mutants`: runs the vectors against deliberately broken implementations. */
import type { Command } from "commander";
import type { MutantReport } from "../authoring/strength/named.ts";
import { print, printLines } from "./output.ts";

interface Options {
  readonly kills?: true;
  readonly quick?: true;
  readonly json?: true;
  readonly update?: true;
}

const FAILED = 1;
const INTERRUPTED = 130;

export function addMutants(program: Command): void {
  program
    .command("mutants")
    .summary("run the vectors against deliberately broken implementations")
    .description(
      "Runs the vectors against deliberately broken implementations: each must fail at least one vector and pass every honest one.",
    )
    .argument("[name...]", "only these mutants")
    .option("--kills", "list every vector that kills each mutant")
    .option("--quick", "run only the recorded killer of each mutant and the honest cases that reach its edit")
    .option("--update", "with --quick: record the killers that were found")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  proofhouse mutants --kills\n\nExit code 1 when a mutant survives or fails an honest case.",
    )
    .action(mutants);
}

async function mutants(names: readonly string[], options: Options): Promise<void> {
  const { checkoutOnly } = await import("./checkout.ts");
  const { runMutants } = await checkoutOnly("mutants are built", () => import("../authoring/strength/named.ts"));
  if (options.kills && options.quick) {
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    throw new UsageError("--kills needs every vector that kills, --quick stops at the first; expected one of them");
  }
  if (options.update && !options.quick) {
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    throw new UsageError("--update records the killers that --quick finds; expected --quick as well");
  }
  if (names.length > 0) await refuseUnknown(names);
  const { listenForInterruption } = await import("./interruption.ts");
  const { createProgressBar } = await import("./progress-bar.ts");
  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear);
  const onProgress = (done: number, total: number): void =>
    bar.show({ step: "running", name: "mutants", done, total, failed: 0 });
  const only = names.length === 0 ? {} : { only: [...names] };
  const report: MutantReport = await runMutants({
    onProgress,
    signal,
    quick: options.quick === true,
    ...only,
  }).finally(bar.clear);
  if (options.update) (await import("../authoring/strength/update.ts")).updateNamed(report);
  process.exitCode = signal.aborted
    ? INTERRUPTED
    : report.mutants.every(({ status }) => status === "killed")
      ? 0
      : FAILED;
  if (options.json) return print(`${JSON.stringify(report, null, 2)}\n`);
  const { mutantText } = await import("../report/text/mutants.ts");
  const { terminalStyle } = await import("./terminal.ts");
  await printLines(mutantText(report, options.kills === true, terminalStyle()));
}

async function refuseUnknown(names: readonly string[]): Promise<void> {
  const { checkoutOnly } = await import("./checkout.ts");
  const { MUTANTS } = await checkoutOnly("mutants are built", () => import("../authoring/strength/mutants/list.ts"));
  const { didYouMean } = await import("../harness/usage/nearest.ts");
  const { UsageError } = await import("../harness/usage/usage-error.ts");
  const known = MUTANTS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(
    `unknown mutant ${unknown}${didYouMean(unknown, known) || `; expected one of ${known.join(", ")}`}`,
  );
}
