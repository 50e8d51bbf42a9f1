import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { scanXml } from "../report/xml-scanner.ts";
import { createBench, GOOD, USERS_CACHE, vectorFile } from "./bench.ts";

const bench = createBench();
const VECTORS = ["--vectors", "vectors"];

function manifest(name: string, run: readonly string[], changes: object = {}): string {
  bench.write(`${name}/proofhouse.yaml`, { schema: "proofhouse/manifest/1", name, run, ...changes });
  return name;
}

async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await bench.run(args);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

describe("matrix", { concurrency: 3 }, () => {
  test("prints a legend, the table, skipped implementations, and every unexpected failure", async () => {
    bench.write("vectors/proof/ssz/helpers/reads.yaml", vectorFile("reads", { suite: "proof/ssz/helpers" }));
    const known = [{ case: "proof/ssz/compact/reads/first", verdict: "fail", reason: "r", link: "https://l.example" }];
    bench.write("fails/known.yaml", { schema: "proofhouse/expectations/1", expectations: known });
    const folders = [
      manifest("passes", bench.actor(GOOD)),
      manifest("fails", bench.actor({ ...GOOD, "0x2": { error: "internal" } }), { expectations: "known.yaml" }),
      manifest("absent", ["x"], { needs: [{ command: ["./no-compiler"], reason: "no compiler here" }] }),
    ];
    const { code, stdout } = await bench.run(["matrix", ...folders, ...VECTORS]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^Each cell counts the cases of one suite:\npassed\/executed .*\n.*\n\nproof\/ssz\/ +compact +helpers\n/,
    );
    assert.match(stdout, /^passes +3\/3 –1 +3\/3$/m);
    assert.match(stdout, /^fails +2\/3 ~1 –1 +2\/3 ✗1$/m);
    assert.match(stdout, /^absent skipped: no compiler here \(\.\/no-compiler: not found\)$/m);
    assert.match(stdout, /^FAIL proof\/ssz\/helpers\/reads\/first\n/m);
    assert.match(
      stdout,
      /again +npx proofhouse check fails --vectors vectors --case proof\/ssz\/helpers\/reads\/first/,
    );
    assert.match(stdout, /✗ 1 of 12 executed cases failed\n +exit code 1/);
  });

  test("fails if every toolchain is missing", async () => {
    const needs = [{ command: ["./no-compiler"], reason: "no compiler here" }];
    const { code, stdout } = await bench.run(["matrix", manifest("missing", ["x"], { needs }), ...VECTORS]);
    assert.equal(code, 1);
    assert.match(stdout, /no case was executed: the toolchain is missing/);
  });
});

/** One case, whose module is on three lines. */
const EXECUTED = {
  ...{ schema: "proofhouse/vector/1", suite: "runtime/host", theme: "roots", about: "About roots." },
  ...{ requirements: ["RUNTIME-HOST-002"], source: "hand-written" },
  cases: [
    {
      ...{ id: "one", about: "a module", kind: "completeness", call: "runtime/execute" },
      wat: '(module\n  (func (export "main")\n    nop))\n',
      params: { code: "0x00" },
      expect: { error: ["invalid-module"] },
    },
  ],
};

describe("explain", { concurrency: 3 }, () => {
  test("describes the request, the expectation and the purpose of a case", async () => {
    const { code, stdout } = await bench.run(["explain", "proof/ssz/compact/reads/forged", ...VECTORS]);
    assert.equal(code, 0);
    assert.match(stdout, /^proof\/ssz\/compact\/reads\/forged\n/);
    assert.match(
      stdout,
      /calls +proof\/get {2}backend ssz, encoding compact\n +root +0x00000000…00000001 \(32 bytes\)\n/,
    );
    assert.match(stdout, /expects +to be rejected as invalid-proof\n +malformed is accepted too/);
    assert.match(stdout, /PROOF-SSZ-001 +[A-Z]/);
    assert.match(stdout, /flag +forged-node \(forgery\): A value .*\n +A node was changed\.\n +see +CVE-1\n/);
    assert.match(stdout, /sha256 +[0-9a-f]{64}\n/);
  });

  test("draws the tree of the case, and writes it as SVG as well", async () => {
    const id = "proof/ssz/helpers/nested-claims/leaf-forged-below-true-node-get";
    const { code, stdout } = await bench.run(["explain", id, "--svg", "tree.svg"]);
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}├─ 0x2 +✗ claim +0xad12170b…4f1373ea +leaves\[0\]$/m);
    assert.match(stdout, /^ {2}│ {2}│ {2}✗ given as /m);
    const svg = readFileSync(bench.path("tree.svg"), "utf8");
    assert.equal(scanXml(svg).name, "svg");
    const shown = (await json("explain", id, "--json", "--svg", "tree.svg")) as { id: string };
    assert.equal(shown.id, id, "stdout contains only JSON");
    assert.equal(readFileSync(bench.path("tree.svg"), "utf8"), svg);
  });

  test("prints a module in the text format, and reads only the file of the case", async () => {
    const folder = dirname(bench.write("one/runtime/host/roots.yaml", EXECUTED));
    bench.write("one/proof/ssz/compact/reads.yaml", "no: vectors");
    const { code, stdout } = await bench.run(["explain", "runtime/host/roots/one", "--vectors", join(folder, "../..")]);
    assert.equal(code, 0);
    assert.match(stdout, /^ +module +\(module\n {14,}\(func \(export "main"\)\n {16,}nop\)\)$/m);
    const unknown = await bench.run(["explain", "runtime/hosts/roots/one", "--vectors", join(folder, "../..")]);
    assert.match(unknown.stderr, /^error: one\/proof\/ssz\/compact\/reads\.yaml/);
  });

  test("prints the reason for a missing tree", async () => {
    const { stdout } = await bench.run(["explain", "proof/ssz/compact/others/prove", ...VECTORS]);
    assert.match(
      stdout,
      /^ {2}✗ the reference rejects it as invalid-argument: .*\n(?:.*\n){1,4} {2}! no tree to draw: no entry/m,
    );
  });

  test("describes recipes, and expands them for --json", async () => {
    const { stdout } = await bench.run(["explain", "proof/ssz/compact/others/prove", ...VECTORS]);
    assert.match(stdout, /expects +exactly this result\n +root +0x.*\n +proof +64 random bytes \(seed 1\)\n/);
    const shown = (await json("explain", "proof/ssz/compact/others/prove", "--json", ...VECTORS)) as {
      call: string;
      expect: { result: { proof: string } };
    };
    assert.equal(shown.call, "proof/prove");
    assert.match(shown.expect.result.proof, /^0x[0-9a-f]{128}$/);
  });
});

