/** Plants a violation of every rule of `biome.json` that protects the architecture, and expects each to be reported. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

interface Planted {
  /** The path relative to the root of the repository. */
  readonly path: string;
  readonly source: string;
  /** The rule that must report it; undefined for a file that must pass. */
  readonly rule?: string;
  readonly message?: RegExp;
}

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

const IMPORTS = "lint/style/noRestrictedImports";

/** Returns one file for each import, because a second violation in a file would hide that the first is not reported. */
function importing(folder: string, specifiers: readonly string[], message?: RegExp): Planted[] {
  const rule = message === undefined ? {} : { rule: IMPORTS, message };
  return specifiers.map((specifier, index) => ({
    path: `${folder}/${message === undefined ? "fine" : "planted"}-${index}.ts`,
    source: `import { thing } from "${specifier}";\n\nthing();\n`,
    ...rule,
  }));
}

const statement = (path: string, source: string, rule: string, message?: RegExp): Planted => ({
  path,
  source: `${source}\n`,
  rule,
  ...(message === undefined ? {} : { message }),
});

const DIRECTION: readonly Planted[] = [
  ...importing("reference/core", ["./bytes.ts", "@noble/hashes/sha2.js"]),
  ...importing(
    "reference/core",
    ["../proofs/backend.ts", "../wire/values.ts", "../../runners/lane.ts", "./../wire/values.ts", "picomatch"],
    /^reference\/core imports nothing of ours/,
  ),
  ...importing("reference/proofs", ["./ssz/ssz.ts", "./backend.ts", "../core/bytes.ts"]),
  ...importing(
    "reference/proofs",
    ["../wire/values.ts", "../../runners/lane.ts", "@noble/hashes/sha2.js"],
    /^reference\/proofs imports reference\/core and itself/,
  ),
  ...importing("reference/proofs/sparse", [
    "./rows.ts",
    "../backend.ts",
    "../writes.ts",
    "../pruned-tree/compact.ts",
    "../hexary-trie/node.ts",
    "../../core/bytes.ts",
  ]),
  ...importing(
    "reference/proofs/sparse",
    ["../ssz/ssz.ts", "../../proofs/ssz/ssz.ts", "./../ssz/ssz.ts", "../registry.ts", "../../wire/values.ts"],
    /no other backend/,
  ),
  ...importing("reference/runtime", ["./module.ts", "./decode/cursor.ts", "../core/errors.ts", "../proofs/backend.ts"]),
  ...importing("reference/runtime", ["../wire/values.ts", "../proofs/ssz/ssz.ts"], /^reference\/runtime imports/),
  ...importing("reference/runtime/validate", [
    "./body.ts",
    "../module.ts",
    "../decode/cursor.ts",
    "../../core/errors.ts",
    "../../proofs/backend.ts",
  ]),
  ...importing(
    "reference/runtime/validate",
    ["../../wire/values.ts", "../../proofs/ssz/ssz.ts", "../../../harness/cases/load.ts", "./../../wire/values.ts"],
    /^reference\/runtime imports/,
  ),
  ...importing("reference/wire", ["./values.ts", "../core/bytes.ts", "../proofs/ssz/ssz.ts", "../runtime/module.ts"]),
  ...importing("reference/wire", ["../../runners/lane.ts", "../../harness/cases/load.ts"], /^reference\/wire imports/),
  ...importing("runners", ["./lane.ts", "../reference/core/errors.ts", "node:fs", "ajv"]),
  ...importing("runners/stdio", ["../lane.ts", "../../reference/core/errors.ts"]),
  ...importing(
    "runners",
    ["../reference/wire/values.ts", "../harness/cases/load.ts", "../kits/javascript/adapter/adapter.ts"],
    /^runners imports reference\/core/,
  ),
  ...importing(
    "runners/stdio",
    ["../../reference/proofs/backend.ts", "../../harness/cases/load.ts", "../../cli/main.ts", "proofhouse/adapter"],
    /^runners imports reference\/core/,
  ),
  ...importing("kits/javascript/adapter", ["./values.ts", "node:readline"]),
  ...importing(
    "kits/javascript/adapter",
    [
      "../../../reference/core/bytes.ts",
      "../skeleton/src/compact.ts",
      "./../skeleton/a.ts",
      "proofhouse/adapter",
      "yaml",
    ],
    /^A kit imports nothing of ours/,
  ),
  ...importing("kits/javascript/skeleton/src", ["./compact.ts", "proofhouse/adapter", "proofhouse/adapter/values.js"]),
  ...importing(
    "kits/javascript/skeleton/src",
    ["../../adapter/values.ts", "proofhouse/reference/core/bytes.js"],
    /^Of ours, a skeleton imports only proofhouse\/adapter/,
  ),
  ...importing("implementations/merkletreejs", ["./prover.mjs", "proofhouse/adapter", "proofhouse/adapter/values.js"]),
  ...importing(
    "implementations/merkletreejs",
    [
      ...[
        "../../dist/reference/core/bytes.js",
        "../../dist/runners/lane.js",
        "../../kits/javascript/adapter/values.ts",
      ],
      ...["proofhouse/reference/core/bytes.js", "./../../harness/cases/load.ts", "../ethereumjs-mpt/encodings.mjs"],
    ],
    /^An implementation imports the kit as a package/,
  ),
  ...importing("environments", ["./host/eth2", "./token/account"]),
  ...importing("environments/token", ["../host/eth2", "./account"]),
  ...importing(
    "environments",
    ["../reference/core/bytes.ts", "../harness/json/shorten.ts", "@noble/hashes/sha2.js"],
    /^An execution environment is compiled from nothing but environments/,
  ),
  ...importing("harness/run", ["../../reference/wire/dispatch.ts", "../../runners/lane.ts", "../cases/load.ts"]),
  ...importing(
    "harness/run",
    [
      ...["../../cli/main.ts", "../../test/programs.ts", "../../bench/main.ts", "../../report/json/report.ts"],
      ...["../../workbench/init/skeleton.ts", "../../authoring/cases/generate.ts"],
    ],
    /^harness imports/,
  ),
  ...importing("workbench/module", ["../../harness/cases/load.ts", "../../reference/runtime/module.ts"]),
  ...importing(
    "workbench/module",
    ["../../report/text/run.ts", "../../cli/main.ts", "../../authoring/strength/pool.ts"],
    /^workbench imports/,
  ),
  ...importing("report/text", ["../../authoring/strength/record.ts", "../../workbench/scout/run-scout.ts"]),
  ...importing(
    "report/text",
    ["../../authoring/cases/generate.ts", "../../cli/main.ts", "../../test/programs.ts"],
    /^report imports/,
  ),
  ...importing("authoring/cases/proof/ssz", [
    "../../../../reference/core/bytes.ts",
    "../../../../harness/cases/load.ts",
    "../../kit/draft.ts",
    "@chainsafe/ssz",
  ]),
  ...importing(
    "authoring/cases/proof/ssz",
    [
      ...["../../../../cli/main.ts", "../../../strength/pool.ts", "../../../../report/json/report.ts"],
      "proofhouse/adapter",
    ],
    /^authoring\/cases imports/,
  ),
  ...importing("authoring/strength", ["../../harness/cases/load.ts", "./pool.ts", "@stryker-mutator/instrumenter"]),
  ...importing(
    "authoring/strength",
    ["../cases/kit/draft.ts", "../../report/text/run.ts", "../../cli/main.ts"],
    /^authoring\/strength imports/,
  ),
  ...importing("cli", [
    "../harness/cases/load.ts",
    "../runners/lane.ts",
    "../reference/wire/dispatch.ts",
    "./options.ts",
  ]),
  ...importing("cli", ["../test/programs.ts", "../bench/main.ts"], /^Nothing that is shipped/),
  ...importing("bench", ["../harness/run/run-cases.ts", "../runners/stdio/stdio.ts"]),
  ...importing("bench", ["../cli/check.ts", "../test/programs.ts"], /^Only test imports cli and test/),
  ...importing("test/cli", ["../../cli/main.ts", "../../harness/cases/load.ts", "../../bench/main.ts", "fast-check"]),
  ...importing("test/confirm", ["./naive-ssz.ts", "@chainsafe/persistent-merkle-tree"]),
  ...importing(
    "test/confirm",
    ["../../reference/core/bytes.ts", "../../runners/lane.ts", "../../harness/cases/load.ts", "../../cli/main.ts"],
    /shares no code/,
  ),
];

