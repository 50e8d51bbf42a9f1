/** `proofhouse vectors`: the canonical vectors as files and as data. */
import type { Command } from "commander";
import { addSelectionOptions, type SelectionOptions, toSelection } from "./options.ts";
import { print, printLines } from "./output.ts";

const FAILED = 1;

interface FolderOption {
  readonly vectors?: string;
}

const FOLDER = ["--vectors <folder>", "a folder in place of the canonical one"] as const;

export function addVectors(program: Command): void {
  const vectors = program
    .command("vectors")
    .summary("build, check, list or bundle the vectors")
    .description("The canonical vectors: builds them, proves that they have not drifted, lists or bundles them.");
  vectors
    .command("build")
    .argument("[part...]", "areas, backends or suites: runtime, sparse, proof/ssz/compact; all vectors when left out")
    .description("Writes every generated vector file, and removes those that no generator writes any more.")
    .addHelpText("after", "\nExample:\n  proofhouse vectors build sparse runtime/meter")
    .action(build);
  vectors
    .command("verify")
    .description("Generates every vector again and compares; fails on any difference. Writes nothing.")
    .option(...FOLDER)
    .addHelpText("after", "\nExample:\n  proofhouse vectors verify")
    .action(verify);
  vectors
    .command("lint")
    .description("Checks what the schema cannot: ids, flags, requirements and their coverage.")
    .option(...FOLDER)
    .addHelpText("after", "\nExample:\n  proofhouse vectors lint")
    .action(lint);
  vectors
    .command("index")
    .description("Writes docs/spec/index.md: for each requirement its vectors and its code.")
    .addHelpText("after", "\nExample:\n  proofhouse vectors index")
    .action(index);
  addSelectionOptions(vectors.command("list").description("Prints the ids of the cases."))
    .option("--json", "an array of {id, call, kind, flags, requirements, sha256}")
    .addHelpText("after", '\nExample:\n  proofhouse vectors list --kind soundness --case "proof/ssz/**"')
    .action(list);
  addSelectionOptions(
    vectors.command("bundle").description("Writes all vectors as one JSON document, recipes expanded."),
  )
    .argument("[file]", "where to; stdout when it is left out")
    .addHelpText("after", "\nExample:\n  proofhouse vectors bundle vectors.json")
    .action(bundle);
}

async function folderOf({ vectors }: FolderOption): Promise<string> {
  return vectors ?? (await import("../harness/cases/load.ts")).VECTOR_FOLDER;
}

/** The generators and what they depend on are no part of the installed package, whose vectors are there already. */
async function generators(): Promise<typeof import("../authoring/cases/generate.ts")> {
  const { checkoutOnly } = await import("./checkout.ts");
  return checkoutOnly("vectors are built and verified", () => import("../authoring/cases/generate.ts"));
}

async function build(parts: readonly string[]): Promise<void> {
  const { buildVectors } = await generators();
  // Not in a folder of the user's own, whose files no generator writes: they would be removed.
  const { written, unchanged, removed } = await buildVectors(await folderOf({}), parts);
  await printLines([
    ...written.map((path) => `written  ${path}`),
    ...removed.map((path) => `removed  ${path}`),
    `${written.length} written, ${removed.length} removed, ${unchanged.length} unchanged`,
  ]);
}

async function verify(options: FolderOption): Promise<void> {
  const { verifyVectors } = await generators();
  await tellProblems(await verifyVectors(await folderOf(options)), "the vectors are what their generators write");
}

async function lint(options: FolderOption): Promise<void> {
  const { lintVectors } = await import("../harness/cases/lint.ts");
  await tellProblems(await lintVectors(await folderOf(options)), "no problem in the vectors");
}

async function index(): Promise<void> {
  const { hasSources, INDEX_PAGE, specIndex } = await import("../harness/cases/spec-index.ts");
  if (!hasSources()) {
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    throw new UsageError("the index is written in a checkout of the project; this is an installed package");
  }
  const { packagePath } = await import("../harness/files/package-root.ts");
  const { loadVectors } = await import("../harness/cases/load.ts");
  const { writeWhole } = await import("../harness/files/write-file.ts");
  writeWhole(packagePath(INDEX_PAGE), [specIndex((await loadVectors()).cases)]);
  await printLines([`written  ${INDEX_PAGE}`]);
}

async function tellProblems(problems: readonly string[], good: string): Promise<void> {
  if (problems.length > 0) process.exitCode = FAILED;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  await printLines(problems.length === 0 ? [good] : [...problems, count]);
}

async function list(options: SelectionOptions & { json?: true }): Promise<void> {
  const { loadVectors } = await import("../harness/cases/load.ts");
  const { selectOrRefuse } = await import("../harness/cases/select.ts");
  const selected = selectOrRefuse(await loadVectors(options.vectors), toSelection(options));
  if (!options.json) return printLines(selected.map(({ id }) => id));
  const { caseDigest } = await import("../harness/cases/digest.ts");
  const rows = selected.map((vector) => {
    const { id, call, kind, flags, requirements } = vector;
    return JSON.stringify({ id, call, kind, flags, requirements, sha256: caseDigest(vector) });
  });
  await print(`[\n${rows.join(",\n")}\n]\n`);
}

async function bundle(file: string | undefined, options: SelectionOptions): Promise<void> {
  const { loadVectors } = await import("../harness/cases/load.ts");
  const { selectOrRefuse } = await import("../harness/cases/select.ts");
  const { bundle: pieces } = await import("../harness/cases/bundle.ts");
  const vectors = await loadVectors(options.vectors);
  const everything = { ...toSelection(options), profile: options.profile ?? ("strict" as const) };
  const cases = selectOrRefuse(vectors, everything);
  if (file === undefined) {
    for (const piece of pieces(vectors, cases)) await print(piece);
    return;
  }
  const { checkWritable, writeWhole } = await import("../harness/files/write-file.ts");
  checkWritable(file, file);
  writeWhole(file, pieces(vectors, cases));
  await printLines([`${cases.length} cases written to ${file}`]);
}
