/** `proofhouse explain`: one case in words and as a picture. */
import type { Command } from "commander";
import { printLines } from "./output.ts";

interface Options {
  readonly json?: true;
  readonly svg?: string;
  readonly vectors?: string;
}

const NOTES = `
The picture shows each proof of the case as a tree, with what is asked for and the place where a check fails. Long paths
are folded ("⋮ 254 levels"), and of a large tree the interesting parts are shown. docs/explain.md tells how to read it.

Examples:
  proofhouse explain proof/ssz/helpers/nested-claims/leaf-forged-below-true-node-get
  proofhouse explain <case-id> --svg tree.svg
  proofhouse explain <case-id> --json > case.json`;

export function addExplain(program: Command): void {
  program
    .command("explain")
    .summary("say what a case asks, what it expects, and why; draw its tree")
    .description("Says in words what a case asks, what it expects, and why, and draws the tree of its proof.")
    .argument("<case-id>", "a full id, as failures and `vectors list` show it; old ids are followed")
    .option("--json", "the case with its recipes expanded: call, params, expect, ready to paste")
    .option("--svg <file>", "writes the picture to a file, too")
    .option("--vectors <folder>", "a folder of vectors in place of the canonical ones")
    .addHelpText("after", NOTES)
    .action(explain);
}

async function explain(id: string, options: Options): Promise<void> {
  const { findCase, loadVectorsWith } = await import("../harness/cases/load.ts");
  const vectors = await loadVectorsWith(id, options.vectors);
  const vector = findCase(vectors, id);
  const { pictureOf } = await import("../report/picture/picture.ts");
  if (options.svg !== undefined) {
    const { writePicture } = await import("../report/picture/write-picture.ts");
    writePicture(options.svg, vector, pictureOf(vector));
  }
  if (options.json) {
    const { bundledCase } = await import("../harness/cases/bundle.ts");
    return printLines([JSON.stringify(bundledCase(vector), null, 2)]);
  }
  const { loadRequirements } = await import("../harness/cases/specification.ts");
  const { explainText } = await import("../report/text/explain.ts");
  const { terminalStyle } = await import("./terminal.ts");
  const file = vectors.files.find(({ path }) => path === vector.file);
  if (file === undefined) throw new Error(`${vector.file} is not among the loaded files`);
  const sources = { flags: vectors.flags, requirements: loadRequirements(), file, picture: pictureOf(vector) };
  await printLines(explainText(vector, sources, terminalStyle()));
}
