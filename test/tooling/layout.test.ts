/** The layout of the tree: which folder may import which. No arrow goes up, and there is no circle. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

/**
 * The rooms of the tree, from the ground up. A room imports only rooms that are listed before it, and of those only the ones that
 * are named here.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
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

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly imported: string;
}

const SPECIFIER = /(?:\bfrom |\bimport\(|\bimport )\s*"(\.[^"]+)"/g;

/** Every import of a source file of ours, static or not, types too. */
function arrows(): Arrow[] {
  const wings = [...new Set(Object.keys(ROOMS).map((room) => room.split("/")[0]))];
  const files = wings.flatMap((wing) =>
    readdirSync(packagePath(wing), { recursive: true, encoding: "utf8" })
      .map((name) => posix.normalize(`${wing}/${name.replaceAll("\\", "/")}`))
      .filter((name) => name.endsWith(".ts") && !name.includes("node_modules") && !name.includes("/skeleton/")),
  );
  return files.flatMap((file) => {
    const source = readFileSync(packagePath(file), "utf8");
    return [...source.matchAll(SPECIFIER)].map(([, specifier]) => {
      const imported = posix.join(dirname(file), specifier);
      return { from: roomOf(file), to: roomOf(imported), file, imported };
    });
  });
}

function roomOf(file: string): string {
  const room = Object.keys(ROOMS).find((name) => file.startsWith(`${name}/`));
  return room ?? `no room: ${join(...file.split("/").slice(0, 2))}`;
}

const found = arrows();

test("every file lies in a room, and the scan sees the imports", () => {
  assert.deepEqual(
    found.filter(({ from, to }) => from.startsWith("no room") || to.startsWith("no room")),
    [],
  );
  assert.ok(found.length > 2000, `${found.length} imports found`);
  for (const room of Object.keys(ROOMS).filter(
    (name) => !["kits/javascript", "environments", "harness/usage"].includes(name),
  ))
    assert.ok(
      found.some(({ from }) => from === room),
      `nothing in ${room} imports anything`,
    );
});

test("a room imports only what the table allows", () => {
  const wrong = found.filter(
    ({ from, to }) => from !== to && !ROOMS[from].some((allowed) => to === allowed || to.startsWith(`${allowed}/`)),
  );
  assert.deepEqual(
    wrong.map(({ file, imported }) => `${file} imports ${imported}`),
    [],
  );
});

test("the table has no arrow up, and so no circle", () => {
  const order = Object.keys(ROOMS);
  for (const [room, allowed] of Object.entries(ROOMS)) {
    for (const below of allowed) {
      const rooms = order.filter((name) => name === below || name.startsWith(`${below}/`));
      assert.ok(rooms.length > 0, `${room} may import ${below}, which is no room`);
      for (const name of rooms) assert.ok(order.indexOf(name) < order.indexOf(room), `${room} may import ${name}`);
    }
  }
});

test("no folder of the reference and its neighbours import each other in a circle", () => {
  const folders = new Map<string, Set<string>>();
  for (const { file, imported } of found) {
    const [a, b] = [dirname(file), dirname(imported)];
    if (a === b || dirname(a) !== dirname(b) || !a.startsWith("reference/")) continue;
    folders.set(a, (folders.get(a) ?? new Set()).add(b));
  }
  assert.ok(folders.size > 8, `${folders.size} folders with neighbours`);
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
