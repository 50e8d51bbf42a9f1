import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadRequirements } from "../../harness/cases/specification.ts";
import { packagePath } from "../../harness/files/package-root.ts";

test("every requirement that a comment names is in CONFORMANCE.md", () => {
  const stated = loadRequirements();
  let named = 0;
  for (const folder of ["reference", "runners", "harness", "cli"]) {
    for (const name of readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const source = readFileSync(join(packagePath(folder), name), "utf8");
      for (const [id] of source.matchAll(/\b(?:WIRE|PROOF-[A-Z]+)-[0-9]{3}\b/g)) {
        assert.ok(stated.has(id), `${folder}/${name} names ${id}`);
        named += 1;
      }
    }
  }
  assert.ok(named > 50, `${named} ids found`);
});
