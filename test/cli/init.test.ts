/** `proofhouse init` as users run it: the skeleton is built, checked, and broken, which the check must report. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { harnessVersion, packagePath } from "../../harness/files/package-root.ts";
import { loadManifest } from "../../harness/subject/manifest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { toHex } from "../../reference/core/bytes.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import { type Language, languageNames, writeSkeleton } from "../../workbench/init/skeleton.ts";
import { writeFolder } from "../../workbench/init/write-folder.ts";
import { inCiAlone } from "../sample.ts";
import { MAIN } from "./bench.ts";

interface Case {
  /** A command that detects the toolchain; undefined for Node, which is always present. */
  readonly toolchain?: readonly string[];
  /** A command that fails or prints files if sources are not formatted. */
  readonly format?: readonly string[];
  readonly files: readonly string[];
  /** The file that declares the backends. */
  readonly entry: string;
  /** An edit that makes the root wrong. */
  readonly edit: readonly [path: string, from: string, to: string];
}

const below = (folder: string, names: readonly string[]): string[] => names.map((name) => `${folder}/${name}`);

const COMMON = [".gitignore", "README.md", "expectations.yaml", "proofhouse.yaml"];

const CASES: Readonly<Record<Language, Case>> = {
  typescript: {
    files: [...["package.json", "tsconfig.json"], ...["src/adapter.ts", "src/compact.ts"]],
    entry: "src/adapter.ts",
    edit: ["src/compact.ts", "hash(left, node)", "hash(node, left)"],
  },
  python: {
    toolchain: ["python3", "--version"],
    files: ["adapter.py", "compact.py", ...below("proofhouse_adapter", ["declaration.py", "protocol.py", "values.py"])],
    entry: "adapter.py",
    edit: ["compact.py", "sha256(left + node)", "sha256(node + left)"],
  },
  go: {
    toolchain: ["go", "version"],
    format: ["gofmt", "-l", "."],
    files: [
      ...["adapter.go", "compact.go", "go.mod"],
      ...below("proofhouse", [
        ...["declaration.go", "multiproof.go", "objects.go", "protocol.go", "tries.go", "values.go"],
      ]),
    ],
    entry: "adapter.go",
    edit: ["compact.go", "copy(pair[32:], right[:])", "copy(pair[32:], left[:])"],
  },
  rust: {
    toolchain: ["cargo", "--version"],
    format: ["rustfmt", "--check", "--edition", "2024", "src/main.rs"],
    files: [
      ...["Cargo.toml", "src/compact.rs", "src/main.rs"],
      ...below("proofhouse", ["Cargo.toml", "rustfmt.toml"]),
      ...below("proofhouse/src", ["declaration.rs", "lib.rs", "protocol.rs", "values.rs"]),
    ],
    entry: "src/main.rs",
    edit: ["src/compact.rs", "hash(left, &node)", "hash(&node, left)"],
  },
  java: {
    toolchain: ["mvn", "--version"],
    files: [
      ...["pom.xml", ...below("src/main/java/adapter", ["Adapter.java", "Compact.java"])],
      ...below("proofhouse/src/main/java/proofhouse", [
        ...["Declaration.java", "ErrorClass.java", "Methods.java", "Protocol.java", "Rejection.java", "Values.java"],
      ]),
    ],
    entry: "src/main/java/adapter/Adapter.java",
    edit: ["src/main/java/adapter/Compact.java", "above.pop().left, node)", "node, above.pop().left)"],
  },
  c: {
    toolchain: ["pkg-config", "--exists", "libcrypto"],
    files: [
      ...["Makefile", "adapter.c", "compact.c", "compact.h"],
      ...below("proofhouse", [
        ...["adapter.h", "arena.c", "internal.h", "json-read.c", "json-write.c", "methods.c", "protocol.c", "values.c"],
      ]),
    ],
    entry: "adapter.c",
    edit: ["compact.c", "hash(sha256, above[depth - 1].left, root)", "hash(sha256, root, above[depth - 1].left)"],
  },
};

interface Report {
  readonly implementations: readonly {
    readonly status: string;
    readonly totals: { readonly executed: number; readonly verdicts: Readonly<Record<string, number>> };
  }[];
}

