/** `check --watch` with real programs that change on disk while it runs. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { packagePath } from "../../harness/files/package-root.ts";
import { inCiAlone } from "../sample.ts";
import { createBench, type Finished, finish, GOOD, node } from "./bench.ts";

const bench = createBench();
const ADAPTER = pathToFileURL(packagePath("dist", "kits", "javascript", "adapter", "adapter.js")).href;
const id = (name: string): string => `proof/ssz/compact/reads/${name}`;
const WRONG = { result: { values: [node("66")] } };

/** Returns a program that answers from `answers` and writes its process id to `pids.log`. `extra` runs at its start. */
function program(answers: object, extra = ""): string {
  return `
import { appendFileSync } from "node:fs";
import { Rejection, serve } from ${JSON.stringify(ADAPTER)};
appendFileSync("pids.log", process.pid + "\\n");
${extra}
const answers = ${JSON.stringify(answers)};
await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "changing", version: "1.0.0", language: "JavaScript" },
    capabilities: { proof: { ssz: { encodings: ["compact"], operations: ["get"] } } },
  },
  call(_method, { keys: [key] }) {
    const { result, error, hang } = answers[key];
    for (const start = Date.now(); hang && Date.now() - start < 30_000; );
    if (error) throw new Rejection(error, "");
    return result;
  },
});
`;
}

interface Watched {
  /** Waits for a match in the output after the previous match. Resolves with the text up to its end. */
  readonly see: (pattern: RegExp) => Promise<string>;
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => Promise<Finished>;
}

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGTERM");
});

