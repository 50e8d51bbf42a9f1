/** The layout of the tree: the folders that each folder may import. The imports are acyclic. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

/** The folders of the tree, lowest first. A folder imports only the folders named here, which are all listed before it. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "reference/core": [],
  "reference/proofs": ["reference/core"],
  "reference/runtime": ["reference/core", "reference/proofs"],
  "reference/wire": ["reference/core", "reference/proofs", "reference/runtime"],
  "kits/javascript": [],
  environments: [],
  runners: ["reference/core"],
  "harness/usage": [],
  "harness/json": ["runners"],
  "harness/files": ["harness/usage", "harness/json"],
  "harness/cases": ["harness/usage", "harness/json", "harness/files", "runners", "reference/wire"],
  "harness/subject": ["harness/usage", "harness/json", "harness/files", "harness/cases", "runners", "reference/wire"],
  "harness/run": [
    ...["harness/usage", "harness/json", "harness/files", "harness/cases", "harness/subject"],
    ...["runners"],
  ],
  "harness/watch": [
    "harness/usage",
    "harness/json",
    "harness/files",
    "harness/cases",
    "harness/subject",
    "harness/run",
    "runners",
  ],
  "authoring/cases": ["harness/json", "harness/files", "harness/usage", "harness/cases", "reference", "runners"],
  "authoring/strength": ["harness", "reference", "runners"],
  workbench: ["harness", "reference", "runners"],
  report: ["authoring/strength", "workbench", "harness", "reference", "runners"],
  cli: ["report", "workbench", "authoring", "harness", "kits/javascript", "reference", "runners"],
  bench: ["authoring/cases", "workbench", "harness", "reference", "runners"],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly imported: string;
}

const SPECIFIER = /(?:\bfrom |\bimport\(|\bimport )\s*"(\.[^"]+)"/g;

/** Returns every import between our source files: static, dynamic, and of types. */
function imports(): Import[] {
  const topFolders = [...new Set(Object.keys(FOLDERS).map((folder) => folder.split("/")[0]))];
  const files = topFolders.flatMap((folder) =>
    readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" })
      .map((name) => posix.normalize(`${folder}/${name.replaceAll("\\", "/")}`))
      .filter((name) => name.endsWith(".ts") && !name.includes("node_modules") && !name.includes("/skeleton/")),
  );
  return files.flatMap((file) => {
    const source = readFileSync(packagePath(file), "utf8");
    return [...source.matchAll(SPECIFIER)].map(([, specifier]) => {
      const imported = posix.join(dirname(file), specifier);
      return { from: folderOf(file), to: folderOf(imported), file, imported };
    });
  });
}

function folderOf(file: string): string {
  const folder = Object.keys(FOLDERS).find((name) => file.startsWith(`${name}/`));
  return folder ?? `unlisted: ${join(...file.split("/").slice(0, 2))}`;
}

const found = imports();

test("every file is in a listed folder, and the scan finds the imports", () => {
  assert.deepEqual(
    found.filter(({ from, to }) => from.startsWith("unlisted") || to.startsWith("unlisted")),
    [],
  );
  assert.ok(found.length > 2000, `${found.length} imports found`);
  for (const folder of Object.keys(FOLDERS).filter(
    (name) => !["kits/javascript", "environments", "harness/usage"].includes(name),
  ))
    assert.ok(
      found.some(({ from }) => from === folder),
      `no imports found in ${folder}`,
    );
});

test("a folder imports only the folders that the table allows", () => {
  const wrong = found.filter(
    ({ from, to }) => from !== to && !FOLDERS[from].some((allowed) => to === allowed || to.startsWith(`${allowed}/`)),
  );
  assert.deepEqual(
    wrong.map(({ file, imported }) => `${file} imports ${imported}`),
    [],
  );
});

test("the table allows only folders that are listed before, so it has no cycle", () => {
  const order = Object.keys(FOLDERS);
  for (const [folder, allowed] of Object.entries(FOLDERS)) {
    for (const below of allowed) {
      const names = order.filter((name) => name === below || name.startsWith(`${below}/`));
      assert.ok(names.length > 0, `${folder} may import ${below}, which is not listed`);
      for (const name of names) assert.ok(order.indexOf(name) < order.indexOf(folder), `${folder} may import ${name}`);
    }
  }
});

test("sibling folders of the reference do not import each other in a cycle", () => {
  const folders = new Map<string, Set<string>>();
  for (const { file, imported } of found) {
    const [a, b] = [dirname(file), dirname(imported)];
    if (a === b || dirname(a) !== dirname(b) || !a.startsWith("reference/")) continue;
    folders.set(a, (folders.get(a) ?? new Set()).add(b));
  }
  assert.ok(folders.size > 8, `${folders.size} folders that import siblings`);
  assert.deepEqual(
    [...folders.keys()].filter((folder) => reaches(folders, folder, folder)),
    [],
  );
});

function reaches(folders: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const pending = [...(folders.get(from) ?? [])];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (folder === to) return true;
    if (seen.has(folder)) continue;
    seen.add(folder);
    pending.push(...(folders.get(folder) ?? []));
  }
  return false;
}
