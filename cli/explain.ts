/** `proofhouse explain`: one case in words. */
import type { Command } from "commander";
import { printLines } from "./output.ts";

interface Options {
  readonly json?: true;
  readonly vectors?: string;
}

const EXAMPLES = `
Examples:
  proofhouse explain proof/ssz/helpers/nested-claims/forged-leaf-under-true-ancestor
  proofhouse explain <case-id> --json > case.json`;

export function addExplain(program: Command): void {
  program
    .command("explain")
    .summary("say in words what a case asks, what it expects, and why")
    .description("Says in words what a case asks, what it expects, and why.")
    .argument("<case-id>", "a full id, as failures and `vectors list` show it; old ids are followed")
    .option("--json", "the case with its recipes expanded: call, params, expect, ready to paste")
    .option("--vectors <folder>", "a folder of vectors in place of the canonical ones")
    .addHelpText("after", EXAMPLES)
    .action(explain);
}

async function explain(id: string, options: Options): Promise<void> {
  const { findCase, loadVectors } = await import("../harness/load.ts");
  const vectors = await loadVectors(options.vectors);
  const vector = findCase(vectors, id);
  if (options.json) {
    const { bundledCase } = await import("../harness/bundle.ts");
    return printLines([JSON.stringify(bundledCase(vector), null, 2)]);
  }
  const { loadRequirements } = await import("../harness/requirements.ts");
  const { explainText } = await import("../harness/report/explain-text.ts");
  const { terminalStyle } = await import("./terminal.ts");
  const file = vectors.files.find(({ path }) => path === vector.file);
  if (file === undefined) throw new Error(`${vector.file} is not among the loaded files`);
  const sources = { flags: vectors.flags, requirements: loadRequirements(), file };
  await printLines(explainText(vector, sources, terminalStyle()));
}
