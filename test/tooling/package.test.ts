/** The packed package, installed in another folder and run against an implementation there. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { PACKAGE_ROOT } from "../../harness/files/package-root.ts";
import { languageNames, skeletonFiles } from "../../workbench/init/skeleton.ts";
import { inCiAlone } from "../sample.ts";

/** An implementation that calls the reference, or returns the same root for every request. */
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

  /** Removes the variables with which npm passes the current folder to this test, because commands run in another one. */
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
    // The scripts would rebuild dist/ while other tests use it.
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

  test("finds its vectors and passes a correct implementation", () => {
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

  test("fails a wrong implementation", () => {
    const one = "proof/ssz/compact/honest/four-leaves-first-root";
    const { status, stdout } = run("npx", ["proofhouse", "check", "--command", "node wrong.mjs", "--case", one]);
    assert.equal(status, 1, stdout);
    assert.match(stdout, new RegExp(`^FAIL ${one}$`, "m"));
  });

  test("executes blocks in a packed execution environment", () => {
    const module = "node_modules/proofhouse/dist/environments/counter.wasm";
    const stdout = runWell("npx", ["proofhouse", "run", module, "--data", "0x0500000000000000"]);
    assert.match(stdout, /post-state root +0x050{62}$/m);
  });

  test("contains the files that users read and run", () => {
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

  test("contains no tests, benches, implementations or sources", () => {
    const allowed =
      /^(?:dist\/(?:cli|environments|harness|kits|reference|report|runners|schemas|workbench)\/|docs\/|schemas\/|vectors\/|[^/]+$)/;
    // The sources of kits and environments are packed, because users copy them.
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

  test("reports commands that need a checkout", () => {
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
      assert.match(stderr, /only in a checkout of the project, after npm ci; this is an installed package/);
    }
  });

  test("contains no path of the machine that packed it", () => {
    // The home folder of a container may be one short word, with which a path of the project may end.
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
