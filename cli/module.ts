/** `proofhouse module`: inspects and changes a module. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Role } from "../reference/runtime/module.ts";
import { namedModule } from "./options.ts";
import { print, printLines, warn } from "./output.ts";

interface Options {
  readonly role: Role;
  readonly all?: true;
  readonly json?: true;
  readonly strip?: true;
  readonly setMaximum?: number;
  readonly meter?: true;
  readonly output?: string;
  readonly library?: { readonly name: string; readonly file: string }[];
}

const REFUSED = 1;

const NOTES = `
Changes are applied in this order: --strip, --set-maximum, --meter. The report describes the module before it is metered.
A module that is still rejected is written anyway, but never metered.
docs/modules.md explains the report.

Examples:
  proofhouse module my.wasm
  proofhouse module compiled.wasm --strip --set-maximum 16 -o my.wasm
  proofhouse module my.wasm --meter -o metered.wasm

Exit codes: 0 the module may be executed, 1 it is rejected, 2 usage error (including a file that is not a module).`;

export function addModule(program: Command): void {
  program
    .command("module")
    .summary("inspect a WebAssembly module")
    .description("Prints the imports, exports, sizes and gas costs of a module, and whether it may be executed.")
    .argument("<file>", "a WebAssembly module")
    .addOption(
      new Option("--role <role>", "the role in which it is validated")
        .choices(["environment", "child", "library"])
        .default("environment", ""),
    )
    .option("--library <name=module>", "a module that it may import from; may be repeated", namedModule)
    .option("--all", "print long lists in full")
    .option("--json", "print the report as JSON")
    .option("--strip", "drop custom sections")
    .option("--set-maximum <pages>", "limit the memory to this number of pages of 64 KiB", pageCount)
    .option("--meter", "write the instrumented module, as it is executed")
    .option("-o, --output <file>", "the file for the changed module")
    .addHelpText("after", NOTES)
    .action(inspect);
}

function pageCount(text: string): number {
  if (/^[0-9]{1,4}$/.test(text) && Number(text) <= 1024) return Number(text);
  throw new InvalidArgumentError("Expected a number of pages from 0 to 1024.");
}

async function inspect(file: string, options: Options, command: Command): Promise<void> {
  const { role, output, strip = false, setMaximum, meter = false, library = [] } = options;
  const isChanged = strip || setMaximum !== undefined || meter;
  if (isChanged && output === undefined) command.error("error: no file for the changed module: expected -o <file>");
  if (!isChanged && output !== undefined) {
    command.error("error: -o: expected --strip, --set-maximum or --meter as well");
  }
  const { readModuleFile } = await import("../workbench/module/read-module-file.ts");
  const { loadLibraries } = await import("../workbench/execution/load-code.ts");
  const { validateLibrary } = await import("../reference/runtime/validate/program.ts");
  const { changeModule } = await import("../workbench/module/change-module.ts");
  const code = readModuleFile(file);
  const purpose = { role, libraries: loadLibraries(library).map(validateLibrary) };
  const { report, bytes } = changeModule(code, { strip, setMaximum, meter }, purpose);
  process.exitCode = report.refusal === undefined ? 0 : REFUSED;
  const note = output === undefined ? undefined : await write(output, bytes);
  const { moduleJson, moduleText } = await import("../report/text/module.ts");
  if (options.json) await print(`${JSON.stringify(moduleJson(file, report), null, 2)}\n`);
  else {
    const { terminalStyle } = await import("./terminal.ts");
    await printLines(moduleText(file, report, terminalStyle(), { all: options.all === true }));
  }
  if (note !== undefined) warn(note);
}

/** Returns a message that the module was written, or why not. */
async function write(output: string, bytes: Uint8Array | undefined): Promise<string> {
  if (bytes === undefined) return `${output}: not written, because the module is rejected`;
  const { checkWritable, writeWhole } = await import("../harness/files/write-file.ts");
  checkWritable(output, output);
  writeWhole(output, [bytes]);
  return `${output}: ${bytes.length} bytes written`;
}
