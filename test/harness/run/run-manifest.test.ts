import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { failureContext } from "../../../cli/deliver.ts";
import { loadVectors, type VectorSet } from "../../../harness/cases/load.ts";
import { exitCodeOf, type NamedRun } from "../../../harness/run/outcome.ts";
import { type CheckOptions, runManifest } from "../../../harness/run/run-manifest.ts";
import { loadManifest, manifestOfCommand } from "../../../harness/subject/manifest.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";
import { PLAIN } from "../../../report/text/layout.ts";
import { runText } from "../../../report/text/run.ts";
import { reportText } from "../../../report/write-reports.ts";
import { createBench, GOOD, node } from "../../cli/bench.ts";

const bench = createBench();
process.env.XDG_CACHE_HOME = bench.path("cache");
process.chdir(bench.folder);
const vectors = await loadVectors("vectors");

interface Shown {
  readonly code: number;
  readonly text: string;
  readonly run: NamedRun["run"];
}

function show(named: NamedRun, { flags }: VectorSet = vectors, maxFailures = 10): Shown {
  const context = failureContext("impl", {}, flags);
  const text = runText(named, context, PLAIN, { maxFailures, showAll: "--all-failures" }).join("\n");
  return { code: exitCodeOf([named.run]), text, run: named.run };
}

async function check(script: object, options: CheckOptions = {}): Promise<Shown> {
  return show(await runManifest(manifestOfCommand(bench.actor(script)), vectors, options));
}

/** Runs a manifest for a scripted implementation. */
async function checkManifest(name: string, script: object, changes: object, options?: CheckOptions): Promise<Shown> {
  const run = bench.actor(script);
  bench.write(`${name}/proofhouse.yaml`, { schema: "proofhouse/manifest/1", name, run, ...changes });
  return show(await runManifest(await loadManifest(name), vectors, options));
}

function expectations(name: string, ...ids: string[]): string {
  const entries = ids.map((id) => ({
    case: id,
    verdict: "fail",
    reason: "a known bug",
    link: "https://bugs.example/1",
  }));
  return bench.write(name, { schema: "proofhouse/expectations/1", expectations: entries });
}

