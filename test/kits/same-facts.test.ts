/** The kits share no code with the reference, but have the same parameters and error classes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { ERROR_CLASSES } from "../../reference/core/errors.ts";
import { callMethod, capabilities } from "../../reference/wire/dispatch.ts";

const NAMES = ["encoding", "from", "to", "root", "proof", "proofs", "keys", "deletes", "entries", "writes", "steps"];

/** The classes that only a runtime uses; a kit declares only proof backends. */
const OF_RUNTIME = new Set<string>(["invalid-module", "out-of-gas", "trap"]);

function isParameter(method: string, name: string): boolean {
  try {
    callMethod(method, { backend: "ssz", [name]: 0 });
  } catch (error) {
    return !(error as Error).message.includes("has no parameter");
  }
  return true;
}

function textOf(folder: string): string {
  const paths = readdirSync(packagePath(folder), { recursive: true, encoding: "utf8" });
  const sources = paths.filter(
    (path) => /\.(?:[chj]s?|go|java|py|rs|ts)$/.test(path) && !/(?:target|build)\//.test(path),
  );
  const files = sources.map((path) => packagePath(join(folder, path))).filter((path) => statSync(path).isFile());
  return files.map((path) => readFileSync(path, "utf8")).join("\n");
}

const methods = Object.values(capabilities().proof ?? {}).flatMap(({ operations }) => operations);

for (const kit of readdirSync(packagePath("kits"))) {
  const text = textOf(join("kits", kit, "adapter"));

  test(`kits/${kit} has the parameters of each proof method`, () => {
    for (const method of new Set(methods)) {
      const table = new RegExp(`"(?:proof/)?${method}"\\s*[:,]\\s*(?:&?\\[|\\{|List\\.of\\()([^\\]})]*)`, "g");
      const rows = [...text.matchAll(table)].map(([, names = ""]) =>
        [...names.matchAll(/"([a-z]+)"/g)].map(([, name]) => name),
      );
      const expected = NAMES.filter((name) => isParameter(`proof/${method}`, name));
      assert.deepEqual(
        rows.map((names) => names.toSorted()),
        [expected.toSorted()],
        method,
      );
    }
  });

  test(`kits/${kit} has the error classes of proofs`, () => {
    const missing = ERROR_CLASSES.filter((name) => !OF_RUNTIME.has(name) && !new RegExp(`\\b${name}\\b`).test(text));
    assert.deepEqual(missing, []);
  });
}
