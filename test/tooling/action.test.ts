/** The steps of action.yml, run without GitHub. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { packagePath } from "../../harness/files/package-root.ts";
import { inCiAlone } from "../sample.ts";
import { ACTION, ACTION_TEXT, type Ran, runAction } from "./run-action.ts";

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function workspace(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-action-"));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const dist = (path: string): string => JSON.stringify(pathToFileURL(packagePath("dist", path)).href);

/** Returns an implementation that calls the reference, or returns one root for all. `extra` runs at its start. */
function program(call: "right" | "wrong", extra = ""): string {
  return `
import { writeFileSync } from "node:fs";
import { callMethod } from ${dist("reference/wire/dispatch.js")};
import { serve } from ${dist("kits/javascript/adapter/adapter.js")};
${extra}
await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "::set-output name=exit-code::0", version: "1.0.0", language: "JavaScript" },
    capabilities: { proof: { ssz: { encodings: ["compact"], operations: ["root"] } } },
  },
  call: (method, params) => ${call === "right" ? "callMethod(method, params)" : '({ root: "0x".padEnd(66, "0") })'},
});
`;
}

const MANIFEST = "schema: proofhouse/manifest/1\nname: mine\nrun: [node, impl.mjs]\n";
const CASES = "proof/ssz/compact/honest/*-root\n\n  proof/ssz/compact/deep/*-root  \n";

/** Runs the action with a program instead of Proofhouse. */
function withStub(source: string): Ran {
  const actionPath = workspace({ "dist/cli/main.js": `import { writeFileSync } from "node:fs";\n${source}` });
  mkdirSync(join(actionPath, "node_modules"));
  cpSync(packagePath("scripts", "action.mjs"), join(actionPath, "scripts", "action.mjs"));
  writeFileSync(join(actionPath, "package.json"), '{ "type": "module" }');
  return runAction({ workspace: workspace(), inputs: { command: "true" }, actionPath });
}

