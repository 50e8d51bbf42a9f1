/** `scripts/run-tests.mjs` with small folders of tests. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

const PASSES = 'import { test } from "node:test";\ntest("passes", () => {});\n';
const FAILS = 'import { test } from "node:test";\ntest("fails", () => { throw new Error("no"); });\n';
const SKIPS = 'import { test } from "node:test";\ntest("skips", { skip: "no compiler" }, () => {});\n';

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Runs the script in a folder with `compiled` tests, and with their sources, except for those in `stale`. */
function run(compiled: Readonly<Record<string, string>>, stale: readonly string[], args: readonly string[], CI = "") {
  const root = mkdtempSync(join(tmpdir(), "proofhouse-run-tests-"));
  made.push(root);
  for (const name of ["run-tests.mjs", "skipped-tests.mjs", "file-times.mjs"]) {
    cpSync(packagePath("scripts", name), join(root, "scripts", name));
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("package.json", '{ "type": "module" }');
  write("test/helper.ts", "");
  write("dist/test/helper.js", FAILS);
  for (const [name, text] of Object.entries(compiled)) {
    write(`dist/test/${name}.test.js`, text);
    if (!stale.includes(name)) write(`test/${name}.test.ts`, "");
  }
  // With this variable, Node would not run test files.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const script = join(root, "scripts", "run-tests.mjs");
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env: { ...env, CI } });
}

describe("run-tests", { concurrency: 2 }, () => {
  test("runs every test with a source, and no other test in dist", () => {
    const { status, stdout } = run({ "a/one": PASSES, two: PASSES, gone: FAILS }, ["gone"], []);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^. tests 2$/m);
  });

  test("fails when a test fails", () => {
    const { status, stdout } = run({ one: PASSES, two: FAILS }, [], []);
    assert.equal(status, 1);
    assert.match(stdout, /^. fail 1$/m);
  });

  test("runs the tests that an argument names, and passes options to Node", () => {
    const { status, stdout } = run({ "a/one": PASSES, "b/two": FAILS }, [], ["test/a", "--test-name-pattern=passes"]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^. tests 1$/m);
  });

  test("prints the time of every file, the slowest first, and the sum", () => {
    const slow = 'import { test } from "node:test";\ntest("slow", () => new Promise((end) => setTimeout(end, 700)));\n';
    const { stdout } = run({ "a/one": PASSES, slow, two: FAILS }, [], []);
    const [, times = ""] = stdout.split("Time per test file\n");
    const rows = [...times.matchAll(/^ *([0-9.]+) s {2}(.*)$/gm)].map(([, seconds, text]) => ({ seconds, text }));
    const [first, ...others] = rows.map(({ text }) => text);
    assert.equal(first, "test/slow.test.ts", stdout);
    assert.deepEqual(others.slice(0, 2).sort(), ["test/a/one.test.ts", "test/two.test.ts"]);
    assert.match(others[2], /^all 3 files, [0-9.]+ s elapsed$/);
    assert.ok(Number(rows[0].seconds) >= 0.7 && Number(rows[3].seconds) >= Number(rows[0].seconds), times);
  });

  test("prints no times for one file, or with a reporter of the caller", () => {
    assert.doesNotMatch(run({ one: PASSES, two: PASSES }, [], ["one"]).stdout, /Time per test file/);
    const { status, stdout } = run({ one: PASSES, two: PASSES }, [], ["--test-reporter=dot"]);
    assert.equal(status, 0, stdout);
    assert.doesNotMatch(stdout, /Time per test file/);
  });

  test("prints only the slowest fifteen files", () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`t${index}`, PASSES]));
    const { stdout } = run(many, [], []);
    assert.match(stdout, /^Time per test file, the slowest 15$/m);
    assert.equal(stdout.match(/ s {2}test\/t/g)?.length, 15);
    assert.match(stdout, /all 17 files/);
  });

  test("rejects an unknown name", () => {
    const { status, stderr } = run({ one: PASSES }, [], ["nothing"]);
    assert.equal(status, 2);
    assert.match(stderr, /no path of a test contains nothing/);
  });

  test("rejects a test that is not compiled", () => {
    const root = run({ one: PASSES }, [], []);
    assert.equal(root.status, 0);
    const folder = made.at(-1) ?? "";
    rmSync(join(folder, "dist", "test", "one.test.js"));
    const { status, stderr } = spawnSync(process.execPath, [join(folder, "scripts", "run-tests.mjs")], {
      encoding: "utf8",
    });
    assert.equal(status, 2);
    assert.match(stderr, /one\.test\.js: missing; run `npm run build` first/);
  });

  test("allows a skipped test on the machine of a developer", () => {
    const { status, stdout } = run({ one: SKIPS }, [], []);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^. skipped 1$/m);
  });

  test("fails in CI when a test is skipped, and still prints the report of Node", () => {
    const { status, stdout, stderr } = run({ one: SKIPS, two: PASSES }, [], [], "true");
    assert.equal(status, 1);
    assert.match(stdout, /^. skipped 1$/m);
    assert.match(stderr, /one\.test\.js: skips \(no compiler\)/);
  });
});