const folder = mkdtempSync(join(tmpdir(), "proofhouse-init-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function proofhouse(...args: readonly string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, NO_COLOR: "1" };
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8", env });
}

function filesBelow(path: string): string[] {
  const all = readdirSync(path, { recursive: true, encoding: "utf8" });
  return all.filter((name) => statSync(join(path, name)).isFile()).sort();
}

/** Returns a reason to skip a test. In CI a missing toolchain must fail, so that it cannot look like success. */
function missing([command, ...args]: readonly string[] = ["true"]): string | false {
  if (process.env.CI || spawnSync(command, args).status === 0) return false;
  return `${command} is not installed`;
}

/** Replaces `npm install` without a network: links this checkout and its own packages. */
function installPackages(path: string): void {
  const modules = join(path, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(packagePath("."), join(modules, "proofhouse"));
  for (const name of ["typescript", "@types"]) symlinkSync(packagePath("node_modules", name), join(modules, name));
  symlinkSync("../typescript/bin/tsc", join(modules, ".bin", "tsc"));
}

/** Writes a folder of vectors with one file that contains `cases`. */
function vectorsOf(name: string, backend: string, cases: readonly object[]): string {
  const path = join(folder, name);
  const header = {
    schema: "proofhouse/vector/1",
    suite: `proof/${backend}/compact`,
    theme: "bounds",
    about: "Bounds.",
  };
  const file = { ...header, requirements: ["PROOF-GEN-008"], source: "hand-written", cases };
  mkdirSync(join(path, "proof", backend, "compact"), { recursive: true });
  writeFileSync(join(path, "proof", backend, "compact", "bounds.yaml"), JSON.stringify(file));
  writeFileSync(join(path, "flags.yaml"), "schema: proofhouse/flags/1\nflags: {}\n");
  writeFileSync(join(path, "aliases.yaml"), "schema: proofhouse/aliases/1\naliases: {}\n");
  return path;
}

/** Writes vectors for the options of `sparse`, valid and invalid, which are checked before an operation is called. */
function optionsOfSparse(): string {
  const request = { backend: "sparse", encoding: "compact", proof: `0x80${"00".repeat(32)}` };
  const one = (id: string, options: object, expect: object): object => {
    const kind = "result" in expect ? "completeness" : "soundness";
    return { id, about: `options ${id}`, kind, call: "proof/root", params: { ...request, options }, expect };
  };
  const result = { root: `0x${"00".repeat(32)}` };
  const accepted = [{ depth: 1 }, { depth: 256 }, { depth: 8, profile: "lenient" }];
  const refused = [{ depth: 0 }, { depth: 257 }, { depth: "8" }, { depth: true }, { secure: true }, { profile: "lax" }];
  return vectorsOf("sparse-vectors", "sparse", [
    ...accepted.map((options, index) => one(`accepted-${index}`, options, { result })),
    ...refused.map((options, index) => one(`refused-${index}`, options, { error: ["invalid-argument"] })),
  ]);
}

/** Writes a case that the canonical vectors lack: the root of a comb of the maximum depth. */
function deepestTree(): string {
  const levels = 1023;
  const bits = `${"01".repeat(levels)}1`;
  const shape = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
  const nodes = Array.from({ length: 32 * (levels + 1) }, (_, index) => index % 251);
  const params = { backend: "ssz", encoding: "compact", proof: toHex(Uint8Array.from([...shape, ...nodes])) };
  const about = `the root of a comb with a node ${levels} levels down`;
  const one = { id: "deepest-root", about, kind: "completeness", call: "proof/root", params };
  return vectorsOf("vectors", "ssz", [{ ...one, expect: { result: callMethod("proof/root", params) } }]);
}

/** Returns the expected text of a written file. Only files of the skeleton have placeholders. */
function storedText(language: Language, file: string): string {
  const kit = language === "typescript" ? "javascript" : language;
  const [library, ...rest] = file.split("/");
  if (/^proofhouse(?:_adapter)?$/.test(library) && rest.length > 0) {
    return readFileSync(packagePath("kits", kit, "adapter", ...rest), "utf8");
  }
  return readFileSync(packagePath("kits", kit, "skeleton", file === ".gitignore" ? "gitignore" : file), "utf8")
    .replaceAll("proofhouse-adapter", `my-${language}`)
    .replaceAll("0.0.0-template", harnessVersion());
}

/** Options that select every case that a skeleton declares. */
const DECLARED = ["--case", "proof/ssz/compact/**", "--profile", "strict"];

for (const language of languageNames()) {
  const { toolchain, format, files, entry, edit } = CASES[language];
  const path = join(folder, `my-${language}`);

  // Cargo takes longer than all other toolchains together, so only TypeScript is tested outside of CI.
  describe(`init ${language}`, language === "typescript" ? {} : inCiAlone, () => {
    test("writes the files of the kit, and prints the next steps", () => {
      const { status, stdout, stderr } = proofhouse("init", language, `my-${language}`);
      assert.equal(status, 0, stderr);
      assert.deepEqual(filesBelow(path), [...COMMON, ...files].sort());
      for (const file of filesBelow(path)) {
        assert.equal(readFileSync(join(path, file), "utf8"), storedText(language, file), file);
        assert.match(stdout, new RegExp(`^ {2}${file}$`, "m"));
      }
      const setup = language === "typescript" ? " && npm install" : "";
      assert.ok(stdout.endsWith(`\nnext:\n  cd my-${language}${setup}\n  npx proofhouse check .\n`), stdout);
    });

    test("builds, and passes every case that it declares", { skip: missing(toolchain) }, () => {
      if (language === "typescript") installPackages(path);
      const { status, stdout, stderr } = proofhouse("check", `my-${language}`, ...DECLARED, "--json");
      assert.equal(status, 0, stdout + stderr);
      const [{ totals }] = (JSON.parse(stdout) as Report).implementations;
      assert.ok(totals.executed >= 74, `${totals.executed} cases executed`);
      assert.deepEqual(totals.verdicts, { pass: totals.executed });
    });

    test("accepts a tree of the maximum depth", { skip: missing(toolchain) }, () => {
      const { status, stdout, stderr } = proofhouse("check", `my-${language}`, "--vectors", deepestTree());
      assert.equal(status, 0, stdout + stderr);
    });

    test("knows the options of other backends", { skip: missing(toolchain) }, () => {
      const file = join(path, entry);
      const source = readFileSync(file, "utf8");
      writeFileSync(file, source.replaceAll("ssz", "sparse"));
      const { status, stdout, stderr } = proofhouse("check", `my-${language}`, "--vectors", optionsOfSparse());
      writeFileSync(file, source);
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, /all 9 executed cases/);
    });

    test("fails once its root is wrong", { skip: missing(toolchain) }, () => {
      const [file, from, to] = edit;
      const source = readFileSync(join(path, file), "utf8");
      assert.ok(source.includes(from), `${file} contains ${from}`);
      writeFileSync(join(path, file), source.replace(from, to));
      const { status, stdout } = proofhouse("check", `my-${language}`, ...DECLARED);
      assert.equal(status, 1, stdout);
      assert.match(stdout, /^FAIL proof\/ssz\/compact\/honest\/two-leaves-left-root$/m);
    });

    if (format !== undefined) {
      test(`is formatted with ${format[0]}`, { skip: missing(toolchain) }, () => {
        const [command, ...args] = format;
        const cwd = packagePath("kits", language, "skeleton");
        const { status, stdout, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
        assert.deepEqual({ status, stdout, error }, { status: 0, stdout: "", error: undefined });
      });
    }
  });
}

describe("init", () => {
  test("rejects a folder that is not empty, and does not change it", () => {
    const path = join(folder, "taken");
    mkdirSync(path);
    writeFileSync(join(path, "README.md"), "mine");
    const { status, stdout, stderr } = proofhouse("init", "python", "taken");
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^error: taken: is not empty \(it contains README\.md\); expected an empty folder, or one that does not exist yet/,
    );
    assert.deepEqual(filesBelow(path), ["README.md"]);
    assert.equal(readFileSync(join(path, "README.md"), "utf8"), "mine");
  });

  test("rejects a file instead of a folder, and an empty name", () => {
    writeFileSync(join(folder, "a-file"), "mine");
    assert.throws(() => writeSkeleton("go", join(folder, "a-file")), /a-file: is not a folder; expected an empty/);
    assert.throws(() => writeSkeleton("go", ""), UsageError);
    assert.equal(proofhouse("init", "go", "a-file/below").status, 2);
    if (process.platform === "linux") {
      const { status, stderr } = proofhouse("init", "go", "/proc/skeleton");
      assert.equal(status, 2);
      assert.match(stderr, /^error: \/proc\/skeleton: cannot be written: no such file or directory \(ENOENT\)$/m);
    }
    assert.equal(readFileSync(join(folder, "a-file"), "utf8"), "mine");
  });

  test("rejects an unknown language, with the list and the nearest one", () => {
    const { status, stdout, stderr } = proofhouse("init", "pyhton", "nothing");
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /no skeleton for "pyhton"; did you mean python\?\nexpected one of typescript, python, go, rust, java, c/,
    );
    assert.throws(() => writeSkeleton("constructor", join(folder, "nothing")), /no skeleton for "constructor"\n/);
    assert.equal(statSync(join(folder, "nothing"), { throwIfNoEntry: false }), undefined);
  });

  test("writes into an existing empty folder without replacing it", () => {
    const path = join(folder, "empty");
    mkdirSync(path, { mode: 0o700 });
    const { ino, mode } = statSync(path);
    const { name, files } = writeSkeleton("go", path);
    assert.equal(name, "empty");
    assert.deepEqual(filesBelow(path), [...files].sort());
    assert.deepEqual([statSync(path).ino, statSync(path).mode], [ino, mode]);
  });

  test("uses a default folder, and creates missing parent folders", () => {
    assert.equal(proofhouse("init", "python").status, 0);
    assert.ok(filesBelow(join(folder, "proofhouse-adapter")).includes("adapter.py"));
    assert.equal(proofhouse("init", "python", "a/b c/d").status, 0);
    assert.ok(filesBelow(join(folder, "a/b c/d")).includes("adapter.py"));
  });

  test("names the adapter after its folder, in a form that every tool accepts", async () => {
    const names = {
      "My_Adapter.2": "my-adapter-2",
      "--x--": "x",
      go: "go",
      "3d": "proofhouse-adapter",
      証: "proofhouse-adapter",
    };
    for (const [basename, name] of Object.entries({ ...names, proofhouse: "proofhouse-adapter" })) {
      const path = join(folder, "names", basename);
      writeSkeleton("typescript", path);
      assert.equal((await loadManifest(path)).name, name);
      assert.equal(JSON.parse(readFileSync(join(path, "package.json"), "utf8")).name, name);
    }
  });

  test("pins the versions of packages with which this checkout is tested", () => {
    const { devDependencies } = JSON.parse(readFileSync(packagePath("package.json"), "utf8"));
    const pinned = JSON.parse(readFileSync(packagePath("kits", "javascript", "skeleton", "package.json"), "utf8"));
    for (const [name, version] of Object.entries(pinned.devDependencies)) assert.equal(version, devDependencies[name]);
  });
});

