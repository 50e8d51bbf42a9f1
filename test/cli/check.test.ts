import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createBench, type Finished, GOOD, MAIN, node, USERS_CACHE } from "./bench.ts";

const bench = createBench();
const VECTORS = ["--vectors", "vectors"];

/** Runs `check` against a scripted implementation. */
function check(script: object, ...args: string[]): Promise<Finished> {
  return bench.run(["check", "--command", bench.actorLine(script), ...VECTORS, ...args]);
}

describe("check", { concurrency: 3 }, () => {
  test("an implementation without failures ends with exit code 0", async () => {
    const { code, stdout, stderr } = await check(GOOD);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /proof\/ssz\/compact +3 +3 +0 +0 +0 +1\n/);
    assert.match(stdout, /✓ all 3 executed cases ended as expected\n +exit code 0/);
    assert.equal(stderr, "", "no progress is written to a pipe");
  });

  test("a failure ends with exit code 1, and prints the command that repeats it", async () => {
    const { code, stdout, stderr } = await check({ ...GOOD, "0x4": { result: { values: [node("6")] } } });
    assert.equal(code, 1, stderr);
    const [, again] = /again +npx proofhouse (.*)/.exec(stdout) ?? [];
    const env = { ...process.env, XDG_CACHE_HOME: bench.path("cache") };
    const repeated = spawnSync("sh", ["-c", `"${process.execPath}" "${MAIN}" ${again}`], { cwd: bench.folder, env });
    assert.equal(repeated.status, 1);
    assert.match(String(repeated.stdout), /1 of 1 executed case failed/);
  });

  test("a missing program ends with exit code 3", async () => {
    const { code, stdout } = await bench.run(["check", "--command", "./no-such-program", ...VECTORS]);
    assert.equal(code, 3);
    assert.match(stdout, /could not be started\n.*no-such-program.*ENOENT/);
  });

  test("--json prints only the report on stdout", async () => {
    const { code, stdout, stderr } = await check({ ...GOOD, "0x2": { result: { values: [null] } } }, "--json");
    assert.equal(code, 1);
    assert.equal(stderr, "");
    const report = JSON.parse(stdout);
    assert.equal(report.exitCode, 1);
    const failed = report.implementations[0].cases.find(({ verdict }: { verdict: string }) => verdict === "fail");
    assert.deepEqual(failed.answer, { kind: "result", result: { values: [null] } });
  });

  test("every option reaches the run", async () => {
    const file = "reads-known.yaml";
    const known = { case: "proof/ssz/compact/reads/first", verdict: "fail", reason: "r", link: "l" };
    bench.write(file, { schema: "proofhouse/expectations/1", expectations: [known] });
    const script = { ...GOOD, "0x2": { error: "internal" }, "0x3": {} };
    const options = ["--timeout-ms", "150", "--max-restarts", "0", "--window", "1", "--min-executed", "4"];
    const { stdout } = await check(
      script,
      "--expectations",
      file,
      ...options,
      "--kind",
      "completeness",
      "--role",
      "verifier",
    );
    assert.match(stdout, /proof\/ssz\/compact +2 +0 +1 +1 +0 +0\n/);
    assert.match(stdout, /TIMEOUT .*\/second\n/);
    assert.match(stdout, /again .* --timeout-ms 150 --expectations reads-known\.yaml --case/);
    assert.match(stdout, /executed 2 cases; expected at least 4/);
    const without = await check(script, "--no-expectations", "--case", "**/first", "--all-failures");
    assert.match(without.stdout, /again .* --no-expectations --case proof\/ssz\/compact\/reads\/first/);
  });

  test("--module imports a module, and prints the command that repeats a failure", async () => {
    const initialized = {
      protocol: 1,
      implementation: { name: "m", version: "1", language: "JavaScript" },
      capabilities: { proof: { ssz: { encodings: ["compact"], operations: ["get"] } } },
    };
    const source = `export const initialize = () => (${JSON.stringify(initialized)});
      export const call = () => ({ values: [${JSON.stringify(node("6"))}] });`;
    writeFileSync(bench.path("module.mjs"), source);
    const { code, stdout } = await bench.run(["check", "--module", "module.mjs", ...VECTORS]);
    assert.equal(code, 1);
    assert.match(stdout, /again +npx proofhouse check --module module\.mjs --vectors vectors --case/);
  });

  test("--module with an invalid module ends with exit code 3, and names the missing part", async () => {
    writeFileSync(bench.path("other.mjs"), "export const initialize = 1;");
    const missing = await bench.run(["check", "--module", "no-such.mjs", ...VECTORS]);
    assert.deepEqual([missing.code, /no-such\.mjs cannot be imported/.test(missing.stdout)], [3, true]);
    const other = await bench.run(["check", "--module", "other.mjs", ...VECTORS]);
    assert.equal(other.code, 3);
    assert.match(other.stdout, /other\.mjs exports no function "initialize"; expected initialize and call/);
  });

  test("--reference passes with every bound measured", async () => {
    const args = ["check", "--reference", "--case", "proof/sparse/compact/honest/*"];
    const { code, stdout } = await bench.run(args, USERS_CACHE);
    assert.equal(code, 0);
    assert.match(stdout, /\nhashes +([0-9]+) +\1 +0 +0 +0 % +0 %\n/);
    assert.match(stdout, /\nproofBytes +([0-9]+) +\1 +0 +0 +0 % +0 %\n/);
  });
});
