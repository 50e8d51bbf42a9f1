/**
 * The step of action.yml that checks an implementation. Reads `PROOFHOUSE_*`; writes reports, the job summary and the step
 * outputs. Returns the exit code of `proofhouse check`.
 *
 * The workflow controls the inputs, but anyone may control the output of the implementation, for example with a pull request.
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

/** GitHub rejects a summary of more than 1 MiB completely. */
const LONGEST_SUMMARY = 1_000_000;

/** Files through which a step controls the runner. The implementation must not write to them. */
const RUNNER_FILES = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];

class WrongUse extends Error {}

function input(name) {
  return process.env[`PROOFHOUSE_${name.toUpperCase().replaceAll("-", "_")}`] ?? "";
}

/** Returns `--option=value` for each line of an input, so that no value can be parsed as another option. */
function options(option, name) {
  const lines = input(name).split("\n");
  return lines.map((line) => line.trim()).flatMap((line) => (line === "" ? [] : [`--${option}=${line}`]));
}

/** Returns the arguments of `proofhouse check`, except the reports. */
function checkArguments() {
  const [implementation, command, upload] = ["implementation", "command", "upload"].map((name) => input(name).trim());
  if ((implementation === "") === (command === "")) {
    const found = command === "" ? "neither is set" : "both are set";
    throw new WrongUse(`inputs "implementation" and "command": ${found}; expected one of them`);
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

/** Returns the paths of the reports. Removes the reports of an earlier run, so that none can pass for a new one. */
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

/** Runs `proofhouse check`. Resolves with its exit code and its stderr. */
function check(args, cwd) {
  const env = { ...process.env };
  for (const name of RUNNER_FILES) delete env[name];
  // The implementation may print lines that are commands to the runner, so commands are disabled during the check.
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

/** Returns the reason for a missing report as Markdown. Indented text is code, so it is not parsed as Markdown or HTML. */
function missingReport(exitCode, text) {
  const reason = exitCode === WRONG_USE ? "wrong use" : "Proofhouse failed before it wrote the reports";
  const lines = text.trimEnd().split("\n");
  const title = `❌ **nothing was checked** (exit code ${exitCode}: ${reason})`;
  return `# Proofhouse report\n\n${title}\n\n${lines.map((line) => `    ${line}`).join("\n")}\n`;
}

function writeSummary(markdown) {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file === undefined) return;
  const bytes = Buffer.from(markdown);
  const whole = bytes.length <= LONGEST_SUMMARY;
  const end = whole ? bytes.length : bytes.lastIndexOf("\n", LONGEST_SUMMARY) + 1;
  appendFileSync(file, bytes.subarray(0, end));
  if (!whole) appendFileSync(file, "\n**The rest is omitted here; the report file contains it.**\n");
}

/** Writes each value between two random lines, which the value cannot contain. */
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
    writeSummary(isReported ? readFileSync(reports.markdown, "utf8") : missingReport(exitCode, stderr));
    writeOutputs(isReported ? outputsOf(exitCode, reports) : { "exit-code": exitCode });
    return exitCode;
  } catch (error) {
    const [exitCode, text] =
      error instanceof WrongUse ? [WRONG_USE, `error: ${error.message}`] : [OWN_FAULT, String(error.stack)];
    console.error(text);
    writeSummary(missingReport(exitCode, text));
    writeOutputs({ "exit-code": exitCode });
    return exitCode;
  }
}

process.exitCode = await main();