describe("the text of a failure", { concurrency: 3 }, () => {
  test("has the wrong value below the expected one, with carets below the digits that differ", async () => {
    const { code, text } = await check({ ...GOOD, "0x2": { result: { values: [node("1a")] } } });
    assert.equal(code, 1);
    assert.match(text, /differs +\/values\/0, from byte 31 of 32\n/);
    const [expected, answered, carets] = /( +expected .*)\n( +answered .*)\n( +\^)\n/.exec(text)?.slice(1) ?? [];
    const at = carets.indexOf("^");
    assert.deepEqual([expected[at], answered[at]], ["2", "1"]);
  });

  test("has the request, the expectation and the flag of an accepted forgery", async () => {
    const { code, text } = await check({ ...GOOD, "0x4": { result: { values: [node("6")] } } });
    assert.equal(code, 1);
    assert.match(text, /^FAIL proof\/ssz\/compact\/reads\/forged\n +about +the node at 0x4\n +calls +proof\/get/m);
    assert.match(text, /expected +to be rejected as invalid-proof, or malformed\n +answered +accepted, with \{values:/);
    assert.match(text, /flag +forged-node \(forgery\): A value that is in no tree is accepted\./);
    assert.match(text, /again +npx proofhouse check impl --case proof\/ssz\/compact\/reads\/forged\n/);
  });

  test("has the exit status and the stderr of a crash", async () => {
    const { code, text } = await check({ ...GOOD, "0x3": { stderr: "panic: index out of range\n", exit: 3 } });
    assert.equal(code, 1);
    assert.match(text, /^CRASH proof\/ssz\/compact\/reads\/second\n/m);
    assert.match(
      text,
      /answered +no answer: the process exited with status 3\n +stderr +│ panic: index out of range\n/,
    );
    assert.match(text, /of the failed: 1 crash/);
  });

  test("has the position of a protocol fault, which ends with exit code 3", async () => {
    const { code, text } = await check({ ...GOOD, "0x3": { result: { values: 7 } } });
    assert.equal(code, 3);
    assert.match(
      text,
      /^PROTOCOL FAULT .*\/second\n(.*\n)* +answered +a message that breaks the protocol at \/result\/values: must be\s+array/m,
    );
    assert.match(text, /✗ the protocol was broken; 1 of 3 executed cases failed\n +exit code 3/);
  });

  test("is printed only for the first failures, the worst first; the others are counted by theme", async () => {
    const keys = Array.from({ length: 6 }, (_, index) => `0x${(index + 16).toString(16)}`);
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
    const many = await loadVectors("many");
    const words = bench.actor({ "": { error: "incomplete" }, [keys[5]]: { exit: 1 } });
    const named = await runManifest(manifestOfCommand(words), many);
    const { text } = show(named, many, 4);
    assert.equal(text.match(/^(FAIL|CRASH) /gm)?.length, 4);
    assert.ok(text.startsWith("CRASH "));
    assert.match(text, /and 2 more failures\n +2 +fail +proof\/ssz\/compact\/many\/\*\n--all-failures\n/);
    assert.equal(show(named, many, 99).text.match(/^(FAIL|CRASH) /gm)?.length, 6);
  });
});

describe("the text of a run", { concurrency: 3 }, () => {
  test("without executed cases reports a failure, and counts undeclared cases", async () => {
    const { code, text } = await check({ operations: ["cost"] });
    assert.equal(code, 1);
    assert.match(text, /proof\/ssz\/compact +0 +0 +0 +0 +0 +4\n/);
    assert.match(text, /executed no case; expected at least 1/);
    assert.match(text, /✗ no case was executed\n/);
  });

  test("with too few executed cases reports a failure", async () => {
    const { code, text } = await check(GOOD, { minExecuted: 4 });
    assert.equal(code, 1);
    assert.match(text, /executed 3 cases; expected at least 4/);
  });

  test("counts the cases that the implementation skips, with its reason", async () => {
    const rule = { match: "proof/ssz/compact/reads/f*", reason: "not today", url: "https://why.example" };
    const { code, text } = await check({ ...GOOD, unsupported: [rule] });
    assert.equal(code, 0);
    assert.match(text, /proof\/ssz\/compact +1 +1 +0 +0 +2 +1\n/);
    assert.match(
      text,
      /skipped, and why\n +2 +not today \(https:\/\/why\.example\)\n +proof\/ssz\/compact\/reads\/f\*/,
    );
  });

  test("counts passed cases without the preferred error class as a remark on style", async () => {
    const { code, text } = await check({ ...GOOD, "0x4": { error: "malformed" } });
    assert.equal(code, 0);
    assert.match(text, /style: 1 case was rejected correctly, but not with the preferred error class/);
  });

  test("is the same for the same run, and so are all reports, byte for byte", async () => {
    const words = bench.actor({ ...GOOD, "0x2": { stderr: "oops", error: "internal" } });
    const [a, b] = [
      await runManifest(manifestOfCommand(words), vectors),
      await runManifest(manifestOfCommand(words), vectors),
    ];
    for (const format of ["json", "junit", "markdown"] as const) {
      assert.equal(reportText(format, [a]), reportText(format, [b]));
    }
  });
});

describe("known failures", { concurrency: 3 }, () => {
  test("are listed with reason and link, and do not fail the run", async () => {
    expectations("known.yaml", "proof/ssz/compact/reads/old-name");
    const script = { ...GOOD, "0x2": { error: "internal" } };
    const { code, text } = await checkManifest("known", script, { expectations: "../known.yaml" });
    assert.equal(code, 0);
    assert.match(
      text,
      /known failures\n +1 +a known bug\n +https:\/\/bugs\.example\/1\n +proof\/ssz\/compact\/reads\/first/,
    );
    assert.match(text, /✓ all 3 executed cases ended as expected; 1 known failure\n/);
    const ignored = await checkManifest("ignored", script, { expectations: "../known.yaml" }, { expectations: false });
    assert.equal(ignored.code, 1);
  });

  test("with a different verdict fail the run", async () => {
    const file = expectations("other.yaml", "proof/ssz/compact/reads/first");
    const { code, text } = await check({ ...GOOD, "0x2": { exit: 1 } }, { expectations: file });
    assert.equal(code, 1);
    assert.match(text, /known +crash, although listed as a known fail/);
  });

  test("that pass fail the run, and so do those that are not executed", async () => {
    const passes = await check(GOOD, { expectations: expectations("passes.yaml", "proof/ssz/compact/reads/first") });
    assert.equal(passes.code, 1);
    assert.match(passes.text, /^UNEXPECTED PASS .*\/first\n/m);
    const stale = await check(GOOD, { expectations: expectations("stale.yaml", "proof/ssz/compact/others/prove") });
    assert.equal(stale.code, 1);
    assert.match(stale.text, /stale expectation: proof\/ssz\/compact\/others\/prove was not executed/);
  });

  test("of cases that are not selected are ignored", async () => {
    const file = expectations("unselected.yaml", "proof/ssz/compact/reads/first");
    const { code } = await check(GOOD, { expectations: file, selection: { cases: ["**/second"] } });
    assert.equal(code, 0);
  });
});

describe("starting", { concurrency: 3 }, () => {
  test("an implementation is started before the vectors are loaded", async () => {
    const stamp = bench.path("started");
    const script = `require("node:fs").writeFileSync(${JSON.stringify(stamp)}, ""); setTimeout(() => {}, 60_000)`;
    const load = async (): Promise<VectorSet> => {
      for (let tries = 0; !existsSync(stamp); tries++) {
        assert.ok(tries < 500, "it was not started");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new UsageError("no vectors today");
    };
    await assert.rejects(runManifest(manifestOfCommand(["node", "-e", script]), load), /no vectors today/);
  });

  test("a missing toolchain skips the implementation, which fails a run without others", async () => {
    const needs = [{ command: ["./no-such-compiler"], reason: "no compiler" }];
    const { code, text, run } = await checkManifest("needs", GOOD, { needs });
    assert.equal(run.status, "skipped");
    assert.equal(code, 1);
    assert.match(text, /skipped\n +no compiler \(\.\/no-such-compiler: not found\)/);
    assert.match(text, /no case was executed: the toolchain is missing/);
  });

  test("a build that fails is a failure to start, with the end of its output", async () => {
    const build = [["sh", "-c", "echo cannot find crate >&2; exit 4"]];
    const { code, text, run } = await checkManifest("build", GOOD, { build });
    assert.equal(run.status, "not-started");
    assert.equal(code, 3);
    assert.match(text, /build failed: .*exit status 4\n +│ cannot find crate/);
  });

  test("a program that ends before it answers is reported with its stderr", async () => {
    const { code, text } = await check({ initialize: { stderr: "no licence\n", exit: 9 } });
    assert.equal(code, 3);
    assert.match(text, /status 9.*\n +│ no licence/);
  });

  test("an unsupported rule that is not a glob is a fault of the implementation, whose process is stopped", async () => {
    const { code, run } = await check({ ...GOOD, unsupported: [{ match: "x".repeat(70_000), reason: "why not" }] });
    assert.equal(code, 3);
    assert.match(run.reason ?? "", /^initialize: unsupported rule "x{80}… \(69920 more characters\)" is not a glob/);
  });

  test("an interruption during the start stops the process, and is not a failure to start", async () => {
    const signal = AbortSignal.timeout(300);
    const { run, code } = show(await runManifest(manifestOfCommand(["sleep", "60"]), vectors, { signal }));
    assert.equal(run.status, "interrupted");
    assert.equal(code, 130);
  });

  test("an interruption during the build stops the build", async () => {
    const signal = AbortSignal.timeout(300);
    const { run } = await checkManifest("slow", GOOD, { build: [["sleep", "60"]] }, { signal });
    assert.equal(run.status, "interrupted");
  });
});
