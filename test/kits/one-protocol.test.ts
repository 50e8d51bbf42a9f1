/**
 * Each language has one implementation of the line protocol. A file that contains both strings `initialize` and `shutdown` has its
 * own request loop, because no other code of an adapter needs both.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

const LANGUAGES: Readonly<Record<string, RegExp>> = {
  C: /\.[ch]$/,
  Go: /\.go$/,
  Java: /\.java$/,
  JavaScript: /\.[cm]?[jt]s$/,
  Python: /\.py$/,
  Rust: /\.rs$/,
};

const BUILT = new Set(["node_modules", "target", "dist", "bin", ".venv", "__pycache__"]);

function sourcesBelow(folder: string): string[] {
  return readdirSync(packagePath(folder)).flatMap((name) => {
    const path = join(folder, name);
    if (BUILT.has(name)) return [];
    return statSync(packagePath(path)).isDirectory() ? sourcesBelow(path) : [path];
  });
}

const SOURCES = [...sourcesBelow("kits"), ...sourcesBelow("implementations"), ...sourcesBelow("runners")];

const isProtocol = (text: string): boolean =>
  /"initialize"|'initialize'/.test(text) && /"shutdown"|'shutdown'/.test(text);

/** Error codes that only the request loop writes. */
const hasCodes = (text: string): boolean => /-32700/.test(text) || /-32601/.test(text);

for (const [language, names] of Object.entries(LANGUAGES)) {
  const sources = SOURCES.filter((path) => names.test(path) && !path.startsWith("runners"));
  if (sources.length === 0) continue;
  const holders = (isHolder: (text: string) => boolean): string[] =>
    sources.filter((path) => isHolder(readFileSync(packagePath(path), "utf8")));

  test(`${language} has one file that dispatches requests, in its kit`, () => {
    const found = holders(isProtocol);
    assert.equal(found.length, 1, found.join(", "));
    assert.match(found[0] ?? "", /^kits\/[a-z]+\/adapter\//);
    assert.deepEqual(holders(hasCodes), found);
  });

  test(`${language} lists the parameters of each method in at most one file of its kit`, () => {
    const found = holders((text) => /"(?:proof\/)?transact"/.test(text) && /"steps"/.test(text) && /"cost"/.test(text));
    assert.ok(found.filter((path) => path.startsWith("kits/")).length <= 1, found.join(", "));
  });
}

test("no runner answers requests, because the kits do", () => {
  const found = SOURCES.filter(
    (path) => path.startsWith("runners") && hasCodes(readFileSync(packagePath(path), "utf8")),
  );
  assert.deepEqual(found, []);
});