const GINDEX = /^Only core\/gindex\.ts shifts/;
const ERRORS = /^Only core\/errors\.ts and runtime\/faults\.ts define errors/;

const OTHERS: readonly Planted[] = [
  statement("reference/core/node-import.ts", 'import { readFileSync } from "node:fs";\n\nreadFileSync("x");', IMPORTS),
  statement(
    "reference/wire/bare-import.ts",
    'import fs from "fs";\n\nfs.statSync("x");',
    "lint/correctness/noNodejsModules",
  ),
  statement(
    "reference/wire/late.ts",
    'export const late = await import("node:fs");',
    "lint/correctness/noNodejsModules",
  ),
  statement("reference/wire/exported.ts", 'export { thing } from "../../harness/cases/load.ts";', IMPORTS),
  statement("reference/core/clock.ts", "export const now = Date.now();", "lint/style/noRestrictedGlobals"),
  statement("reference/core/buffer.ts", "export const bytes = Buffer.alloc(1);", "lint/style/noRestrictedGlobals"),
  statement("reference/wire/left.ts", "export const left = (g: bigint): bigint => g << 1n;", "plugin", GINDEX),
  statement("reference/wire/by.ts", "export const by = (g: bigint, n: number) => g >> BigInt(n);", "plugin", GINDEX),
  statement(
    "reference/wire/power.ts",
    "export const power = (depth: bigint): bigint => 1n << depth;",
    "plugin",
    GINDEX,
  ),
  statement("reference/wire/child.ts", "export const child = (g: bigint): bigint => 2n * g;", "plugin", GINDEX),
  statement(
    "reference/wire/up.ts",
    "export function up(g: bigint) {\n  let at = g;\n  at >>= 1n;\n  return at;\n}",
    "plugin",
    GINDEX,
  ),
  statement("reference/wire/oops.ts", "export class Oops extends Error {}", "plugin", ERRORS),
  statement("harness/talk.ts", 'console.log("x");', "lint/suspicious/noConsole"),
  statement(
    "harness/cycle-a.ts",
    'import { b } from "./cycle-b.ts";\n\nexport const a = () => b;',
    "lint/suspicious/noImportCycles",
  ),
  statement(
    "harness/cycle-b.ts",
    'import { a } from "./cycle-a.ts";\n\nexport const b = () => a;',
    "lint/suspicious/noImportCycles",
  ),
  statement("cli/long.ts", `${"//\n".repeat(400)}export const end = 0;`, "lint/style/noExcessiveLinesPerFile"),
  statement("harness/camelCase.ts", "export const name = 0;", "lint/style/useFilenamingConvention"),
  statement("harness/all.ts", 'export * from "./prepare.ts";', "lint/performance/noReExportAll"),
  statement("harness/barrel.ts", 'export { prepare } from "./prepare.ts";', "lint/performance/noBarrelFile"),
  statement("harness/unused-import.ts", 'import { prepare } from "./prepare.ts";', "lint/correctness/noUnusedImports"),
  statement("harness/unused-variable.ts", "const unused = 0;", "lint/correctness/noUnusedVariables"),
  statement(
    "harness/bare.ts",
    'import { statSync } from "fs";\n\nstatSync("x");',
    "lint/style/useNodejsImportProtocol",
  ),
  statement("harness/non-null.ts", "export const f = (x?: object) => x!.toString();", "lint/style/noNonNullAssertion"),
  statement("harness/any.ts", "export const f = (x: any) => x;", "lint/suspicious/noExplicitAny"),
  statement("harness/default.ts", "export default 1;", "lint/style/noDefaultExport"),
  statement(
    "harness/assign.ts",
    "export function f(x: number) {\n  x = 2;\n  return x;\n}",
    "lint/style/noParameterAssign",
  ),
  statement(
    "harness/develop.ts",
    'import { assert } from "fast-check";\n\nassert();',
    "lint/correctness/noUndeclaredDependencies",
  ),
  statement(
    "harness/floating.ts",
    "async function later(): Promise<void> {}\n\nexport function now() {\n  later();\n}",
    "lint/nursery/noFloatingPromises",
  ),
  statement(
    "harness/switch.ts",
    'export function f(x: "a" | "b") {\n  switch (x) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}',
    "lint/nursery/useExhaustiveSwitchCases",
  ),
  statement(
    "test/cli/skip.test.ts",
    'import { test } from "node:test";\n\ntest.skip("x", () => {});',
    "lint/suspicious/noSkippedTests",
  ),
  statement(
    "test/cli/only.test.ts",
    'import { test } from "node:test";\n\ntest.only("x", () => {});',
    "lint/suspicious/noFocusedTests",
  ),
];

