/** The table of docs/spec/host-functions.md agrees with the table that links, validates and meters host functions. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { HOST_FUNCTIONS, HOST_MODULES, hostTableJson } from "../../reference/runtime/host/table.ts";

const page = readFileSync(packagePath("docs/spec/host-functions.md"), "utf8");

interface Row {
  readonly names: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly results: readonly string[];
  readonly roles: readonly string[];
  readonly base: number;
  readonly bytes: readonly (number | string)[];
}

function listOf(cell: string, separator: string): string[] {
  return cell === "" ? [] : cell.split(separator);
}

const rows: Row[] = [...page.matchAll(/^\| (`[^|]*`) \|(.*)\|$/gm)]
  .map(([, names, rest]) => [names, ...rest.split("|").map((cell) => cell.trim())])
  .filter((cells) => cells.length === 6)
  .map(([names, parameters, results, roles, base, bytes]) => ({
    names: names.split(", ").map((name) => name.slice(1, -1)),
    parameters: listOf(parameters, ", ").map((text) => {
      const [name, type = "i32"] = text.split(": ");
      return { name, type };
    }),
    results: listOf(results, ", "),
    roles: roles.split(", "),
    base: Number(base),
    bytes: listOf(bytes, " + ").map((count) => (/^[0-9]+$/.test(count) ? Number(count) : count)),
  }));

test("the table of docs/spec/host-functions.md and the table of the code agree", () => {
  assert.ok(rows.length >= 40, `${rows.length} rows found`);
  assert.deepEqual(hostTableJson(), rows);
});

test("no name occurs twice, and every byte count is a number or a parameter", () => {
  const names = HOST_FUNCTIONS.flatMap((one) => one.names);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.ok(HOST_MODULES.has(name.slice(0, name.indexOf("."))), name);
  for (const {
    names: [name],
    bytes,
    parameters,
  } of HOST_FUNCTIONS) {
    for (const count of bytes) {
      assert.ok(typeof count === "number" || parameters.some((parameter) => parameter.name === count), name);
    }
  }
});

test("every trap reason in docs/spec/host-functions.md is in the closed list", () => {
  const source = readFileSync(packagePath("reference/runtime/faults.ts"), "utf8");
  const reasons = [...source.matchAll(/^ {2}\| "([a-z-]+)"/gm)].map(([, reason]) => reason);
  const named = [...page.matchAll(/traps? as `([a-z-]+)`|: `([a-z-]+)`[,.]/g)].map(([, a, b]) => a ?? b);
  assert.ok(named.length >= 15, `${named.length} named`);
  for (const reason of named) assert.ok([...reasons, "limit-exceeded"].includes(reason), reason);
});