function assertUploads({ used, outputs }: Ran): void {
  const { path = "" } = used["actions/upload-artifact"] ?? {};
  const paths = ["report-json", "report-junit", "report-markdown"].map((name) => outputs[name]);
  assert.deepEqual(path.trim().split("\n"), paths);
  assert.match(readFileSync(paths[0], "utf8"), /^\{\n {2}"schema": "proofhouse\/report\/1"/);
  assert.match(readFileSync(paths[1], "utf8"), /^<\?xml /);
  assert.match(readFileSync(paths[2], "utf8"), /^# Proofhouse report\n/);
}

function assertNothingChecked(ran: Ran, why: RegExp): void {
  assert.equal(ran.exitCode, 2, ran.log);
  assert.match(ran.log, why);
  assert.match(
    ran.summary,
    /^# Proofhouse report\n\n❌ \*\*nothing was checked\*\* \(exit code 2: wrong use\)\n\n {4}error: /,
  );
  assert.match(ran.summary, why);
  const { "exit-code": exitCode, ...others } = ran.outputs;
  assert.equal(exitCode, "2");
  assert.deepEqual([...new Set(Object.values(others))], [""]);
  assert.deepEqual(ran.used, {});
}

describe("action.yml", () => {
  const { inputs, outputs, runs } = ACTION;

  test("is a composite action with a shell or an action in every step", () => {
    assert.equal(runs.using, "composite");
    for (const { name, run, shell, uses } of runs.steps) {
      assert.ok(name);
      assert.equal(run === undefined, uses !== undefined, name);
      if (run !== undefined) assert.equal(shell, "bash", name);
    }
  });

  test("pins other actions by commit, with their version", () => {
    const lines = ACTION_TEXT.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    assert.equal(lines.length, runs.steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) {
      assert.match(line, /uses: actions\/(?:setup-node|upload-artifact)@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test("has no expression in a script, because its value would become code", () => {
    for (const { run = "", name } of runs.steps) assert.ok(!run.includes("${{"), name);
  });

  test("describes and uses each input, and each output", () => {
    for (const [name, { description, default: value }] of Object.entries(inputs)) {
      assert.ok(description.length > 20, name);
      assert.equal(typeof value, "string", `the default of ${name}: GitHub converts every value to a string`);
      assert.match(ACTION_TEXT, new RegExp(`inputs\\.${name}\\b(?!-)`), `${name} is used`);
    }
    for (const [name, { description, value }] of Object.entries(outputs)) {
      assert.ok(description.length > 20, name);
      assert.equal(value, `\${{ steps.check.outputs.${name} }}`);
    }
  });
});

describe("the action", inCiAlone, () => {
  test("passes a correct implementation, and reports this in the summary", () => {
    const folder = workspace({ "mine/proofhouse.yaml": MANIFEST, "mine/impl.mjs": program("right") });
    const ran = runAction({
      workspace: folder,
      inputs: { implementation: "mine", cases: CASES, "min-executed": "10" },
    });
    assert.equal(ran.exitCode, 0, ran.log);
    assert.match(ran.log, /✓ all \d+ executed cases ended as expected\n/);
    assert.match(ran.summary, /^# Proofhouse report\n\n✅ \*\*all \d+ executed cases ended as expected\*\*/);
    assert.match(ran.summary, /\| mine \| proof\/ssz\/compact \| /);
    const { executed, passed, failed, known, skipped, undeclared } = ran.outputs;
    assert.ok(Number(executed) > 10);
    assert.deepEqual([passed, failed, known, skipped, undeclared], [executed, "0", "0", "0", "0"]);
    assert.equal(ran.outputs["exit-code"], "0");
    assert.equal(ran.outputs["report-json"], join(folder, "proofhouse-reports", "report.json"));
    assertUploads(ran);
    assert.equal(ran.used["actions/upload-artifact"].name, "proofhouse-reports");
    assert.equal(ran.used["actions/setup-node"], undefined, "Node is installed");
  });

  test("fails with the exit code of the check, after reports and summary have been written", () => {
    const folder = workspace({ "a b/impl.mjs": program("wrong") });
    const ran = runAction({
      workspace: folder,
      inputs: { command: "node impl.mjs", cases: CASES, "working-directory": "a b", "report-folder": "out/$(x) y" },
    });
    assert.equal(ran.exitCode, 1, ran.log);
    assert.match(ran.log, /^FAIL proof\/ssz\/compact\/honest\//m);
    assert.match(ran.summary, /^# Proofhouse report\n\n❌ \*\*\d+ of \d+ executed cases failed\*\*/);
    assert.match(ran.summary, /## Failures/);
    assert.ok(Number(ran.outputs.failed) > 10);
    assert.equal(ran.outputs["exit-code"], "1");
    assert.equal(ran.outputs["report-markdown"], join(folder, "a b", "out", "$(x) y", "summary.md"));
    assertUploads(ran);
  });

  test("fails when too few cases are executed, and uploads no artifact if upload is false", () => {
    const folder = workspace({ "impl.mjs": program("right") });
    const inputs = { command: "node impl.mjs", cases: CASES, "min-executed": "9999", upload: "false" };
    const ran = runAction({ workspace: folder, inputs });
    assert.equal(ran.exitCode, 1, ran.log);
    assert.match(ran.summary, /expected at least 9999/);
    assert.deepEqual(ran.used, {});
  });

  test("passes on every input for the selection and the run of cases", () => {
    const id = "proof/ssz/compact/honest/four-leaves-first-root";
    const known = `{ case: ${id}, verdict: fail, reason: r, link: l }`;
    const expectations = `schema: proofhouse/expectations/1\nexpectations: [${known}]\n`;
    const folder = workspace({ "impl.mjs": program("wrong"), "known.yaml": expectations });
    const base = { command: "node impl.mjs", cases: id };
    const ran = runAction({ workspace: folder, inputs: { ...base, expectations: "known.yaml" } });
    assert.equal(ran.exitCode, 0, ran.log);
    assert.deepEqual([ran.outputs.known, ran.outputs.failed], ["1", "0"]);
    const wrong = { requirements: "NO-1", flags: "no-flag", kinds: "no-kind", profile: "no", "timeout-ms": "no" };
    for (const [name, value] of Object.entries({ ...wrong, "min-executed": "no", expectations: "no.yaml" })) {
      const refused = runAction({ workspace: folder, inputs: { ...base, [name]: value } });
      assertNothingChecked(refused, new RegExp(`${value}\\b`));
    }
    writeFileSync(join(folder, "proofhouse.yaml"), `${MANIFEST}expectations: known.yaml\n`);
    const all = runAction({ workspace: folder, inputs: { implementation: ".", cases: id, expectations: "none" } });
    assert.equal(all.outputs.failed, "1", all.log);
  });

  test("passes on a hostile input unchanged, and does not run it", () => {
    const note = 'writeFileSync("arguments.json", JSON.stringify(process.argv.slice(2)));';
    const folder = workspace({ "impl.mjs": program("right", note) });
    const words = [
      "$(touch pwned-1)",
      "`touch pwned-2`",
      "; touch pwned-3",
      'a"b',
      `\${{ github.token }}`,
      "&& touch pwned-4",
    ];
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const ran = runAction({
      workspace: folder,
      inputs: {
        command: `node impl.mjs ${quoted}\ntouch pwned-5`,
        cases: CASES,
        "report-folder": "$(touch pwned-6)\n$(touch pwned-7)",
        "artifact-name": "x; touch pwned-8",
      },
    });
    assert.equal(ran.exitCode, 0, ran.log);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "arguments.json"), "utf8")), [...words, "touch", "pwned-5"]);
    for (let number = 1; number <= 8; number++) assert.ok(!existsSync(join(folder, `pwned-${number}`)), `${number}`);

    const options = ["--vectors=/", "--command=touch pwned-9"];
    for (const cases of options) {
      const refused = runAction({ workspace: folder, inputs: { command: "node impl.mjs", cases } });
      assertNothingChecked(refused, /matches none of the \d+ cases/);
    }
    const path = runAction({ workspace: folder, inputs: { implementation: "--command=touch pwned-9" } });
    assertNothingChecked(path, /--command=touch pwned-9: cannot be read \(ENOENT\)/);
    assert.ok(!existsSync(join(folder, "pwned-9")));
  });

  test("disables commands to the runner in the output of the implementation", () => {
    const note =
      'writeFileSync("runner-files.json", JSON.stringify(Object.keys(process.env).filter((name) => name.startsWith("GITHUB_"))));';
    const folder = workspace({ "impl.mjs": program("wrong", note) });
    const ran = runAction({ workspace: folder, inputs: { command: "node impl.mjs", cases: CASES } });
    const [, before, token, inside, behind] =
      /^([\s\S]*)::stop-commands::([0-9a-f-]{36})\n([\s\S]*)\n::\2::\n([\s\S]*)$/.exec(ran.log) ?? [];
    assert.ok(inside.includes("::set-output name=exit-code::0"), "the implementation prints a command");
    assert.ok(!(before + behind).includes("::set-output") && !inside.includes(token));
    const files = JSON.parse(readFileSync(join(folder, "runner-files.json"), "utf8"));
    assert.deepEqual(files.sort(), ["GITHUB_ACTION_PATH", "GITHUB_WORKSPACE"]);
  });

  test("reports why nothing was checked, with exit code 2", () => {
    const folder = workspace({ "file.txt": "", "proofhouse-reports/report.json": "of another run" });
    const refuses = (inputs: Readonly<Record<string, string>>, why: RegExp): void => {
      assertNothingChecked(runAction({ workspace: folder, inputs }), why);
    };
    refuses({ implementation: "nowhere" }, /nowhere: cannot be read \(ENOENT\); expected a proofhouse\.yaml/);
    refuses({}, /inputs "implementation" and "command": neither is set; expected one of them/);
    refuses({ implementation: "x", command: "y" }, /both are set; expected one of them/);
    refuses(
      { command: "true", "working-directory": "no where" },
      /input "working-directory": "no where"; expected a folder/,
    );
    refuses({ command: "true", "report-folder": "file.txt" }, /input "report-folder": .*EEXIST/);
    refuses({ command: "true", upload: "yes" }, /input "upload": "yes"; expected true or false/);
  });

  test("cuts a summary that GitHub would reject, at the end of a line", () => {
    const run = withStub(`
      const paths = process.argv.filter((word) => word.startsWith("--report=")).map((word) => word.slice(9));
      const totals = { executed: 3, skipped: 0, undeclared: 0, verdicts: { pass: 1, "known-failure": 1 } };
      for (const path of paths) writeFileSync(path, "ä".repeat(99).concat("\\n").repeat(9999));
      writeFileSync(paths.find((path) => path.endsWith(".json")), JSON.stringify({ implementations: [{ totals }] }));
      process.exit(4);
    `);
    assert.equal(run.exitCode, 4, run.log);
    const bytes = Buffer.byteLength(run.summary);
    assert.ok(bytes > 999_000 && bytes < 2 ** 20, `${bytes}`);
    assert.match(run.summary, /^(?:ä{99}\n)+\n\*\*The rest is omitted here; the report file contains it\.\*\*\n$/);
    assert.equal(run.outputs.failed, "1");
  });

  test("reports a bug in Proofhouse", () => {
    const run = withStub('console.error("<b>itself</b>"); process.exit(70);');
    assert.equal(run.exitCode, 70);
    assert.match(run.summary, /exit code 70: Proofhouse failed before it wrote the reports\)\n\n {4}<b>itself<\/b>\n$/);
    const broken = withStub(
      "for (const word of process.argv) if (word.startsWith('--report=')) writeFileSync(word.slice(9), '{');",
    );
    assert.equal(broken.exitCode, 70, "exit code 1 would blame the implementation");
    assert.match(broken.summary, /exit code 70: [\s\S]* {4}SyntaxError/);
  });

  test("reports the judged cases when the job is cancelled", async () => {
    const folder = workspace({
      "impl.mjs": program(
        "right",
        'writeFileSync("started", "");\nawait new Promise((settle) => setTimeout(settle, 30_000));',
      ),
    });
    const { run = "", env } = ACTION.runs.steps.find(({ id }) => id === "check") ?? {};
    const names = Object.keys(env ?? {}).map((name) => [name, ""]);
    writeFileSync(join(folder, "script"), run);
    const child = spawn("/bin/bash", ["--noprofile", "--norc", "-eo", "pipefail", "script"], {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH, ...Object.fromEntries(names), GITHUB_ACTION_PATH: packagePath(".") },
        ...{ GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: join(folder, "summary") },
        ...{ PROOFHOUSE_COMMAND: "node impl.mjs", PROOFHOUSE_REPORT_FOLDER: "reports", PROOFHOUSE_UPLOAD: "true" },
      },
    });
    const ended = new Promise((settle) => child.on("close", settle));
    while (child.exitCode === null && !existsSync(join(folder, "started"))) {
      await new Promise((settle) => setTimeout(settle, 20));
    }
    child.kill("SIGINT");
    assert.equal(await ended, 130);
    assert.match(readFileSync(join(folder, "summary"), "utf8"), /❌ \*\*interrupted: 0 cases judged so far/);
  });

  test("installs Node if it is missing or too old", () => {
    const folder = workspace({ "old/node": "#!/bin/bash\nexit 1\n" });
    chmodSync(join(folder, "old", "node"), 0o755);
    for (const PATH of [join(folder, "nothing"), join(folder, "old")]) {
      const { used } = runAction({ workspace: folder, inputs: { command: "true" }, PATH });
      assert.deepEqual(used["actions/setup-node"], { "node-version": "22", "package-manager-cache": "false" });
    }
  });

  test("builds Proofhouse once in its own checkout", () => {
    const folder = workspace({ "impl.mjs": program("right") });
    const actionPath = workspace();
    cpSync(packagePath("scripts", "action.mjs"), join(actionPath, "scripts", "action.mjs"));
    const tools = workspace({
      npm: `#!/bin/bash\necho "$PWD $*" >> "${folder}/npm.log"\nln -s "${packagePath("dist")}" dist\nmkdir node_modules\n`,
    });
    chmodSync(join(tools, "npm"), 0o755);
    symlinkSync(process.execPath, join(tools, "node"));
    const PATH = [tools, process.env.PATH].join(delimiter);
    for (const _ of [1, 2]) {
      const inputs = { command: "node impl.mjs", cases: CASES };
      const ran = runAction({ workspace: folder, inputs, actionPath, PATH });
      assert.equal(ran.exitCode, 0, ran.log);
    }
    assert.equal(readFileSync(join(folder, "npm.log"), "utf8"), `${actionPath} ci --include=dev\n`);
  });
});

describe("docs/ci.md", () => {
  const page = readFileSync(packagePath("docs", "ci.md"), "utf8");

  test("has a row for each input with its default, and for each output", () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \|(?: ([^|]*) \|)?/gm)].map(([, name, value]) => ({ name, value }));
    const shown = Object.entries(ACTION.inputs).map(([name, { default: value }]) => ({
      name,
      value: value === "" ? "–" : `\`${value}\``,
    }));
    for (const { name, value } of shown) {
      const row = rows.find((candidate) => candidate.name === name);
      assert.equal(row?.value?.trim(), value, name);
    }
    for (const name of Object.keys(ACTION.outputs))
      assert.ok(
        rows.some((row) => row.name === name),
        name,
      );
    assert.equal(rows.length, shown.length + Object.keys(ACTION.outputs).length, "the page has no other rows");
  });

  test("contains only workflows with existing inputs", () => {
    const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => parse(text));
    const steps = blocks
      .flatMap((block) => Object.values(block.jobs ?? {}))
      .flatMap((job) => (job as { steps: object[] }).steps);
    const uses = steps.filter((step) => /\/proofhouse@/.test((step as { uses?: string }).uses ?? ""));
    assert.ok(uses.length > 0);
    for (const step of uses) {
      for (const name of Object.keys((step as { with: object }).with))
        assert.ok(Object.hasOwn(ACTION.inputs, name), name);
    }
  });
});