/** Files just inside the limits of the rules, which must pass. */
const FINE: readonly Planted[] = [
  { path: "reference/core/gindex.ts", source: "export const parentOf = (g: bigint): bigint => g >> 1n;\n" },
  { path: "reference/core/errors.ts", source: "export class ProofError extends Error {}\n" },
  { path: "reference/runtime/faults.ts", source: "export class Trap extends Error {}\n" },
  { path: "reference/core/bits.ts", source: "export const bit = (byte: number) => (byte >> 3) & 1;\n" },
  { path: "reference/core/powers.ts", source: "export const fits = (g: bigint) => g < 2n ** 128n;\n" },
  { path: "cli/just-short-enough.ts", source: `${"//\n".repeat(399)}export const end = 0;\n` },
  { path: "harness/prepare.ts", source: "export function prepare(): void {}\n" },
  { path: "test/cli/fine.test.ts", source: 'import { test } from "node:test";\n\ntest("x", () => {});\n' },
];

describe("biome.json", () => {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-lint-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const found = lint(folder, [...DIRECTION, ...OTHERS, ...FINE]);

  for (const { path, source, rule, message } of [...DIRECTION, ...OTHERS]) {
    if (rule === undefined) continue;
    test(`${path} is reported by ${rule}: ${firstLine(source)}`, () => {
      const reported = found.filter(({ location, category }) => location.path === path && category === rule);
      assert.notEqual(reported.length, 0, `only ${JSON.stringify(found.filter((one) => one.location.path === path))}`);
      if (message !== undefined) assert.match(reported[0]?.message ?? "", message);
    });
  }

  for (const { path, source, rule } of [...DIRECTION, ...FINE]) {
    if (rule !== undefined) continue;
    test(`${path} passes: ${firstLine(source)}`, () => {
      assert.deepEqual(
        found.filter(({ location }) => location.path === path),
        [],
      );
    });
  }

  test("the configuration itself has no problems", () => {
    const planted = new Set([...DIRECTION, ...OTHERS, ...FINE].map(({ path }) => path));
    assert.deepEqual(
      found.filter(({ location }) => !planted.has(location.path)),
      [],
    );
  });
});

// Biome has no rule that forbids names.
test("no file has a meaningless name", () => {
  const folders = ["reference", "runners", "harness", "cli", "kits", "test", "bench"];
  const names = folders.flatMap((folder) => readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" }));
  assert.deepEqual(
    names.filter((name) => /^(?:utils?|misc|common|shared)(?:\.|$)/.test(basename(name))),
    // The name of a package of the library that the stub replaces.
    ["implementations/stub-go-ethereum/common"],
  );
});

function firstLine(source: string): string {
  return source.slice(0, source.indexOf("\n"));
}

/** Runs the linter in a folder with only the configuration and `files`. Returns all diagnostics. */
function lint(folder: string, files: readonly Planted[]): Diagnostic[] {
  for (const name of ["biome.json", "package.json", "scripts/lint"]) {
    cpSync(packagePath(name), join(folder, name), { recursive: true });
  }
  for (const { path, source } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const biome = packagePath("node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "lint", ".", "--reporter=json", "--max-diagnostics=1000"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  try {
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  } catch {
    throw new Error(`biome wrote no report: ${stderr}`);
  }
}
