/**
 * Runs the compiled tests: `node scripts/run-tests.mjs [part of a path …] [--node-option=value …]`.
 *
 * The list is made from the sources, because dist/ may still hold tests that have been renamed or deleted, and because
 * `node --test` finds other files in every version of Node. Where CI is set, a test that is skipped fails the run: a
 * toolchain that went missing must not look like success.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, constants, tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const WRONG_USE = 2;
/** A file whose process does not end is ended, and is a failure. The slowest takes two minutes on a busy machine. */
const LONGEST_FILE_MS = 10 * 60_000;
const ROOT = fileURLToPath(new URL("../", import.meta.url));

const nodeOptions = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));

function refuse(message) {
  console.error(`run-tests: ${message}`);
  process.exit(WRONG_USE);
}

const sources = readdirSync(join(ROOT, "test"), { recursive: true })
  .map((name) => `test/${name.split(sep).join("/")}`)
  .filter((path) => path.endsWith(".test.ts"))
  .filter((path) => parts.length === 0 || parts.some((part) => path.includes(part)))
  .sort();
if (sources.length === 0) refuse(`no test lies at ${parts.join(" or ") || "test/"}`);

const compiled = sources.map((path) => `dist/${path.replace(/\.ts$/, ".js")}`);
const missing = compiled.filter((path) => !existsSync(join(ROOT, path)));
if (missing.length > 0) refuse(`${missing.join(", ")}: not there; expected \`npm run build\` to have run`);

const isStrict = Boolean(process.env.CI) && process.env.CI !== "false";
const folder = mkdtempSync(join(tmpdir(), "proofhouse-tests-"));
const skippedFile = join(folder, "skipped");

/** With a reporter of ours, Node's own choice for stdout has to be stated too. */
function reporters() {
  if (!isStrict) return [];
  const own = nodeOptions.some((option) => option.startsWith("--test-reporter"));
  const name = process.stdout.isTTY || Number.parseInt(process.versions.node, 10) >= 23 ? "spec" : "tap";
  const report = (reporter, destination) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ];
  const skips = new URL("skipped-tests.mjs", import.meta.url).href;
  return [...(own ? [] : report(name, "stdout")), ...report(skips, skippedFile)];
}

const defaults = [
  "--enable-source-maps",
  `--test-timeout=${LONGEST_FILE_MS}`,
  // Node leaves one processor idle, for itself; on two that is half of them.
  `--test-concurrency=${availableParallelism()}`,
];
// Several tests read all vectors, which takes seconds the first time: better once than by all of them at the same time.
if (parts.length === 0)
  spawnSync(process.execPath, ["dist/cli/main.js", "vectors", "list"], { cwd: ROOT, stdio: "ignore" });

// The last of two options counts, so the caller's come later.
const args = ["--test", ...defaults, ...reporters(), ...nodeOptions, ...compiled];
const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit" });

// A terminal sends Ctrl-C to both; a supervisor tells this process alone.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));

child.on("close", (code, signal) => {
  const skipped = existsSync(skippedFile) ? readFileSync(skippedFile, "utf8") : "";
  rmSync(folder, { recursive: true, force: true });
  if (signal !== null) process.exit(128 + constants.signals[signal]);
  if (skipped !== "") {
    console.error(`run-tests: skipped, which CI does not allow:\n${skipped}`);
    process.exit(code || 1);
  }
  process.exit(code ?? 1);
});
