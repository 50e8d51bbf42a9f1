/** The command prints the drawing in docs/explain.md. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { KINDS } from "../../report/picture/labels.ts";

const page = readFileSync(packagePath("docs/explain.md"), "utf8");

test("docs/explain.md shows what the command prints", () => {
  const [, id, shown] = /^\$ npx proofhouse explain (\S+)\n…\n([\s\S]*?)\n…\n```$/m.exec(page) ?? [];
  const { stdout } = spawnSync(process.execPath, [packagePath("dist/cli/main.js"), "explain", id], {
    encoding: "utf8",
  });
  assert.ok(stdout.includes(`\n${shown}\n`), stdout);
});

test("docs/explain.md explains every mark", () => {
  for (const { glyph } of Object.values(KINDS)) assert.ok(page.includes(`\`${glyph}\``), glyph);
});
