/**
 * Runs the compiled tests: `node scripts/run-tests.mjs [part of a path …] [--node-option=value …]`.
 *
 * The list of tests comes from the sources, because dist/ may still contain renamed or deleted tests, and because versions of
 * Node differ in the files that `node --test` finds. If CI is set, a skipped test fails the run, so that a missing toolchain
 * cannot look like success.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, constants, tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const WRONG_USE = 2;
/** The time limit for a test file. The slowest one takes two minutes on a busy machine. */
const LONGEST_FILE_MS = 10 * 60_000;
/** Enough lines to see which tests a change has slowed down. */
const SHOWN_TIMES = 15;
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
const unmatched = parts.filter((part) => !sources.some((path) => path.includes(part)));
if (unmatched.length > 0) refuse(`no path of a test contains ${unmatched.join(" or ")}`);
if (sources.length === 0) refuse(`no path of a test contains ${parts.join(" or ") || "test/"}`);

const compiled = sources.map((path) => `dist/${path.replace(/\.ts$/, ".js")}`);
const missing = compiled.filter((path) => !existsSync(join(ROOT, path)));
if (missing.length > 0) refuse(`${missing.join(", ")}: missing; run \`npm run build\` first`);

const isStrict = Boolean(process.env.CI) && process.env.CI !== "false";
const folder = mkdtempSync(join(tmpdir(), "proofhouse-tests-"));
const skippedFile = join(folder, "skipped");

const timesFile = join(folder, "times");
const hasOwnReporter = nodeOptions.some((option) => option.startsWith("--test-reporter"));
/** Node requires a destination for every reporter, so ours cannot be combined with a reporter that has none. */
const isTimed = compiled.length > 1 && !hasOwnReporter;

/** If we add a reporter, Node no longer adds its default reporter for stdout. */
function reporters() {
  if (!isStrict && !isTimed) return [];
  const name = process.stdout.isTTY || Number.parseInt(process.versions.node, 10) >= 23 ? "spec" : "tap";
  const report = (reporter, destination) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ];
  const script = (file) => new URL(file, import.meta.url).href;
  return [
    ...(hasOwnReporter ? [] : report(name, "stdout")),
    ...(isStrict ? report(script("skipped-tests.mjs"), skippedFile) : []),
    ...(isTimed ? report(script("file-times.mjs"), timesFile) : []),
  ];
}

/** Prints the slowest files, and the sum of all, which exceeds the elapsed time because files run in parallel. */
function printTimes() {
  const lines = existsSync(timesFile) ? readFileSync(timesFile, "utf8").split("\n").filter(Boolean) : [];
  const times = lines.map((line) => JSON.parse(line)).sort(([, a], [, b]) => b - a);
  if (times.length === 0) return;
  const row = (ms, text) => console.log(`${(ms / 1000).toFixed(1).padStart(8)} s  ${text}`);
  const slowest = times.slice(0, SHOWN_TIMES);
  console.log(`\nTime per test file${times.length > slowest.length ? `, the slowest ${slowest.length}` : ""}`);
  for (const [file, ms] of slowest) {
    const path = relative(join(ROOT, "dist"), file).split(sep).join("/");
    row(ms, path.replace(/\.js$/, ".ts"));
  }
  const total = times.reduce((sum, [, ms]) => sum + ms, 0);
  row(total, `all ${times.length} files, ${((Date.now() - started) / 1000).toFixed(1)} s elapsed`);
}

const defaults = [
  "--enable-source-maps",
  `--test-timeout=${LONGEST_FILE_MS}`,
  // By default, Node leaves one processor idle, which is half of a machine with two.
  `--test-concurrency=${availableParallelism()}`,
];
// All files use one seed, even if the run passes midnight: see test/long-work.ts.
if (process.env.LONG) {
  process.env.PROOFHOUSE_SEED ??= new Date().toISOString().slice(0, 10).replaceAll("-", "");
  console.log(`LONG=${process.env.LONG} PROOFHOUSE_SEED=${process.env.PROOFHOUSE_SEED}`);
}
// Fills the cache of parsed vectors once; otherwise several tests would parse all vectors at the same time.
if (parts.length === 0)
  spawnSync(process.execPath, ["dist/cli/main.js", "vectors", "list"], { cwd: ROOT, stdio: "ignore" });

// The last of two equal options counts, so the options of the caller come last.
const started = Date.now();
const args = ["--test", ...defaults, ...reporters(), ...nodeOptions, ...compiled];
const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit" });

// A terminal sends Ctrl-C to both processes; a supervisor signals only this one.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));

child.on("close", (code, signal) => {
  printTimes();
  const skipped = existsSync(skippedFile) ? readFileSync(skippedFile, "utf8") : "";
  rmSync(folder, { recursive: true, force: true });
  if (signal !== null) process.exit(128 + constants.signals[signal]);
  if (skipped !== "") {
    console.error(`run-tests: skipped, which CI does not allow:\n${skipped}`);
    process.exit(code || 1);
  }
  process.exit(code ?? 1);
});
