/** What a user gets: the package as npm packs it, installed elsewhere, on an implementation written there. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { PACKAGE_ROOT } from "../../harness/files/package-root.ts";
import { languageNames, skeletonFiles } from "../../workbench/init/skeleton.ts";
import { inCiAlone } from "../sample.ts";

/** The reference itself behind the adapter, and a copy of it that claims one root for all. */
const IMPLEMENTATION = `
import { callMethod } from "proofhouse/reference/wire/dispatch.js";
import { serve } from "proofhouse/adapter";

await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "installed", version: "1.0.0", language: "JavaScript" },
    capabilities: { proof: { ssz: { encodings: ["compact"], operations: ["root", "get"] } } },
  },
  call: (method, params) => CALL,
});
`;

interface Report {
  readonly exitCode: number;
  readonly implementations: readonly { readonly totals: Record<string, number> }[];
}

describe("the package", inCiAlone, () => {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-package-"));
  const installed = join(folder, "node_modules", "proofhouse");
  let files: string[] = [];

  /** npm tells its scripts where they run, this one among them; what is started here runs elsewhere. */
  function run(command: string, args: readonly string[], cwd = folder): SpawnSyncReturns<string> {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(?:npm_(?:package|lifecycle|config_local)|INIT_CWD)/.test(name),
      ),
    );
    const cache = join(folder, "cache");
    return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...env, XDG_CACHE_HOME: cache, NO_COLOR: "1" } });
  }

  function runWell(command: string, args: readonly string[], cwd = folder): string {
    const { status, stdout, stderr } = run(command, args, cwd);
    assert.equal(status, 0, `${command} ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  before(() => {
    // The scripts would build into dist/ while other tests run from there.
    const packed = runWell("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], PACKAGE_ROOT);
    const [{ filename, files: entries }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
    files = entries.map(({ path }) => path);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
    runWell("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, filename)]);
    const write = (name: string, call: string): void => {
      writeFileSync(
        join(folder, name),
        IMPLEMENTATION.replace("CALL", () => call),
      );
    };
    write("impl.mjs", "callMethod(method, params)");
    write("wrong.mjs", '({ root: "0x".padEnd(66, "0") })');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("finds its vectors and passes an implementation that is right", () => {
    const { status, stdout, stderr } = run("npx", [
      ...["proofhouse", "check", "--command", "node impl.mjs", "--case", "proof/ssz/compact/**", "--json"],
    ]);
    assert.equal(status, 0, stderr);
    const { exitCode, implementations } = JSON.parse(stdout) as Report;
    assert.equal(exitCode, 0);
    const { executed = 0, verdicts } = implementations[0]?.totals ?? {};
    assert.ok(executed > 100, `${executed} cases executed`);
    assert.deepEqual(verdicts, { pass: executed });
  });

  test("fails an implementation that is wrong", () => {
    const one = "proof/ssz/compact/honest/four-leaves-first-root";
    const { status, stdout } = run("npx", ["proofhouse", "check", "--command", "node wrong.mjs", "--case", one]);
    assert.equal(status, 1, stdout);
    assert.match(stdout, new RegExp(`^FAIL ${one}$`, "m"));
  });

  test("runs blocks over an execution environment that comes with it", () => {
    const module = "node_modules/proofhouse/dist/environments/counter.wasm";
    const stdout = runWell("npx", ["proofhouse", "run", module, "--data", "0x0500000000000000"]);
    assert.match(stdout, /post-state root +0x050{62}$/m);
  });

  test("holds what a user reads and runs", () => {
    const expected = [
      "README.md",
      "LICENSE",
      "CONFORMANCE.md",
      "CHANGELOG.md",
      "docs/implement.md",
      "docs/runtime.md",
      "dist/cli/main.js",
      "dist/environments/counter.wasm",
      "environments/token-proof.ts",
      "dist/kits/javascript/adapter/adapter.js",
      "dist/kits/javascript/adapter/adapter.d.ts",
      "dist/kits/javascript/adapter/values.js",
      "kits/go/adapter/protocol.go",
      "dist/schemas/interface.js",
      "schemas/interface.schema.json",
      "vectors/flags.yaml",
      "vectors/proof/ssz/compact/honest.yaml",
    ];
    assert.deepEqual(
      expected.filter((path) => !files.includes(path)),
      [],
    );
  });

  test("holds no tests, benches, implementations or sources", () => {
    const allowed =
      /^(?:dist\/(?:cli|environments|harness|kits|reference|report|runners|schemas|workbench)\/|docs\/|schemas\/|vectors\/|[^/]+$)/;
    // Kits and environments are there to be copied.
    const others = files.filter((path) => !/^(?:kits|environments)\//.test(path));
    assert.deepEqual(
      others.filter((path) => !allowed.test(path) || /\.test\.|(?<!\.d)\.ts$|\.go$/.test(path)),
      [],
    );
  });

  test("writes the skeletons that this checkout writes", () => {
    for (const language of languageNames()) {
      const name = `my-${language}`;
      runWell("npx", ["proofhouse", "init", language, name]);
      const paths = readdirSync(join(folder, name), { recursive: true, encoding: "utf8" });
      const files = paths.filter((path) => statSync(join(folder, name, path)).isFile()).sort();
      const written = files.map((path): [string, string] => [path, readFileSync(join(folder, name, path), "utf8")]);
      assert.deepEqual(new Map(written), skeletonFiles(language, name));
    }
  });

  test("says which commands are for a checkout, and leaves those that are there alone", () => {
    assert.deepEqual(
      files.filter((path) => path.startsWith("dist/authoring/")),
      [],
    );
    const commands = [
      ["vectors", "build"],
      ["vectors", "verify"],
      ["mutants", "--quick"],
      ["mutants", "no-name"],
      ["strength"],
    ];
    for (const command of commands) {
      const { status, stderr } = run("npx", ["proofhouse", ...command]);
      assert.equal(status, 2, `${command.join(" ")}: ${stderr}`);
      assert.match(stderr, /in a checkout of the project, after npm ci; this is an installed package/);
    }
  });

  test("names no folder of the machine that packed it", () => {
    // The home folder of a container may be one short word, which a path within the project may well end with.
    const roots = [PACKAGE_ROOT.replace(/\/$/, ""), homedir(), tmpdir()].filter((root) => root.length > 1);
    const escaped = roots.map((root) => root.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`(?<![\\w.)-])(?:${escaped.join("|")})/[\\w.]`);
    const holders = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((name) => {
      return files.includes(name) && pattern.test(readFileSync(join(installed, name), "utf8"));
    });
    assert.deepEqual(holders, []);
  });

  test("prints its help and its version", () => {
    mkdirSync(join(folder, "empty"));
    assert.match(runWell("npx", ["proofhouse", "--help"], join(folder, "empty")), /check .* run the vectors/);
    const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as { version: string };
    assert.equal(runWell("npx", ["proofhouse", "--version"]).trim(), version);
  });
});
