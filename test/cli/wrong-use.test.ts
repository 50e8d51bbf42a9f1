import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { CommanderError } from "commander";
import { createProgram } from "../../cli/program.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { createBench, GOOD, vectorFile } from "./bench.ts";

const bench = createBench();
const line = bench.actorLine(GOOD);
const CHECK = ["check", "--command", line, "--vectors", "vectors"];
const LIST = ["vectors", "list", "--vectors", "vectors"];

process.env.XDG_CACHE_HOME = bench.path("cache");
process.chdir(bench.folder);

/** Runs the command in this process, which is fast, and expects an error that matches every pattern. */
async function refuses(args: readonly string[], ...patterns: readonly RegExp[]): Promise<void> {
  const program = createProgram();
  let printed = "";
  const writeErr = (text: string): void => {
    printed += text;
  };
  for (const command of [program, ...program.commands.flatMap((child) => [child, ...child.commands])]) {
    command.configureOutput({ writeErr, outputError: writeErr });
  }
  await assert.rejects(program.parseAsync([...args], { from: "user" }), (error: Error) => {
    assert.ok(error instanceof UsageError || error instanceof CommanderError, error.stack);
    if (error instanceof UsageError) printed += error.message;
    return true;
  });
  for (const pattern of patterns) assert.match(printed, pattern);
}

/** Writes a folder of vectors with one file. Returns the arguments of a command that lists it. */
function vectorsOf(name: string, content: string | object): string[] {
  bench.write(`${name}/proof/ssz/compact/reads.yaml`, content);
  return ["vectors", "list", "--vectors", name];
}

const [FIRST] = (vectorFile("reads") as { cases: object[] }).cases;
const withCase = (changes: object): object => vectorFile("reads", { cases: [{ ...FIRST, ...changes }] });

