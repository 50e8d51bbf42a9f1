import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gindexOf } from "../../authoring/cases/proof/ssz/typed/tree.ts";
import { stateWith } from "../../authoring/cases/proof/ssz/typed/values.ts";
import { packagePath } from "../../harness/files/package-root.ts";

test("docs/typed-trees.md states for each path the index in the type", () => {
  const page = readFileSync(packagePath("docs/typed-trees.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([^`]+)` \| `(0x[0-9a-f]+)` \|$/gm)];
  assert.ok(rows.length >= 10, `${rows.length} rows`);
  const { type } = stateWith();
  for (const [, path = "", gindex] of rows) assert.equal(`0x${gindexOf(type, path).toString(16)}`, gindex, path);
  const fields = Object.keys((type as unknown as { fields: object }).fields);
  const listed = /^State ([\s\S]*?)```/m.exec(page)?.[1] ?? "";
  assert.deepEqual(
    [...listed.matchAll(/([a-z_]+) (?:uint64|Bytes|Fork|Vector|List|Bitvector|Checkpoint)/g)].map(([, name]) => name),
    fields,
  );
});
