import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, describe, test } from "node:test";
import { type LoadedManifest, manifestOfCommand } from "../../../harness/subject/manifest.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";
import { differences, type Snapshot, SnapshotReader } from "../../../harness/watch/snapshot.ts";
import { type WatchedPathsOptions, watchedPaths } from "../../../harness/watch/watched-paths.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "proofhouse-watch-")));
after(() => rmSync(folder, { recursive: true, force: true }));
process.chdir(folder);

const BINARY = "\u007fELF";

function write(path: string, text = path): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function manifestIn(name: string, changes: Partial<LoadedManifest>): LoadedManifest {
  write(`${name}/proofhouse.yaml`);
  const place = { path: join(folder, name, "proofhouse.yaml"), folder: join(folder, name) };
  return { name, run: ["node", "main.mjs"], ...place, ...changes };
}

function take(manifest: LoadedManifest, options: Partial<WatchedPathsOptions> = {}): Snapshot {
  return new SnapshotReader().take(watchedPaths(manifest, { userPaths: [], alsoRead: [], written: [], ...options }));
}

/** Returns the paths of the watched files, relative to `from`. */
function watched(manifest: LoadedManifest, options?: Partial<WatchedPathsOptions>, from = manifest.folder): string[] {
  return [...take(manifest, options).keys()].map((path) => relative(from, path)).sort();
}

describe("the watched files", () => {
  test("of a manifest: its folder, without files of tools and editors", () => {
    const kept = ["main.mjs", "lib/tree.mjs", "data.json"];
    const left = ["node_modules/x/index.js", "target/release/impl", "dist/main.js", "lib/__pycache__/a.py"];
    for (const path of [...kept, ...left, ".git/HEAD", ".main.mjs.swp", "main.mjs~", "run.log", "lib/a.o"]) {
      write(`plain/${path}`);
    }
    symlinkSync("..", "plain/lib/circle");
    symlinkSync("../data.json", "plain/lib/link.json");
    const names = watched(manifestIn("plain", {}));
    assert.deepEqual(names, [...kept, "lib/link.json", "proofhouse.yaml"].sort());
  });

  test("of a manifest with a build: not the built program, unless it is a script", () => {
    write("native/impl", BINARY);
    write("native/impl.c");
    const build = [["cc", "impl.c"]];
    assert.deepEqual(watched(manifestIn("native", { build, run: ["./impl"] })), ["impl.c", "proofhouse.yaml"]);
    write("script/impl", "#!/bin/sh\n");
    assert.deepEqual(watched(manifestIn("script", { build, run: ["./impl"] })), ["impl", "proofhouse.yaml"]);
  });

  test("of a manifest with a binary and no build: only the binary, in any folder", () => {
    write("ready/target/release/impl", BINARY);
    write("ready/impl.rs");
    write("known.yaml");
    const manifest = manifestIn("ready", { run: ["target/release/impl", "impl.rs"], expectations: "../known.yaml" });
    const names = ["../known.yaml", "impl.rs", "proofhouse.yaml", "target/release/impl"];
    assert.deepEqual(watched(manifest), names);
    const absent = manifestIn("ready", { run: ["target/debug/impl"] });
    assert.ok(
      watchedPaths(absent, { userPaths: [], alsoRead: [], written: [] }).roots.includes(
        join(folder, "ready/target/debug/impl"),
      ),
    );
  });

  test("of a command: the files among its words", () => {
    write("dist/main.mjs");
    const command = manifestOfCommand(["node", "--enable-source-maps", "dist/main.mjs", "dist", "5"]);
    assert.deepEqual(watched(command), ["dist/main.mjs"]);
    assert.throws(
      () => watched(manifestOfCommand(["cargo", "run"])),
      (error: Error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /no word of "cargo run" is a file to watch; expected --watch-path/);
        return true;
      },
    );
  });

  test("with --watch-path: only the named paths, and the files that the run reads", () => {
    write("given/target/x.so");
    write("given/src/a.c");
    write("more.yaml");
    const manifest = manifestIn("given", { build: [["make"]] });
    const options = { userPaths: ["given/src", "given/target/x.so"], alsoRead: ["more.yaml"] };
    assert.deepEqual(watched(manifest, options, folder), [
      ...["given/proofhouse.yaml", "given/src/a.c", "given/target/x.so", "more.yaml"],
    ]);
    assert.throws(() => watched(manifest, { userPaths: ["given/srx"] }), /--watch-path given\/srx: does not exist/);
  });

  test("do not include a report that the run itself writes", () => {
    write("reports/main.mjs");
    write("reports/report.json");
    const names = watched(manifestIn("reports", {}), { written: ["reports/report.json"] });
    assert.deepEqual(names, ["main.mjs", "proofhouse.yaml"]);
  });

  test("are at most a few thousand", () => {
    for (let index = 0; index <= 5000; index++) write(`huge/${index}.txt`, "");
    assert.throws(() => watched(manifestIn("huge", {})), /huge: more than 5000 files to watch; --watch-path <path>/);
  });
});

describe("a change", () => {
  const reader = new SnapshotReader();
  const paths = { roots: [join(folder, "state")], ignored: new Set<string>() };
  const changed = (change: () => void): string[] => {
    const before = reader.take(paths);
    change();
    return differences(before, reader.take(paths)).map((path) => relative(folder, path));
  };
  write("state/a.txt", "one");

  test("is a different content, also of the same size and within the same millisecond", () => {
    assert.deepEqual(
      changed(() => write("state/a.txt", "two")),
      ["state/a.txt"],
    );
  });

  test("is a new or a deleted file", () => {
    assert.deepEqual(
      changed(() => write("state/new/b.txt")),
      ["state/new/b.txt"],
    );
    assert.deepEqual(
      changed(() => rmSync("state/new", { recursive: true })),
      ["state/new/b.txt"],
    );
  });

  test("is not a rewrite of the same content", () => {
    assert.deepEqual(
      changed(() => write("state/a.txt", "two")),
      [],
    );
    assert.deepEqual(
      changed(() => utimesSync("state/a.txt", 1, 1)),
      [],
    );
  });

  test("of a large file is a change of its time", () => {
    write("state/large.bin", "x".repeat(2 ** 20 + 1));
    assert.deepEqual(
      changed(() => utimesSync("state/large.bin", 1, 1)),
      ["state/large.bin"],
    );
  });
});