describe("wrong use", () => {
  test("ends with exit code 2, a message on stderr and an empty stdout", async () => {
    const wrong = [["chekc"], [...CHECK, "--case", "nothing"], ["vectors", "list", "--vectors", "nowhere"]];
    for (const { code, stdout, stderr } of await Promise.all(wrong.map((args) => bench.run(args)))) {
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^error: /);
      assert.doesNotMatch(stderr, /\n +at /, "no stack trace");
    }
  });

  test("a mistyped command or option suggests the nearest one", async () => {
    await refuses(["chekc"], /unknown command 'chekc'\n\(Did you mean check\?\)/);
    await refuses(["vectors", "bild"], /unknown command 'bild'\n\(Did you mean build\?\)/);
    await refuses(["check", "--comand", "x"], /unknown option '--comand'\n\(Did you mean --command\?\)/);
  });

  test("an invalid number is reported with the option, the value and the expectation", async () => {
    await refuses(
      [...CHECK, "--window", "0"],
      /'--window <n>' argument '0' is invalid\. Expected a whole number from 1 to 1024/,
    );
    await refuses([...CHECK, "--timeout-ms", "1e3"], /--timeout-ms <n>' argument '1e3' .* from 1 to 600000/);
    await refuses([...CHECK, "--min-executed", "-4"], /--min-executed/);
    await refuses([...CHECK, "--max-restarts", "9".repeat(30)], /from 0 to 100000/);
  });

  test("a check of no implementation, or of two, is rejected", async () => {
    await refuses(["check"], /nothing to check; expected a manifest, --command, --module or --reference/);
    await refuses([...CHECK, "x"], /more than one thing to check/);
    await refuses(["check", "a", "b"], /too many arguments/);
    await refuses(["matrix"], /missing required argument 'manifest'/);
    await refuses([], /Usage: proofhouse/);
  });

  test("a watch without files, or with JSON on stdout, is rejected", async () => {
    await refuses(
      ["check", "--command", "true", "--watch"],
      /no word of "true" is a file to watch; expected --watch-path <path>/,
    );
    await refuses(
      [...CHECK, "--watch", "--watch-path", "nowhere"],
      /--watch-path nowhere: does not exist; expected a file/,
    );
    await refuses([...CHECK, "--watch-path", "vectors"], /--watch-path: expected --watch as well/);
    await refuses([...CHECK, "--watch", "--json"], /--json with --watch: expected --report <file>\.json/);
    await refuses([...CHECK, "--watch", "--case", "nothing"], /case "nothing": matches none of the 5 cases/);
    await refuses(["check", "nowhere", "--watch"], /nowhere: cannot be read \(ENOENT\)/);
  });

  test("a selection that matches no case is rejected, with the nearest names", async () => {
    await refuses(
      [...LIST, "--case", "proof/ssz/compact/raeds/first"],
      /did you mean proof\/ssz\/compact\/reads\/first/,
    );
    await refuses(
      [...LIST, "--case", "**/first", "--case", "nothing/**"],
      /case "nothing\/\*\*": matches none of the 5 cases/,
    );
    await refuses([...LIST, "--flag", "forget-node"], /flag "forget-node": no case has it; did you mean forged-node\?/);
    await refuses([...LIST, "--requirement", "PROOF-SSZ-999"], /requirement "PROOF-SSZ-999"/);
    await refuses([...LIST, "--role", "verifyer"], /did you mean verifier\?/);
    await refuses([...LIST, "--kind", "sound"], /did you mean soundness\?/);
    await refuses([...LIST, "--profile", "strct"], /Allowed choices are strict, lenient/);
    await refuses([...LIST, "--case", "**/first", "--kind", "soundness"], /no case matches all options together/);
    await refuses([...LIST, "--case", "**/strict-root"], /only strict cases match \(1\); add --profile strict/);
  });

  test("a command line that no shell accepts is rejected", async () => {
    await refuses(["check", "--command", "node 'x"], /--command: the quote at character 6 \('x\) is not closed/);
    await refuses(["check", "--command", "  "], /expected a program/);
  });

  test("an invalid vector file is reported with file, line, field and expectation", async () => {
    const at = (field: string): RegExp => new RegExp(`v[0-9]+/proof/ssz/compact/reads\\.yaml:[0-9]+:[0-9]+: ${field}`);
    await refuses(
      vectorsOf("v1", withCase({ kind: "sound" })),
      at('cases\\.0\\.kind: "sound"; expected one of soundness'),
    );
    await refuses(vectorsOf("v2", withCase({ expect: { error: ["wrong"] } })), at("cases\\.0\\.expect\\.error\\.0"));
    await refuses(vectorsOf("v3", withCase({ colour: "red" })), at('cases\\.0: unknown field "colour"'));
    await refuses(vectorsOf("v4", "schema: proofhouse/vector/1\nsuite: [\n"), at(""));
    await refuses(
      vectorsOf("v5", "schema: proofhouse/vector/1\ntheme: 0x0a\n"),
      /reads\.yaml:2:8: number 0x0a; expected quotes/,
    );
    await refuses(
      vectorsOf("v6", vectorFile("elsewhere")),
      /theme elsewhere; expected the path proof\/ssz\/compact\/elsewhere\.yaml/,
    );
    await refuses(vectorsOf("v7", vectorFile("reads", { cases: [FIRST, FIRST] })), /reads\/first occurs twice/);
    await refuses(["vectors", "list", "--vectors", "nowhere"], /nowhere: .*ENOENT.* expected a vector folder/);
  });

  test("a recipe that cannot be expanded is reported with its case", async () => {
    const root = { random: { seed: 1, length: "many" } };
    bench.write(
      "v8/proof/ssz/compact/reads.yaml",
      withCase({ params: { backend: "ssz", encoding: "compact", root, keys: [] } }),
    );
    await refuses(
      ["check", "--command", line, "--vectors", "v8"],
      /proof\/ssz\/compact\/reads\/first: a recipe has "many"; expected a count/,
    );
  });

  test("an invalid manifest is reported with file, line, field and expectation", async () => {
    bench.write("bad/proofhouse.yaml", "schema: proofhouse/manifest/1\nname: bad\nrun: node x.mjs\n");
    await refuses(
      ["check", "bad", "--vectors", "vectors"],
      /bad\/proofhouse\.yaml:3:6: run: "node x\.mjs"; expected a list/,
    );
    bench.write("worse/proofhouse.yaml", "schema: proofhouse/manifest/1\nname: worse\n");
    await refuses(
      ["check", "worse", "--vectors", "vectors"],
      /worse\/proofhouse\.yaml:1:1: the file: field "run" is missing/,
    );
  });

  test("a folder without a manifest is reported before any implementation runs", async () => {
    bench.write("good/proofhouse.yaml", {
      schema: "proofhouse/manifest/1",
      name: "good",
      run: ["touch", "../was-run"],
    });
    bench.write("empty/readme.txt", "nothing here");
    await refuses(
      ["matrix", "good", "empty", "--vectors", "vectors"],
      /empty\/proofhouse\.yaml: cannot be read \(ENOENT\)/,
    );
    await refuses(
      ["matrix", "good", "not-there", "--vectors", "vectors"],
      /not-there: cannot be read \(ENOENT\); expected a proofhouse\.yaml/,
    );
    assert.equal(existsSync(bench.path("was-run")), false);
  });

  test("a known failure that is unknown, repeated or a pattern is rejected", async () => {
    const listing = (name: string, ...ids: string[]): string[] => {
      const expectations = ids.map((id) => ({ case: id, verdict: "fail", reason: "r", link: "l" }));
      return [...CHECK, "--expectations", bench.write(name, { schema: "proofhouse/expectations/1", expectations })];
    };
    const first = "proof/ssz/compact/reads/first";
    await refuses(
      listing("e1.yaml", "proof/ssz/compact/read/first"),
      /e1\.yaml: stale entry: unknown case .*did you mean .*reads\/first/,
    );
    await refuses(
      listing("e2.yaml", first, "proof/ssz/compact/reads/old-name"),
      /e2\.yaml: .*reads\/first occurs twice/,
    );
    await refuses(listing("e3.yaml", "proof/**"), /e3\.yaml:[0-9]+:[0-9]+: expectations\.0\.case: "proof\/\*\*"/);
    await refuses([...CHECK, "--expectations", "none.yaml"], /none\.yaml: cannot be read \(ENOENT\)/);
  });

  test("a report that cannot be written is rejected before any case runs", async () => {
    await refuses(
      [...CHECK, "--report", "out.jsn"],
      /--report out\.jsn: expected a name that ends in .*did you mean \.json\?/,
    );
    await refuses([...CHECK, "--report", "no/such/out.json"], /the folder no\/such does not exist/);
    await refuses([...CHECK, "--report", "a.md", "--report", "./a.md"], /--report \.\/a\.md: given twice/);
    bench.write("taken.json/x", "");
    await refuses([...CHECK, "--report", "taken.json"], /--report taken\.json: is a folder/);
    // Not even root can create a file there.
    if (process.platform === "linux")
      await refuses([...CHECK, "--report", "/proc/self/out.json"], /cannot be written: /);
  });

  test("a picture that cannot be written, or that does not exist, is rejected", async () => {
    const explain = ["explain", "--vectors", "vectors"];
    const first = [...explain, "proof/ssz/compact/reads/first"];
    await refuses([...first, "--svg", "no/such/tree.svg"], /--svg no\/such\/tree\.svg: the folder no\/such does not/);
    bench.write("taken.svg/x", "");
    await refuses([...first, "--svg", "taken.svg"], /--svg taken\.svg: is a folder; expected a file/);
    if (process.platform === "linux") {
      await refuses([...first, "--svg", "/proc/self/tree.svg"], /--svg \/proc\/self\/tree\.svg: cannot be written: /);
    }
    const none = /--svg none\.svg: proof\/ssz\/compact\/others\/prove has no tree to draw: invalid-argument: /;
    await refuses([...explain, "proof/ssz/compact/others/prove", "--svg", "none.svg"], none);
    for (const other of ["runtime/child/calls-back/call-back", "proof/radix/nodes/absence/leaf-left-get"]) {
      await refuses(["explain", other, "--svg", "none.svg"], /has no tree to draw: only binary trees are drawn/);
    }
    assert.ok(!existsSync("none.svg"));
  });

  test("an unknown case or mutant suggests near ones", async () => {
    const explain = ["explain", "--vectors", "vectors"];
    await refuses([...explain, "proof/ssz/compact/reads/frist"], /did you mean proof\/ssz\/compact\/reads\/first\?/);
    await refuses([...explain, "forged"], /did you mean proof\/ssz\/compact\/reads\/forged\?/);
    await refuses([...explain, "zzz"], /`proofhouse vectors list` prints all ids/);
    await refuses(["mutants", "ssz/gindex-zer"], /did you mean ssz\/gindex-zero\?/);
    await refuses(["mutants", "--kills", "--quick"], /--quick stops at the first; expected one of them/);
  });

  test("control characters in files of the user do not reach the terminal", async () => {
    const { stderr } = await bench.run(vectorsOf("v9", withCase({ kind: "\u001b[2Jgone" })));
    assert.ok(!stderr.includes("\u001b"));
    assert.match(stderr, /\\u001b|\\x1b/);
  });
});
