import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { type FileSchema, parseYaml, readYamlFile } from "../../../harness/files/yaml-file.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";

const folder = mkdtempSync(join(tmpdir(), "proofhouse-yaml-"));
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  process.env.XDG_CACHE_HOME = mkdtempSync(join(folder, "cache-"));
});

const ALIASES = "schema: proofhouse/aliases/1\naliases: { a/b: c/d }\n";

const parse = (text: string | Uint8Array, schema: FileSchema = "aliases"): Promise<unknown> =>
  parseYaml(typeof text === "string" ? new TextEncoder().encode(text) : text, "file.yaml", schema);

/** Expects that `text` is rejected. Input: `start`, the beginning of the message after the name of the file. */
async function refuses(text: string | Uint8Array, start: string, schema?: FileSchema): Promise<void> {
  await assert.rejects(parse(text, schema), (error: Error) => {
    assert.ok(error instanceof UsageError, error.stack);
    assert.ok(error.message.startsWith(`file.yaml${start}`), error.message);
    return true;
  });
}

const flags = (entry: string): string => `schema: proofhouse/flags/1\nflags:\n  some-flag:\n    ${entry}\n`;

describe("a YAML file", () => {
  test("is parsed to its value", async () => {
    assert.deepEqual(await parse(ALIASES), { schema: "proofhouse/aliases/1", aliases: { "a/b": "c/d" } });
  });

  test("is rejected with unquoted hex, and with integers that JavaScript rounds", async () => {
    await refuses("schema: x\naliases: { a: 0x0a }\n", ":2:15: number 0x0a; expected quotes");
    await refuses("schema: x\naliases: { a: 9007199254740993 }\n", ":2:15: number 9007199254740993; expected quotes");
    await refuses("schema: x\naliases: { a: 1.5 }\n", ":2:15: number 1.5; expected quotes");
    await refuses("schema: x\naliases: { a: 1e3 }\n", ":2:15: number 1e3; expected quotes");
    await refuses("schema: x\naliases: { a: 0o17 }\n", ":2:15: number 0o17; expected quotes");
    await refuses("schema: x\naliases: { a: .inf }\n", ":2:15: number .inf; expected quotes");
  });

  test("is rejected with anchors, aliases, merge keys, repeated keys and keys that are not strings", async () => {
    await refuses("schema: &a x\naliases: {}\n", ":1:12: anchor &a; expected no anchors");
    await refuses("schema: x\naliases: &a { b: c }\n", ":2:13: anchor &a; expected no anchors");
    await refuses("schema: x\naliases: { &a b: c }\n", ":2:15: anchor &a; expected no anchors");
    await refuses("schema: x\naliases: *a\n", ":2:10: ");
    await refuses("schema: x\nschema: y\n", ":2:1: ");
    await refuses("schema: x\naliases: { 1: a }\n", ":2:12: a key that is not a string");
    await refuses("schema: x\naliases: { ? [a] : b }\n", ":2:14: a key that is not a string");
    await refuses("<<: { a: b }\nschema: proofhouse/aliases/1\naliases: {}\n", ':1:1: the file: unknown field "<<"');
  });

  test("is rejected if it is not UTF-8, not YAML, or has several documents", async () => {
    await refuses(Uint8Array.of(0xff, 0xfe), ": not UTF-8");
    await refuses("schema: [", ":1:");
    await refuses("schema: x\n---\nschema: y\n", ":");
    await refuses("", ": is empty; expected an aliases file");
  });

  test("is rejected under its schema, with line, field and expectation", async () => {
    await refuses(
      "schema: proofhouse/aliases/2\naliases: {}\n",
      ':1:9: schema: "proofhouse/aliases/2"; expected "proofhouse/aliases/1"',
    );
    await refuses("schema: proofhouse/aliases/1\n", ':1:1: the file: field "aliases" is missing');
    await refuses(`${ALIASES}more: 1\n`, ':1:1: the file: unknown field "more"');
    const entry = "{ bugType: nonsense, effect: e, about: a }";
    await refuses(
      flags(entry),
      ':4:16: flags.some-flag.bugType: "nonsense"; expected one of forgery, malleability',
      "flags",
    );
    await refuses(flags("{}").replace("some-flag", "Some"), ':3:3: flags: "Some" is not a valid name', "flags");
  });

  test("keeps a key named __proto__ as a plain key", async () => {
    await refuses(`${ALIASES}__proto__: { a: b }\n`, ':1:1: the file: unknown field "__proto__"');
  });

  test("is rejected with the deepest fault if all alternatives fail", async () => {
    const theme =
      "schema: proofhouse/vector/1\nsuite: a\ntheme: b\nabout: c\nrequirements: [A-001]\nsource: s\ncases:\n";
    const one = "  - { id: x, about: y, kind: dos, call: proof/get, params: {}, expect: { error: [nope] } }\n";
    await refuses(theme + one, ':8:82: cases.0.expect.error.0: "nope"; expected one of malformed', "vector");
  });
});

describe("the cache of parsed files", () => {
  const entries = (): string[] => readdirSync(join(process.env.XDG_CACHE_HOME as string, "proofhouse", "parsed"));
  const path = join(folder, "aliases.yaml");
  const read = (): Promise<unknown> => readYamlFile(path, "aliases");
  const value = { schema: "proofhouse/aliases/1", aliases: { "a/b": "c/d" } };

  test("is used the second time, and updated after every change", async () => {
    writeFileSync(path, ALIASES);
    assert.deepEqual(await read(), value);
    const [entry] = entries();
    const file = join(process.env.XDG_CACHE_HOME as string, "proofhouse", "parsed", entry);
    const cachedAtMs = readFileSync(file, "utf8");
    assert.deepEqual(await read(), value);
    assert.equal(readFileSync(file, "utf8"), cachedAtMs);
    writeFileSync(path, ALIASES.replace("c/d", "e/f"));
    assert.deepEqual(await read(), { ...value, aliases: { "a/b": "e/f" } });
    assert.equal(entries().length, 2);
  });

  test("is filled without blocking the event loop between two files", async () => {
    writeFileSync(path, ALIASES);
    let turns = 0;
    setImmediate(() => {
      turns += 1;
    });
    await read();
    assert.equal(turns, 1, "the event loop has run");
  });

  test("is ignored if it is damaged", async () => {
    writeFileSync(path, ALIASES);
    await read();
    const cache = join(process.env.XDG_CACHE_HOME as string, "proofhouse", "parsed");
    for (const damage of ["", "{}", `${"0".repeat(64)}\n{"schema":"forged"}`, "\u0000"]) {
      writeFileSync(join(cache, entries()[0]), damage);
      assert.deepEqual(await read(), value);
    }
  });

  test("may be unwritable", async () => {
    writeFileSync(path, ALIASES);
    const file = join(folder, "not-a-folder");
    writeFileSync(file, "");
    process.env.XDG_CACHE_HOME = file;
    assert.deepEqual(await read(), value);
  });

  test("never contains an invalid file", async () => {
    writeFileSync(path, "schema: nonsense\n");
    for (let times = 0; times < 2; times++) await assert.rejects(read(), UsageError);
  });
});

test("a file that cannot be read is reported with the reason", async () => {
  await assert.rejects(
    readYamlFile(join(folder, "none.yaml"), "flags"),
    /none\.yaml: cannot be read \(ENOENT\); expected a flags file/,
  );
});
