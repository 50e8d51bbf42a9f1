import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createBench, type Finished, GOOD, MAIN, node } from "./bench.ts";

const bench = createBench();
const VECTORS = ["--vectors", "vectors"];

/** `check` on a scripted implementation. */
function check(script: object, ...args: string[]): Promise<Finished> {
  return bench.run(["check", "--command", bench.actorLine(script), ...VECTORS, ...args]);
}

/** Writes a manifest for a scripted implementation and returns its folder. */
function manifest(name: string, script: object, changes: object = {}): string {
  const run = bench.actor(script);
  bench.write(`${name}/proofhouse.yaml`, { schema: "proofhouse/manifest/1", name, run, ...changes });
  return name;
}

function expectations(name: string, entries: readonly { case: string; verdict?: string }[]): string {
  const full = entries.map((entry) => ({
    verdict: "fail",
    reason: "a known bug",
    link: "https://bugs.example/1",
    ...entry,
  }));
  return bench.write(name, { schema: "proofhouse/expectations/1", expectations: full });
}

describe("check", { concurrency: 3 }, () => {
  test("an implementation that answers everything rightly ends with exit code 0", async () => {
    const { code, stdout, stderr } = await check(GOOD);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /proof\/ssz\/compact +3 +3 +0 +0 +0 +1\n/);
    assert.match(stdout, /✓ all 3 executed cases ended as expected\n +exit code 0/);
    assert.equal(stderr, "", "a pipe sees no progress");
  });

  test("another value than expected is shown above each other, with carets beneath the digits that differ", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x2": { result: { values: [node("1a")] } } });
    assert.equal(code, 1);
    const lines = stdout.split("\n");
    const [expected, answered, carets] = ["  expected", "  answered", " ".repeat(12)].map((label, index) => {
      const line = lines[lines.findIndex((text) => text.startsWith("  differs")) + 1 + index];
      assert.ok(line.startsWith(label), line);
      return line;
    });
    assert.equal(carets.trim(), "^");
    const at = carets.indexOf("^");
    assert.deepEqual([expected[at], answered[at]], ["2", "1"]);
    assert.match(stdout, /differs +\/values\/0, from byte 31 of 32\n/);
  });

  test("a failure says what was asked, what its flags mean, and the one command that runs it again", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x4": { result: { values: [node("6")] } } });
    assert.equal(code, 1);
    assert.match(stdout, /^FAIL proof\/ssz\/compact\/reads\/forged\n +about +the node at 0x4\n +calls +proof\/get/m);
    assert.match(
      stdout,
      /expected +to be rejected as invalid-proof, or malformed\n +answered +accepted, with \{values:/,
    );
    assert.match(stdout, /flag +forged-node \(forgery\): A value that is in no tree is accepted\./);
    const [, again] = /again +npx proofhouse (.*)/.exec(stdout) ?? [];
    const repeated = spawnSync("sh", ["-c", `"${process.execPath}" "${MAIN}" ${again}`], { cwd: bench.folder });
    assert.equal(repeated.status, 1);
    assert.match(String(repeated.stdout), /1 of 1 executed case failed/);
  });

  test("a crash is told with its exit status and what was written to stderr", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x3": { stderr: "panic: index out of range\n", exit: 3 } });
    assert.equal(code, 1);
    assert.match(stdout, /^CRASH proof\/ssz\/compact\/reads\/second$/m);
    assert.match(stdout, /answered +nothing \(exited with status 3\)/);
    assert.match(stdout, /stderr +│ panic: index out of range/);
    assert.match(stdout, /of the failed: 1 crash/);
  });

  test("a timeout is a failure, and --timeout-ms is part of the command that repeats it", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x3": {} }, "--timeout-ms", "150");
    assert.equal(code, 1);
    assert.match(stdout, /^TIMEOUT .*\n(.*\n)*? +answered +nothing within 150 ms/m);
    assert.match(stdout, /again .* --timeout-ms 150 --case proof\/ssz\/compact\/reads\/second$/m);
  });

  test("an answer that breaks the protocol ends with exit code 3", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x3": { result: { values: 7 } } });
    assert.equal(code, 3);
    assert.match(stdout, /^PROTOCOL FAULT .*\/second$/m);
    assert.match(stdout, /✗ the protocol was broken; 1 of 3 executed cases failed\n +exit code 3/);
  });

  test("a program that is not there, and one that ends at once, end with exit code 3 and say why", async () => {
    const missing = await bench.run(["check", "--command", "./no-such-program", ...VECTORS]);
    assert.equal(missing.code, 3);
    assert.match(missing.stdout, /could not be started\n.*no-such-program.*ENOENT/);
    const dead = await check({ initialize: { stderr: "no licence\n", exit: 9 } });
    assert.equal(dead.code, 3);
    assert.match(dead.stdout, /status 9.*\n +│ no licence/);
  });

  test("a run that executes nothing fails and says so", async () => {
    const { code, stdout } = await check({ operations: ["cost"] });
    assert.equal(code, 1);
    assert.match(stdout, /proof\/ssz\/compact +0 +0 +0 +0 +0 +4\n/);
    assert.match(stdout, /executed no case; expected at least 1/);
    assert.match(stdout, /✗ nothing was executed, so nothing is shown\n/);
  });

  test("fewer executed cases than --min-executed fail the run", async () => {
    const { code, stdout } = await check(GOOD, "--min-executed", "4");
    assert.equal(code, 1);
    assert.match(stdout, /executed 3 cases; expected at least 4/);
  });

  test("cases that the implementation asks to skip are counted and shown with its reason", async () => {
    const rule = { match: "proof/ssz/compact/reads/f*", reason: "not today", url: "https://why.example" };
    const { code, stdout } = await check({ ...GOOD, unsupported: [rule] });
    assert.equal(code, 0);
    assert.match(stdout, /proof\/ssz\/compact +1 +1 +0 +0 +2 +1\n/);
    assert.match(
      stdout,
      /skipped, and why\n +2 +not today \(https:\/\/why\.example\)\n +proof\/ssz\/compact\/reads\/f\*/,
    );
  });

  test("an unsupported rule that is no glob is the implementation's fault, and the process is ended", async () => {
    const { code, stdout } = await check({ ...GOOD, unsupported: [{ match: "x".repeat(70_000), reason: "why not" }] });
    assert.equal(code, 3);
    assert.match(stdout, /unsupported rule "x{80}… \(69920 more characters\)" is not\s+a glob/);
  });

  test("another class than the preferred one is a matter of style: it passes, and is counted", async () => {
    const { code, stdout } = await check({ ...GOOD, "0x4": { error: "malformed" } });
    assert.equal(code, 0);
    assert.match(stdout, /style: 1 case was rejected rightly, with another error class/);
  });

  test("known failures are listed with reason and link, and do not fail the run", async () => {
    const file = expectations("known.yaml", [{ case: "proof/ssz/compact/reads/old-name" }]);
    const folder = manifest("known", { ...GOOD, "0x2": { error: "internal" } }, { expectations: "../known.yaml" });
    const { code, stdout } = await bench.run(["check", folder, ...VECTORS]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /known failures\n +1 +a known bug\n +https:\/\/bugs\.example\/1\n +proof\/ssz\/compact\/reads\/first/,
    );
    const shown = await bench.run(["check", folder, "--no-expectations", ...VECTORS]);
    assert.equal(shown.code, 1);
    assert.match(shown.stdout, /again .*check known --vectors vectors --no-expectations --case/);
    const other = await check({ ...GOOD, "0x2": { exit: 1 } }, "--expectations", file);
    assert.equal(other.code, 1);
    assert.match(other.stdout, /known +crash, although listed as a known fail/);
  });

  test("a known failure that passes fails the run, and so does one that is not executed", async () => {
    const file = expectations("passes.yaml", [{ case: "proof/ssz/compact/reads/first" }]);
    const passes = await check(GOOD, "--expectations", file);
    assert.equal(passes.code, 1);
    assert.match(passes.stdout, /^UNEXPECTED PASS .*\/first$/m);
    const stale = expectations("stale.yaml", [{ case: "proof/ssz/compact/others/prove" }]);
    const notRun = await check(GOOD, "--expectations", stale);
    assert.equal(notRun.code, 1);
    assert.match(notRun.stdout, /stale expectation: proof\/ssz\/compact\/others\/prove was not executed/);
  });

  test("only the first ten failures are shown in full, the worst before the others, unless all are asked for", async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `0x${(index + 16).toString(16)}`);
    const cases = keys.map((key) => ({
      id: `key-${key}`,
      about: key,
      kind: "completeness",
      call: "proof/get",
      params: { backend: "ssz", encoding: "compact", root: node("1"), proof: "0x80", keys: [key] },
      expect: { result: { values: [null] } },
    }));
    const header = { schema: "proofhouse/vector/1", suite: "proof/ssz/compact", theme: "many", about: "Many." };
    bench.write("many/proof/ssz/compact/many.yaml", {
      ...header,
      requirements: ["WIRE-001"],
      source: "hand-written",
      cases,
    });
    const line = bench.actorLine({ "": { error: "incomplete" }, [keys[11]]: { exit: 1 } });
    const run = (...args: string[]): Promise<Finished> =>
      bench.run(["check", "--command", line, "--vectors", "many", ...args]);
    const { stdout } = await run();
    assert.equal(stdout.match(/^(FAIL|CRASH) /gm)?.length, 10);
    assert.ok(stdout.startsWith("CRASH "));
    assert.match(stdout, /and 2 more failures\n +2 +fail +proof\/ssz\/compact\/many\/\*\n--all-failures/);
    const all = await run("--all-failures");
    assert.equal(all.stdout.match(/^(FAIL|CRASH) /gm)?.length, 12);
  });

  test("selections narrow the run, old ids are followed, and strict cases are added on demand", async () => {
    const executed = async (...args: string[]): Promise<number> => {
      const { stdout } = await check(
        { ...GOOD, operations: ["get", "root"], "": { error: "non-canonical" } },
        "--json",
        ...args,
      );
      return JSON.parse(stdout).implementations[0].totals.executed;
    };
    assert.equal(await executed("--case", "proof/ssz/compact/reads/old-name"), 1);
    assert.equal(await executed("--case", "**/f*", "--kind", "soundness"), 1);
    assert.equal(await executed("--case", "**/first", "--case", "**/second"), 2);
    assert.equal(await executed("--profile", "strict"), 4);
    assert.equal(await executed("--flag", "forged-node", "--role", "verifier", "--requirement", "PROOF-SSZ-001"), 1);
  });

  test("--json puts the report on stdout, and nothing else", async () => {
    const { code, stdout, stderr } = await check({ ...GOOD, "0x2": { result: { values: [null] } } }, "--json");
    assert.equal(code, 1);
    assert.equal(stderr, "");
    const report = JSON.parse(stdout);
    assert.equal(report.complete, true);
    assert.equal(report.exitCode, 1);
    const failed = report.implementations[0].cases.find(({ verdict }: { verdict: string }) => verdict === "fail");
    assert.deepEqual(failed.answer, { kind: "result", result: { values: [null] } });
  });

  test("the same run gives the same report, byte for byte", async () => {
    const script = { ...GOOD, "0x2": { stderr: "oops", error: "internal" } };
    const line = bench.actorLine(script);
    for (const name of ["a", "b"]) {
      await bench.run([
        "check",
        "--command",
        line,
        ...VECTORS,
        "--report",
        `${name}.json`,
        "--report",
        `${name}.xml`,
        "--report",
        `${name}.md`,
      ]);
    }
    for (const extension of ["json", "xml", "md"]) {
      const [a, b] = ["a", "b"].map((name) => readFileSync(bench.path(`${name}.${extension}`), "utf8"));
      assert.equal(a, b);
      assert.ok(!a.includes(String(new Date().getFullYear())), "no clock");
    }
  });

  test("a known toolchain that is missing skips the implementation; a build that fails is a failure to start", async () => {
    const needs = [{ command: ["./no-such-compiler"], reason: "no compiler" }];
    const skipped = await bench.run(["check", manifest("needs", GOOD, { needs }), ...VECTORS]);
    assert.equal(skipped.code, 1);
    assert.match(skipped.stdout, /skipped\n +no compiler \(\.\/no-such-compiler: not found\)/);
    assert.match(skipped.stdout, /nothing was executed, so nothing is shown: its toolchain is missing/);
    const build = [["sh", "-c", "echo cannot find crate >&2; exit 4"]];
    const failed = await bench.run(["check", manifest("build", GOOD, { build }), ...VECTORS]);
    assert.equal(failed.code, 3);
    assert.match(failed.stdout, /build failed: .*exit status 4\n +│ cannot find crate/);
  });
});
