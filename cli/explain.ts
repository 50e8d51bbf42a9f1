/** `proofhouse explain`: one case in words and as a picture. */
import type { Command } from "commander";
import { printLines } from "./output.ts";

interface Options {
  readonly json?: true;
  readonly svg?: string;
  readonly vectors?: string;
}

const NOTES = `
The picture shows each proof of the case as a tree. It marks the requested nodes and the node at which a check fails.
Long paths are folded ("⋮ 254 levels"), and only the relevant parts of a large tree are shown.
docs/explain.md describes how to read it.

Examples:
  proofhouse explain proof/ssz/helpers/nested-claims/leaf-forged-below-true-node-get
  proofhouse explain <case-id> --svg tree.svg
  proofhouse explain <case-id> --json > case.json`;

export function addExplain(program: Command): void {
  program
    .command("explain")
    .summary("describe the request and the expectation of a case, and draw its tree")
    .description(
      "Describes the request of a case, its expectation and the reason for it, and draws the tree of its proof.",
    )
    .argument("<case-id>", "a full id, as printed for a failure and by `vectors list`; former ids are accepted")
    .option("--json", "print the case as JSON with its recipes expanded: call, params, expect, ready to paste")
    .option("--svg <file>", "also write the picture to a file")
    .option("--vectors <folder>", "a folder of vectors instead of the canonical ones")
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