describe("vectors", { concurrency: 3 }, () => {
  test("list prints ids, or their data as JSON", async () => {
    const { stdout } = await bench.run(["vectors", "list", "--case", "**/compact/reads/*", ...VECTORS]);
    assert.deepEqual(
      stdout.trim().split("\n"),
      ["first", "second", "forged"].map((id) => `proof/ssz/compact/reads/${id}`),
    );
    const [entry] = (await json("vectors", "list", "--flag", "forged-node", "--json", ...VECTORS)) as Record<
      string,
      unknown
    >[];
    const { sha256, ...rest } = entry;
    assert.match(String(sha256), /^[0-9a-f]{64}$/);
    const about = { call: "proof/get", kind: "soundness", flags: ["forged-node"], requirements: ["PROOF-SSZ-001"] };
    assert.deepEqual(rest, { id: "proof/ssz/compact/reads/forged", ...about });
  });

  test("bundle writes one document with every case and expanded recipes, to stdout or to a file", async () => {
    interface Bundle {
      readonly schema: string;
      readonly flags: object;
      readonly cases: readonly { id: string; profile: string; expect: { result?: { proof?: string } } }[];
    }
    const bundle = (await json("vectors", "bundle", "--case", "**/others/*", ...VECTORS)) as Bundle;
    assert.equal(bundle.schema, "proofhouse/bundle/1");
    assert.deepEqual(Object.keys(bundle.flags), ["forged-node"]);
    assert.deepEqual(
      bundle.cases.map(({ profile }) => profile),
      ["lenient", "strict"],
    );
    assert.equal(bundle.cases[0].expect.result?.proof?.length, 130);
    const { stdout } = await bench.run(["vectors", "bundle", "all.json", "--case", "**/others/*", ...VECTORS]);
    assert.equal(stdout, "2 cases written to all.json\n");
    assert.deepEqual(JSON.parse(readFileSync(bench.path("all.json"), "utf8")), bundle);
  });

  test("lint fails with one line for each problem", async () => {
    bench.write("drifted/requirements.yaml", { schema: "proofhouse/requirements/1", requirements: {} });
    bench.write("drifted/proof/ssz/compact/reads.yaml", vectorFile("reads"));
    const { code, stdout, stderr } = await bench.run(["vectors", "lint", "--vectors", "drifted"]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^flag forged-node: not described/m);
    assert.match(stdout, /\n[0-9]+ problems\n$/);
  });
});

test("serve passes canonical cases through the stdio lane", async () => {
  const line = `"${process.execPath}" "${new URL("../../cli/main.js", import.meta.url).pathname}" serve`;
  const args = ["check", "--command", line, "--case", "proof/ssz/compact/honest/**"];
  const { code, stdout, stderr } = await bench.run(args, USERS_CACHE);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /proofhouse-reference [0-9.]+ in TypeScript/);
});

test("--version and the help of every command end with exit code 0", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  assert.deepEqual(await bench.run(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
  const { createProgram } = await import("../../cli/program.ts");
  const commands = createProgram().commands.flatMap((command) => [command, ...command.commands]);
  assert.ok(commands.length >= 11);
  for (const command of commands) {
    let help = "";
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    if (command.commands.length === 0) assert.match(help, /Examples?:\n +proofhouse /, command.name());
  }
});
