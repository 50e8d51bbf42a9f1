/**
 * The step of action.yml that checks an implementation: `PROOFHOUSE_*` in, reports, job summary and step outputs out.
 * Ends with the exit code of `proofhouse check`.
 *
 * The inputs are the workflow's, but what the implementation writes is anybody's, say of a pull request.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const WRONG_USE = 2;
const OWN_FAULT = 70;
const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/** GitHub refuses a summary of more than 1 MiB, all of it. */
const LONGEST_SUMMARY = 1_000_000;

/** Files through which a step speaks to the runner. The implementation has nothing to say there. */
const RUNNER_FILES = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];

class WrongUse extends Error {}

function input(name) {
  return process.env[`PROOFHOUSE_${name.toUpperCase().replaceAll("-", "_")}`] ?? "";
}

/** `--option=value` for each line of an input: a value can then not be taken for another option. */
function options(option, name) {
  const lines = input(name).split("\n");
  return lines.map((line) => line.trim()).flatMap((line) => (line === "" ? [] : [`--${option}=${line}`]));
}

/** The arguments of `proofhouse check`, reports left out. */
function checkArguments() {
  const [implementation, command, upload] = ["implementation", "command", "upload"].map((name) => input(name).trim());
  if ((implementation === "") === (command === "")) {
    const given = command === "" ? "neither is given" : "both are given";
    throw new WrongUse(`inputs "implementation" and "command": ${given}; expected one of them`);
  }
  if (upload !== "true" && upload !== "false") {
    throw new WrongUse(`input "upload": ${JSON.stringify(upload)}; expected true or false`);
  }
  const isWithoutKnown = input("expectations").trim() === "none";
  return [
    ...options("case", "cases"),
    ...options("requirement", "requirements"),
    ...options("flag", "flags"),
    ...options("kind", "kinds"),
    ...options("profile", "profile"),
    ...options("min-executed", "min-executed"),
    ...options("timeout-ms", "timeout-ms"),
    ...(isWithoutKnown ? ["--no-expectations"] : options("expectations", "expectations")),
    ...(command === "" ? ["--", implementation] : [`--command=${command}`]),
  ];
}

function workingDirectory() {
  const folder = resolve(process.env.GITHUB_WORKSPACE ?? ".", input("working-directory"));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new WrongUse(`input "working-directory": ${JSON.stringify(input("working-directory"))}; expected a folder`);
}

/** Where the reports go. Those of an earlier run are removed, so that they are not taken for this one's. */
function reportPaths(cwd) {
  const folder = resolve(cwd, input("report-folder"));
  const json = join(folder, "report.json");
  const junit = join(folder, "junit.xml");
  const markdown = join(folder, "summary.md");
  try {
    mkdirSync(folder, { recursive: true });
    for (const path of [json, junit, markdown]) rmSync(path, { force: true });
  } catch (error) {
    throw new WrongUse(`input "report-folder": ${error.message}`);
  }
  return { json, junit, markdown };
}

/** Runs `proofhouse check`. Resolves with its exit code and what it wrote to stderr. */
function check(args, cwd) {
  const env = { ...process.env };
  for (const name of RUNNER_FILES) delete env[name];
  // A line that looks like a command to the runner may come from the implementation, and is not obeyed until the end.
  const resume = randomUUID();
  process.stdout.write(`::stop-commands::${resume}\n`);
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [MAIN, "check", ...args], { cwd, env, stdio: ["ignore", "inherit", "pipe"] });
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      process.stderr.write(text);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.stdout.write(`\n::${resume}::\n`);
      settle({ exitCode: code ?? 128 + constants.signals[signal], stderr });
    });
  });
}

/** Why there is no report, as Markdown. Indented text is code: nothing in it is taken for Markdown or HTML. */
function excuse(exitCode, text) {
  const what = exitCode === WRONG_USE ? "wrong use" : "Proofhouse has ended before its time";
  const lines = text.trimEnd().split("\n");
  const title = `❌ **nothing was checked** (exit code ${exitCode}: ${what})`;
  return `# Proofhouse report\n\n${title}\n\n${lines.map((line) => `    ${line}`).join("\n")}\n`;
}

function writeSummary(markdown) {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file === undefined) return;
  const bytes = Buffer.from(markdown);
  const whole = bytes.length <= LONGEST_SUMMARY;
  const end = whole ? bytes.length : bytes.lastIndexOf("\n", LONGEST_SUMMARY) + 1;
  appendFileSync(file, bytes.subarray(0, end));
  if (!whole) appendFileSync(file, "\n**The rest is left out here; the report's file has it.**\n");
}

/** Each value between two lines that it cannot hold. */
function writeOutputs(values) {
  const file = process.env.GITHUB_OUTPUT;
  if (file === undefined) return;
  for (const [name, value] of Object.entries(values)) {
    const fence = randomUUID();
    appendFileSync(file, `${name}<<${fence}\n${value}\n${fence}\n`);
  }
}

function outputsOf(exitCode, { json, junit, markdown }) {
  const paths = { "report-json": json, "report-junit": junit, "report-markdown": markdown };
  const [{ totals }] = JSON.parse(readFileSync(json, "utf8")).implementations;
  const { executed, skipped, undeclared, verdicts } = totals;
  const { pass: passed = 0, "known-failure": known = 0 } = verdicts;
  const counts = { executed, passed, failed: executed - passed - known, known, skipped, undeclared };
  return { "exit-code": exitCode, ...counts, ...paths };
}

async function main() {
  try {
    const args = checkArguments();
    const cwd = workingDirectory();
    const reports = reportPaths(cwd);
    const reporting = Object.values(reports).map((path) => `--report=${path}`);
    const { exitCode, stderr } = await check([...reporting, ...args], cwd);
    const isReported = Object.values(reports).every((path) => existsSync(path));
    writeSummary(isReported ? readFileSync(reports.markdown, "utf8") : excuse(exitCode, stderr));
    writeOutputs(isReported ? outputsOf(exitCode, reports) : { "exit-code": exitCode });
    return exitCode;
  } catch (error) {
    const [exitCode, text] =
      error instanceof WrongUse ? [WRONG_USE, `error: ${error.message}`] : [OWN_FAULT, String(error.stack)];
    console.error(text);
    writeSummary(excuse(exitCode, text));
    writeOutputs({ "exit-code": exitCode });
    return exitCode;
  }
}

process.exitCode = await main();
