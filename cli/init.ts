/** `proofhouse init`: the skeleton of an adapter. */
import type { Command } from "commander";
import { printLines } from "./output.ts";

const EXAMPLES = `
Examples:
  proofhouse init rust my-adapter
  proofhouse init python

The skeleton builds, and passes every case that it declares: the operation \`root\` of ssz, compact. Add the other
operations of your library yourself. init never overwrites files.`;

export function addInit(program: Command): void {
  program
    .command("init")
    .summary("write the skeleton of an adapter for your own library")
    .description("Writes the skeleton of an adapter: the program that calls your own library to answer the vectors.")
    .argument("<language>", "typescript, python, go, rust, java or c")
    .argument("[folder]", "the folder to write, which is empty or does not exist yet", "proofhouse-adapter")
    .addHelpText("after", EXAMPLES)
    .action(init);
}

async function init(language: string, folder: string): Promise<void> {
  const { writeSkeleton } = await import("../workbench/init/skeleton.ts");
  const { printable } = await import("../report/text/printable.ts");
  const { resolve } = await import("node:path");
  const { quoteWord } = await import("./command-line.ts");
  const { name, files, setup } = writeSkeleton(language, folder);
  const enter = resolve(folder) === process.cwd() ? [] : [`cd ${quoteWord(folder)}`];
  const steps = [[...enter, ...setup].join(" && "), "npx proofhouse check ."].filter((step) => step !== "");
  await printLines([
    `${name}: ${files.length} files in ${printable(folder)}`,
    ...files.map((path) => `  ${path}`),
    "",
    "next:",
    ...steps.map((step) => `  ${step}`),
  ]);
}
