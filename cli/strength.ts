/** `proofhouse strength`: the number of generated mutants of the reference that the vectors kill. */
import type { Command } from "commander";
import { print, printLines } from "./output.ts";

interface Options {
  readonly file?: string;
  readonly all?: true;
  readonly update?: true;
  readonly json?: true;
}

const FAILED = 1;
const INTERRUPTED = 130;

const HELP = `
Examples:
  proofhouse strength
  proofhouse strength --file runtime/meter --all

Each mutant first runs the vector that killed it last time. If that vector no longer kills it, all vectors that reach
the mutant are run, the fast ones first. Exit code 1 when authoring/strength/survivors.yaml does not list a surviving
mutant, or has a wrong entry.`;

export function addStrength(program: Command): void {
  program
    .command("strength")
    .summary("run the vectors against every small change of the reference")
    .description("Runs the vectors against every generated mutant of the reference, and prints the score.")
    .option("--file <path>", "only mutants of compiled files whose path begins with this, for example proofs/ssz")
    .option("--all", "also run every vector that reaches a listed survivor (takes an hour)")
    .option("--update", "record the killers that were found, and drop entries whose mutant is gone or killed")
    .option("--json", "print the report as JSON")
    .addHelpText("after", HELP)
    .action(strength);
}

async function strength(options: Options): Promise<void> {
  const { checkoutOnly } = await import("./checkout.ts");
  const [{ runStrength, isGood }, { updateRecord }] = await Promise.all([
    checkoutOnly("mutants are built", () => import("../authoring/strength/strength.ts")),
    checkoutOnly("mutants are built", () => import("../authoring/strength/update.ts")),
  ]);
  const { listenForInterruption } = await import("./interruption.ts");
  const { createProgressBar } = await import("./progress-bar.ts");
  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear);
  const report = await runStrength({
    ...(options.file === undefined ? {} : { only: options.file }),
    exhaustive: options.all === true,
    signal,
    onProgress: (step, done, total) => bar.show({ step: "running", name: `mutants, ${step}`, done, total, failed: 0 }),
  }).finally(bar.clear);
  process.exitCode = signal.aborted ? INTERRUPTED : isGood(report) ? 0 : FAILED;
  if (options.update) updateRecord(report);
  const { strengthJson, strengthText } = await import("../report/text/strength.ts");
  if (options.json) return print(`${JSON.stringify(strengthJson(report), null, 2)}\n`);
  const { terminalStyle } = await import("./terminal.ts");
  await printLines(strengthText(report, terminalStyle()));
}
