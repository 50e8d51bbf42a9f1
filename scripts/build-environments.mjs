/**
 * Assembles environments/*.wat and compiles environments/*.ts (AssemblyScript) to dist/environments/*.wasm, or to another
 * folder: `node scripts/build-environments.mjs [folder]`.
 *
 * Unchanged modules are not built again: `built.json` beside the modules contains hashes of the inputs and the output of
 * each. The same sources produce the same bytes on every machine.
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
  // No garbage collector and no runtime types: allocation only grows the used memory.
  ...["--runtime", "stub"],
  // A failure traps as `unreachable`, without a message and without an import.
  ...["--use", "abort="],
  // 16 MiB; a module begins with less and may grow to it.
  ...["--maximumMemory", "256"],
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge"],
  // Keeps the names of functions for the profile of `proofhouse run`.
  "--debug",
  ...["--disable", "nontrapping-f2i"],
];

/** Reads every source: the entries and their imports. */
function readSources() {
  const names = readdirSync(SOURCES, { recursive: true })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => /\.(?:wat|ts)$/.test(name))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(SOURCES, name), "utf8")]));
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Hashes the inputs of a module: this file, the tool and its version, and the sources that it reads. */
function fingerprint(name, sources) {
  const tool = name.endsWith(".wat") ? "wabt" : "assemblyscript";
  const { version } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`${tool}/package.json`), "utf8"));
  const read = [...sources].filter(([source]) => (tool === "wabt" ? source === name : source.endsWith(".ts")));
  return sha256(JSON.stringify([readFileSync(fileURLToPath(import.meta.url), "utf8"), tool, version, name, read]));
}

/** Reads the hashes of the inputs and the output of each module. */
function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return {};
  }
}

function isUpToDate(module, hash) {
  try {
    return sha256(readFileSync(join(OUTPUT, module))) === hash;
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
const before = readStamp();
const after = {};
mkdirSync(OUTPUT, { recursive: true });
for (const [name, text] of sources) {
  if (name.includes("/")) continue;
  const module = `${basename(name, extname(name))}.wasm`;
  const from = fingerprint(name, sources);
  if (before[module]?.from === from && isUpToDate(module, before[module].to)) {
    after[module] = before[module];
    continue;
  }
  const bytes = name.endsWith(".wat") ? await assemble(name, text) : await compile(name, sources);
  writeFileSync(join(OUTPUT, module), bytes);
  after[module] = { from, to: sha256(bytes) };
}
for (const module of Object.keys(before)) {
  if (!Object.hasOwn(after, module)) rmSync(join(OUTPUT, basename(module)), { force: true });
}
const stamp = `${JSON.stringify(after, null, 2)}\n`;
if (stamp !== `${JSON.stringify(before, null, 2)}\n`) writeFileSync(STAMP, stamp);
