/**
 * Assembles environments/*.wat and compiles environments/*.ts (AssemblyScript) to dist/environments/*.wasm, or to the folder
 * that is given: `node scripts/build-environments.mjs [folder]`.
 *
 * What has not changed is not built again: `built.json` beside the modules holds a hash of the sources, of the tools'
 * versions and of this file. The same sources give the same bytes on every machine.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SOURCES = join(ROOT, "environments");
const OUTPUT = resolve(process.argv[2] ?? join(ROOT, "dist", "environments"));
const STAMP = join(OUTPUT, "built.json");

const COMPILER_OPTIONS = [
  // No collector and no runtime types: memory is taken from the end of what is in use, and never given back.
  ...["--runtime", "stub"],
  // What fails traps as `unreachable`, without a message and without an import.
  ...["--use", "abort="],
  // 16 MiB, of which a module has what it grows to.
  ...["--maximumMemory", "256"],
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge"],
  // Names of functions, for the profile of `proofhouse run`.
  "--debug",
  ...["--disable", "nontrapping-f2i"],
];

/** Every source, entries and what they import. */
function readSources() {
  const names = readdirSync(SOURCES, { recursive: true })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => /\.(?:wat|ts)$/.test(name))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(SOURCES, name), "utf8")]));
}

function fingerprint(sources) {
  const require = createRequire(import.meta.url);
  const versionOf = (name) => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  for (const tool of ["assemblyscript", "wabt"]) hash.update(`\0${tool} ${versionOf(tool)}`);
  for (const [name, text] of sources) hash.update(`\0${name}\0${text}`);
  return hash.digest("hex");
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function isUpToDate(inputs) {
  try {
    const stamp = JSON.parse(readFileSync(STAMP, "utf8"));
    const files = Object.entries(stamp.modules);
    return stamp.inputs === inputs && files.every(([name, hash]) => sha256(readFileSync(join(OUTPUT, name))) === hash);
  } catch {
    return false;
  }
}

async function assemble(name, text) {
  const { default: createWabt } = await import("wabt");
  const wabt = await createWabt();
  const module = wabt.parseWat(name, text);
  try {
    module.validate();
    return module.toBinary({ write_debug_names: true }).buffer;
  } finally {
    module.destroy();
  }
}

async function compile(name, sources) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const messages = [];
  const output = "module.wasm";
  const { error } = await asc.main([name, "--outFile", output, ...COMPILER_OPTIONS], {
    readFile: (path) => sources.get(relative(".", path).split(sep).join("/")) ?? null,
    writeFile: (path, contents) => {
      if (path === output) binary = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => messages.push(text) },
  });
  if (error !== null || binary === undefined) throw new Error(`environments/${name}:\n${messages.join("")}`);
  return binary;
}

const sources = readSources();
const inputs = fingerprint(sources);
if (!isUpToDate(inputs)) {
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  const modules = {};
  for (const [name, text] of sources) {
    if (name.includes("/")) continue;
    const module = `${basename(name, extname(name))}.wasm`;
    const bytes = name.endsWith(".wat") ? await assemble(name, text) : await compile(name, sources);
    writeFileSync(join(OUTPUT, module), bytes);
    modules[module] = sha256(bytes);
  }
  writeFileSync(STAMP, `${JSON.stringify({ inputs, modules }, null, 2)}\n`);
}
