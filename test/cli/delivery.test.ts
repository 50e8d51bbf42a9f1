import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileValidators } from "../../harness/files/yaml-file.ts";
import { createBench, finish, GOOD, MAIN, USERS_CACHE } from "./bench.ts";

const bench = createBench();
const CHECK = ["check", "--vectors", "vectors", "--command"];
const ESCAPE = "\u001b";

/** Whether this system has a device on which every write fails. */
const hasFullDevice = existsSync("/dev/full");

async function assertValidReport(report: unknown): Promise<void> {
  const { report: validate } = await fileValidators();
  assert.ok(validate(report), JSON.stringify(validate.errors));
}

/** Waits until `condition` holds, and fails after ten seconds. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 500, "waited too long");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("reports", { concurrency: 3 }, () => {
  test("are written in the format of their extensions, without other files in the folder", async () => {
    const line = bench.actorLine({ ...GOOD, "0x2": { error: "internal" } });
    mkdirSync(bench.path("reports"));
    writeFileSync(bench.path("reports/old.json"), "old", { mode: 0o600 });
    const names = ["old.json", "junit.xml", "page.md"];
    const { code } = await bench.run([...CHECK, line, ...names.flatMap((name) => ["--report", `reports/${name}`])]);
    assert.equal(code, 1);
    assert.deepEqual(readdirSync(bench.path("reports")).sort(), [...names].sort());
    const [json, xml, md] = names.map((name) => readFileSync(bench.path(`reports/${name}`), "utf8"));
    await assertValidReport(JSON.parse(json));
    assert.match(xml, /^<\?xml version="1\.0"/);
    assert.match(md, /^# Proofhouse report\n/);
  });

  test("are written through a link to the file behind it", async () => {
    symlinkSync("real.json", bench.path("link.json"));
    writeFileSync(bench.path("real.json"), "");
    await bench.run([...CHECK, bench.actorLine(GOOD), "--report", "link.json"]);
    await assertValidReport(JSON.parse(readFileSync(bench.path("real.json"), "utf8")));
  });

  test("that cannot be written are kept in the temporary folder, with exit code 2", {
    skip: !hasFullDevice,
  }, async () => {
    symlinkSync("/dev/full", bench.path("full.json"));
    const TMPDIR = bench.path("tmp");
    mkdirSync(TMPDIR);
    const args = [...CHECK, bench.actorLine(GOOD), "--report", "full.json"];
    const kept = await bench.run(args, { TMPDIR });
    assert.equal(kept.code, 2);
    assert.match(kept.stderr, /the report full\.json could not be written: no space left on device \(ENOSPC\)/);
    const [, path] = /it was written to (.*) instead/.exec(kept.stderr) ?? [];
    await assertValidReport(JSON.parse(readFileSync(path, "utf8")));
    assert.match(kept.stdout, /all 3 executed cases ended as expected/, "the text is printed anyway");

    const printed = await bench.run(args, { TMPDIR: bench.path("no-such-folder") });
    assert.equal(printed.code, 2);
    assert.match(printed.stderr, /the report follows on stdout/);
    await assertValidReport(JSON.parse(printed.stdout.slice(printed.stdout.indexOf("\n{"))));
  });
});

describe("stdout", { concurrency: 3 }, () => {
  const shell = (script: string): ReturnType<typeof finish> => {
    const env = { ...process.env, ...USERS_CACHE, NODE: process.execPath, MAIN };
    return finish(spawn("sh", ["-c", script], { cwd: bench.folder, env }));
  };

  test("without a reader ends the output without an error", async () => {
    const { stderr } = await shell('"$NODE" "$MAIN" vectors bundle | head -c 20');
    assert.equal(stderr, "");
  });

  test("on a full device is an error on stderr with exit code 2", { skip: !hasFullDevice }, async () => {
    for (const command of ["--help", "vectors list --vectors vectors"]) {
      const { code, stderr } = await shell(`"$NODE" "$MAIN" ${command} > /dev/full`);
      assert.equal(code, 2);
      assert.match(stderr, /^error: stdout cannot be written: ENOSPC/);
    }
  });

  test("has no colours in a pipe, whatever the environment sets", async () => {
    const { stdout } = await bench.run([...CHECK, bench.actorLine(GOOD)], { CI: "1", FORCE_COLOR: "1" });
    assert.ok(!stdout.includes(ESCAPE));
  });
});

describe("an interruption", { concurrency: 3 }, () => {
  test("stops the implementation and writes a valid report of the judged cases, with exit code 130", async () => {
    const pid = bench.path("pid");
    const line = bench.actorLine({ "0x2": GOOD["0x2"], "0x3": { touch: pid } });
    const child = bench.start([...CHECK, line, "--report", "partial.json", "--timeout-ms", "60000"]);
    const ended = finish(child);
    await until(() => existsSync(pid) && readFileSync(pid, "utf8") !== "");
    // Lets the answer to the previous request arrive.
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 130);
    assert.match(stderr, /^interrupted: /);
    assert.match(stdout, /✗ interrupted: 1 case judged so far, 0 failed\n +exit code 130/);
    const report = JSON.parse(readFileSync(bench.path("partial.json"), "utf8"));
    await assertValidReport(report);
    assert.equal(report.complete, false);
    assert.deepEqual(
      report.implementations[0].cases.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
      [["proof/ssz/compact/reads/first", "pass"]],
    );
    assert.throws(() => process.kill(Number(readFileSync(pid, "utf8")), 0), { code: "ESRCH" });
  });

  test("works while the implementation starts, and with SIGTERM too", async () => {
    const started = bench.path("sleep-started");
    const child = bench.start([...CHECK, `sh -c "touch ${started}; sleep 60"`]);
    const ended = finish(child);
    await until(() => existsSync(started));
    child.kill("SIGTERM");
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    assert.match(stdout, /interrupted: 0 cases judged/);
  });

  test("of a matrix keeps the results of earlier implementations", async () => {
    const started = bench.path("second-started");
    const manifest = (name: string, run: readonly string[]): string => {
      bench.write(`${name}/proofhouse.yaml`, { schema: "proofhouse/manifest/1", name, run });
      return name;
    };
    const folders = [
      manifest("one", bench.actor(GOOD)),
      manifest("two", ["sh", "-c", `touch ${started}; sleep 60`]),
      manifest("three", ["true"]),
    ];
    const child = bench.start(["matrix", ...folders, "--vectors", "vectors", "--json"]);
    const ended = finish(child);
    await until(() => existsSync(started));
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    const report = JSON.parse(stdout);
    await assertValidReport(report);
    assert.deepEqual(
      report.implementations.map(({ name, status }: { name: string; status: string }) => [name, status]),
      [
        ["one", "ran"],
        ["two", "interrupted"],
      ],
    );
  });

  test("repeated once quits at once", async () => {
    const touch = bench.path("twice-started");
    const child = bench.start([...CHECK, bench.actorLine({ "": { touch } }), "--timeout-ms", "60000"]);
    const ended = finish(child);
    await until(() => existsSync(touch));
    child.kill("SIGINT");
    child.kill("SIGTERM");
    assert.equal((await ended).code, 130);
  });
});

test("hostile text of an implementation is escaped in the terminal, in Markdown and in XML", async () => {
  const nasty = `${ESCAPE}]0;title\u0007${ESCAPE}[2J\u009b31m\u202e\u0000 | \`code\` <b> ]]> & "quoted"`;
  const script = {
    implementation: { name: nasty, version: nasty, language: nasty },
    unsupported: [{ match: "**/first", reason: nasty, url: nasty }],
    "0x3": { stderr: `one\r\n\ttwo ${nasty}`, exit: 1 },
    "0x4": { error: "internal", message: nasty },
  };
  const args = [...CHECK, bench.actorLine(script), "--report", "h.json", "--report", "h.xml", "--report", "h.md"];
  const { stdout, stderr } = await bench.run(args);
  const [xml, md] = ["h.xml", "h.md"].map((name) => readFileSync(bench.path(name), "utf8"));
  for (const text of [stdout, stderr, xml, md]) assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
  assert.match(stdout, /│ {5}two \\x1b\]0;title\\x07\\x1b\[2J\\x9b31m\\u202e\\x00/);
  assert.match(stdout, /answered +rejected as internal: \\x1b\]0;title/);
  const report = JSON.parse(readFileSync(bench.path("h.json"), "utf8"));
  await assertValidReport(report);
  assert.equal(report.implementations[0].implementation.name, nasty, "the JSON report contains the original text");
  assert.ok(md.includes("\\| \\`code\\` &lt;b\\>"));
});