function watch(args: readonly string[]): Watched {
  const child = bench.start(["check", "--vectors", "vectors", "--watch", ...args]);
  children.push(child);
  const ended = finish(child);
  let output = "";
  let seen = 0;
  let look = (): void => {};
  const take = (text: string): void => {
    output += text;
    look();
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const see = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const tooLate = (): void =>
        reject(new Error(`no match of ${pattern} after the previous match in:\n${output.slice(seen)}`));
      const timer = setTimeout(tooLate, 20_000);
      child.on("close", tooLate);
      look = () => {
        const match = pattern.exec(output.slice(seen));
        if (match === null) return;
        clearTimeout(timer);
        child.off("close", tooLate);
        look = () => {};
        const from = seen;
        seen += match.index + match[0].length;
        resolve(output.slice(from, seen));
      };
      look();
    });
  return {
    see,
    output: () => output,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

const WAITING = /^watching .*Ctrl-C to stop$/m;

function assertNoneLives(folder: string): void {
  const pids = readFileSync(bench.path(join(folder, "pids.log")), "utf8")
    .trim()
    .split("\n");
  assert.ok(pids.length > 0);
  for (const pid of pids) assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" }, `process ${pid} lives`);
}

function manifest(folder: string, changes: object = {}): void {
  const run = ["node", "impl.mjs"];
  bench.write(`${folder}/proofhouse.yaml`, { schema: "proofhouse/manifest/1", name: "changing", run, ...changes });
}

describe("check --watch", { concurrency: 4 }, () => {
  test("runs the failed cases first, then all cases, and prints the changes", async () => {
    manifest("fix");
    const write = (answers: object): string => bench.write("fix/impl.mjs", program(answers));
    write({ ...GOOD, "0x2": WRONG, "0x4": WRONG });
    const { see, kill, output } = watch(["fix"]);
    const first = await see(WAITING);
    assert.match(first, /✗ 2 of 3 executed cases failed\n +exit code 1/);
    assert.match(first, /watching 2 files \(fix\)/);

    write({ ...GOOD, "0x2": WRONG, "0x4": { result: { values: [node("67")] } } });
    const unfixed = await see(WAITING);
    assert.match(unfixed, /^── [0-9:]{8} changed: fix\/impl\.mjs$/m);
    assert.match(unfixed, /^FAIL .*\/first\n/m, "the first failure is printed in full");
    assert.match(unfixed, new RegExp(`^still failing +2  ${id("first")}\n +${id("forged")}\n`, "m"));
    assert.match(unfixed, /✗ all 2 failed cases still fail; the other cases were not run again\n/);
    assert.doesNotMatch(unfixed, /executed case/);

    write({ ...GOOD, "0x3": WRONG, "0x4": WRONG });
    const moved = await see(WAITING);
    const [atFixed, atAll, atBroken] = ["newly fixed", "all cases run now", "newly failing"].map((text) =>
      moved.indexOf(text),
    );
    assert.ok(0 < atFixed && atFixed < atAll && atAll < atBroken, moved);
    assert.match(moved, new RegExp(`^newly fixed +1  ${id("first")}$`, "m"));
    assert.match(moved, new RegExp(`^still failing +1  ${id("forged")}$`, "m"));
    assert.match(moved, new RegExp(`^newly failing +1  ${id("second")}$`, "m"));
    assert.match(moved, /✗ 2 of 3 executed cases failed\n +exit code 1/);

    write(GOOD);
    const fixed = await see(WAITING);
    assert.match(fixed, new RegExp(`^newly fixed +2  ${id("second")}\n +${id("forged")}$`, "m"));
    assert.match(fixed, /✓ all 3 executed cases ended as expected\n/);

    write({ ...GOOD, "0x4": WRONG });
    const broken = await see(WAITING);
    assert.match(broken, new RegExp(`^FAIL ${id("forged")}$`, "m"));
    assert.match(broken, new RegExp(`^newly failing +1  ${id("forged")}$`, "m"));
    assert.doesNotMatch(broken, /still failing|newly fixed/);

    const { code, stderr } = await kill("SIGINT");
    assert.equal(code, 1, "the exit code of the last run");
    assert.equal(stderr, "");
    assert.ok(!output().includes("\u001b"), "a pipe receives no escape sequences");
    assertNoneLives("fix");
  });

  test("watches the files that a command names, and waits for a missing one", inCiAlone, async () => {
    bench.write("pids.log", "");
    bench.write("alone.mjs", program(GOOD));
    const { see, kill } = watch(["--command", "node alone.mjs --some=option"]);
    assert.match(await see(WAITING), /✓ all 3 [\s\S]*watching 1 file \(alone\.mjs\)/);
    rmSync(bench.path("alone.mjs"));
    await see(/^alone\.mjs is missing; waiting for it to reappear$/m);
    bench.write("alone.mjs", program({ ...GOOD, "0x3": WRONG }));
    assert.match(await see(WAITING), /newly failing +1 /);
    // An editor may write a new file and rename it.
    bench.write("alone.mjs.new", program(GOOD));
    renameSync(bench.path("alone.mjs.new"), bench.path("alone.mjs"));
    assert.match(await see(WAITING), /newly fixed +1 [\s\S]*✓ all 3/);
    const { code } = await kill("SIGTERM");
    assert.equal(code, 0);
  });

  test("builds before each round, reports a failing build, and ignores the files that the build writes", async () => {
    const build = `
import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
appendFileSync("builds.log", "built\\n");
if (readFileSync("source.txt", "utf8").includes("syntax error")) throw new Error("source.txt: syntax error");
writeFileSync("generated.txt", "the same every time");
cpSync("source.txt", "out/impl.mjs");
`;
    bench.write("built/build.mjs", build);
    bench.write("built/source.txt", program(GOOD));
    manifest("built", { build: [["node", "build.mjs"]], run: ["node", "out/impl.mjs"] });
    const { see, kill, output } = watch(["built"]);
    assert.match(await see(WAITING), /✓ all 3/);
    bench.write("built/source.txt", "syntax error");
    assert.match(
      await see(WAITING),
      /could not be started\n +build failed: node build\.mjs: exit status 1\n[\s\S]*exit code 3/,
    );
    bench.write("built/source.txt", program({ ...GOOD, "0x2": WRONG }));
    assert.match(await see(WAITING), /newly failing +1 /);
    bench.write("built/source.txt", program(GOOD));
    assert.match(await see(/✓ all 3/), /newly fixed +1 /);
    await see(WAITING);
    const { code } = await kill("SIGINT");
    assert.equal(code, 0);
    const builds = readFileSync(bench.path("built/builds.log"), "utf8").match(/built/g)?.length ?? 0;
    const rounds = 1 + (output().match(/ changed: /g)?.length ?? 0);
    assert.equal(builds, rounds, "one build for each round, although the failed cases run separately");
    assertNoneLives("built");
  });

  test("ends a run that a change makes obsolete", inCiAlone, async () => {
    manifest("hang", { timeoutMs: 60_000 });
    const pids = bench.path("hang/pids.log");
    bench.write("hang/impl.mjs", program({ ...GOOD, "0x3": { hang: true } }));
    const { see, kill, output } = watch(["hang"]);
    while (!existsSync(pids)) await new Promise((resolve) => setTimeout(resolve, 20));
    bench.write("hang/impl.mjs", program(GOOD));
    assert.match(await see(WAITING), /^── [\s\S]*✓ all 3 executed cases ended as expected/m);
    assert.doesNotMatch(output(), /TIMEOUT|interrupted/);

    bench.write("hang/impl.mjs", program({ ...GOOD, "0x3": { hang: true } }));
    await see(/ changed: /);
    while (readFileSync(pids, "utf8").split("\n").length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    const { code, stderr } = await kill("SIGINT");
    assert.equal(code, 130, "the last run was interrupted");
    assert.match(stderr, /^interrupted; press Ctrl-C again to quit at once\n$/);
    assertNoneLives("hang");
  });

  test("reports the judged cases when the first run is interrupted", async () => {
    manifest("early", { timeoutMs: 60_000, window: 1 });
    bench.write("early/impl.mjs", program({ ...GOOD, "0x4": { hang: true } }));
    const { kill } = watch(["early"]);
    while (!existsSync(bench.path("early/pids.log"))) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { code, stdout } = await kill("SIGINT");
    assert.equal(code, 130);
    assert.match(stdout, /✗ interrupted: 2 cases judged so far, 0 failed\n +exit code 130: interrupted\n$/);
    assertNoneLives("early");
  });

  test("writes reports after each run of all cases, and ignores changes of reports and of files that the program writes", async () => {
    manifest("noisy");
    const trace = 'import { writeFileSync } from "node:fs";\nwriteFileSync("trace.txt", String(Math.random()));';
    const write = (answers: object): string => bench.write("noisy/impl.mjs", program(answers, trace));
    write({ ...GOOD, "0x2": WRONG });
    const { see, kill } = watch(["noisy", "--report", "noisy/report.json"]);
    const report = (): { exitCode: number } => JSON.parse(readFileSync(bench.path("noisy/report.json"), "utf8"));
    await see(/noisy\/trace\.txt: changed repeatedly during builds or runs/);
    await see(WAITING);
    assert.equal(report().exitCode, 1);
    write(GOOD);
    assert.match(await see(WAITING), /changed: noisy\/impl\.mjs\n[\s\S]*✓ all 3/);
    assert.equal(report().exitCode, 0);
    const { code, stdout } = await kill("SIGINT");
    assert.equal(code, 0);
    assert.match(stdout, /Ctrl-C to stop\s*$/, "no further round began");
    assertNoneLives("noisy");
  });

  test("reports a manifest that becomes invalid, and reads it again once it is valid", async () => {
    manifest("settings");
    bench.write("settings/impl.mjs", program({ ...GOOD, "0x2": WRONG }));
    const { see, kill } = watch(["settings"]);
    await see(WAITING);
    bench.write("settings/proofhouse.yaml", "schema: proofhouse/manifest/1\nname: changing\n");
    assert.match(
      await see(WAITING),
      /✗ settings\/proofhouse\.yaml:1:1: the file: field "run" is missing.*\n +exit code 2: usage error/,
    );
    const known = { case: id("first"), verdict: "fail", reason: "r", link: "l" };
    bench.write("settings/known.yaml", { schema: "proofhouse/expectations/1", expectations: [known] });
    manifest("settings", { expectations: "known.yaml" });
    assert.match(
      await see(WAITING),
      new RegExp(`^now known to fail +1  ${id("first")}$[\\s\\S]*✓ all 3 .*1 known failure`, "m"),
    );
    assert.equal((await kill("SIGINT")).code, 0);
  });
});
