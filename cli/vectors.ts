/** `proofhouse vectors`: the canonical vectors as files and as data. */
import type { Command } from "commander";
import { addSelectionOptions, type SelectionOptions, toSelection } from "./options.ts";
import { print, printLines } from "./output.ts";

const FAILED = 1;

interface FolderOption {
  readonly vectors?: string;
}

const FOLDER = ["--vectors <folder>", "a folder of vectors instead of the canonical one"] as const;

export function addVectors(program: Command): void {
  const vectors = program
    .command("vectors")
    .summary("build, check, list or bundle the vectors")
    .description("Builds the canonical vectors, verifies that they match their generators, lists or bundles them.");
  vectors
    .command("build")
    .argument("[part...]", "areas, backends or suites: runtime, sparse, proof/ssz/compact (default: all vectors)")
    .description("Writes every generated vector file, and removes files that no generator writes any more.")
    .addHelpText("after", "\nExample:\n  proofhouse vectors build sparse runtime/meter")
    .action(build);
  vectors
    .command("verify")
    .description("Generates every vector again, compares it with the file and fails on any difference. Writes nothing.")
    .option(...FOLDER)
    .addHelpText("after", "\nExample:\n  proofhouse vectors verify")
    .action(verify);
  vectors
    .command("lint")
    .description("Checks ids, flags, requirements and their coverage, which the schema cannot check.")
    .option(...FOLDER)
    .addHelpText("after", "\nExample:\n  proofhouse vectors lint")
    .action(lint);
  vectors
    .command("index")
    .description("Writes docs/spec/index.md, which lists the vectors and the code of each requirement.")
    .addHelpText("after", "\nExample:\n  proofhouse vectors index")
    .action(index);
  addSelectionOptions(vectors.command("list").description("Prints the ids of the cases."))
    .option("--json", "print an array of {id, call, kind, flags, requirements, sha256}")
    .addHelpText("after", '\nExample:\n  proofhouse vectors list --kind soundness --case "proof/ssz/**"')
    .action(list);
  addSelectionOptions(
    vectors.command("bundle").description("Writes all vectors as one JSON document with expanded recipes."),
  )
    .argument("[file]", "the file to write (default: stdout)")
    .addHelpText("after", "\nExample:\n  proofhouse vectors bundle vectors.json")
    .action(bundle);
}

async function folderOf({ vectors }: FolderOption): Promise<string> {
  return vectors ?? (await import("../harness/cases/load.ts")).VECTOR_FOLDER;
}

/** The installed package contains the vectors, but not their generators and dependencies. */
async function generators(): Promise<typeof import("../authoring/cases/generate.ts")> {
  const { checkoutOnly } = await import("./checkout.ts");
  return checkoutOnly("vectors are built and verified", () => import("../authoring/cases/generate.ts"));
}

async function build(parts: readonly string[]): Promise<void> {
  const { buildVectors } = await generators();
  // Only in the canonical folder: in a folder of the user, it would remove every file that no generator writes.
  const { written, unchanged, removed } = await buildVectors(await folderOf({}), parts);
  await printLines([
    ...written.map((path) => `written  ${path}`),
    ...removed.map((path) => `removed  ${path}`),
    `${written.length} written, ${removed.length} removed, ${unchanged.length} unchanged`,
  ]);
}

async function verify(options: FolderOption): Promise<void> {
  const { verifyVectors } = await generators();
  await printProblems(await verifyVectors(await folderOf(options)), "the vectors match their generators");
}

async function lint(options: FolderOption): Promise<void> {
  const { lintVectors } = await import("../harness/cases/lint.ts");
  await printProblems(await lintVectors(await folderOf(options)), "the vectors have no problems");
}

async function index(): Promise<void> {
  const { hasSources, INDEX_PAGE, specIndex } = await import("../harness/cases/spec-index.ts");
  if (!hasSources()) {
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    throw new UsageError("the index is written only in a checkout of the project; this is an installed package");
  }
  const { packagePath } = await import("../harness/files/package-root.ts");
  const { loadVectors } = await import("../harness/cases/load.ts");
  const { writeWhole } = await import("../harness/files/write-file.ts");
  writeWhole(packagePath(INDEX_PAGE), [specIndex((await loadVectors()).cases)]);
  await printLines([`written  ${INDEX_PAGE}`]);
}

async function printProblems(problems: readonly string[], success: string): Promise<void> {
  if (problems.length > 0) process.exitCode = FAILED;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  await printLines(problems.length === 0 ? [success] : [...problems, count]);
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
  const selection = { ...toSelection(options), profile: options.profile ?? ("strict" as const) };
  const cases = selectOrRefuse(vectors, selection);
  if (file === undefined) {
    for (const piece of pieces(vectors, cases)) await print(piece);
    return;
  }
  const { checkWritable, writeWhole } = await import("../harness/files/write-file.ts");
  checkWritable(file, file);
  writeWhole(file, pieces(vectors, cases));
  await printLines([`${cases.length} cases written to ${file}`]);
}
