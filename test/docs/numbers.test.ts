/** The numbers of vectors that the documents state are those of the vectors. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { loadVectors } from "../../harness/cases/load.ts";
import { packagePath } from "../../harness/files/package-root.ts";

const withSpaces = (count: number): string => String(count).replace(/(?=(?:\d{3})+$)(?!^)/g, " ");

test("README.md, CHANGELOG.md and docs/implement.md state the number of vectors", async () => {
  const { cases } = await loadVectors();
  const strict = cases.filter(({ profile }) => profile === "strict").length;
  const runtime = cases.filter(({ suite }) => suite.startsWith("runtime/")).length;
  const read = (path: string): string => readFileSync(packagePath(path), "utf8");
  const readme = read("README.md").match(new RegExp(withSpaces(cases.length), "g")) ?? [];
  assert.equal(readme.length, 2, `README.md states ${withSpaces(cases.length)} twice`);
  assert.ok(read("CHANGELOG.md").includes(`${withSpaces(runtime)} vectors`), `${withSpaces(runtime)} in CHANGELOG.md`);
  const statement = `${strict} of the ${withSpaces(cases.length)} cases are strict`;
  assert.ok(read("docs/implement.md").includes(statement), `"${statement}" in docs/implement.md`);
});