describe("a folder that cannot be written completely", () => {
  const files = new Map([
    ["first", "1"],
    ["second", "2"],
    ["second/below", "`second` is a file, so this file cannot be written"],
  ]);

  test("does not exist afterwards, and neither do created parent folders", () => {
    const path = join(folder, "not/at/all");
    assert.throws(() => writeFolder(path, files), /EEXIST|ENOTDIR/);
    assert.equal(statSync(join(folder, "not"), { throwIfNoEntry: false }), undefined);
  });

  test("leaves no files beside it", () => {
    const path = join(folder, "beside", "failed");
    mkdirSync(dirname(path));
    assert.throws(() => writeFolder(path, files));
    assert.deepEqual(readdirSync(dirname(path)), []);
  });

  test("contains none of the new files", () => {
    const path = join(folder, "in-the-way");
    mkdirSync(join(path, "b", "mine"), { recursive: true });
    const clash = ["a", "b", "c"].map((name): [string, string] => [name, "a folder with one of these names exists"]);
    assert.throws(() => writeFolder(path, new Map(clash)), /EISDIR|ENOTEMPTY/);
    assert.deepEqual(readdirSync(path, { recursive: true }), ["b", "b/mine"]);
  });

  test("stays empty if it was empty", () => {
    const path = join(folder, "still-empty");
    mkdirSync(path);
    assert.throws(() => writeFolder(path, files));
    assert.deepEqual(readdirSync(path), []);
  });
});
